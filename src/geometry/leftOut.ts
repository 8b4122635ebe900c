import { meanOfDefined } from './parallelism';

/** Each difference against the direction of all the others. */
export interface LeftOut {
  /** cos(δᵢ, direction of the others). `[pairs]` */
  readonly cosines: Float64Array;
  /** ⟨δᵢ, direction of the others at unit length⟩, the value of Park et al. 2311.03658, §4.1. `[pairs]` */
  readonly projections: Float64Array;
  /**
   * The influence of each pair on the mean cosine: its own cosine, and its effect on those of the others through their
   * direction (infinitesimal jackknife). Their mean is the mean cosine. The cosines themselves are not independent and vary
   * too little to estimate the uncertainty of their mean. NaN where the cosine is NaN. `[pairs]`
   */
  readonly influences: Float64Array;
}

/** Shifts the influences so that their mean is that of the cosines. */
export function centredAt(cosines: Float64Array, influences: Float64Array): Float64Array {
  const shift = (meanOfDefined(cosines) ?? NaN) - (meanOfDefined(influences) ?? NaN);
  return influences.map((value) => value + shift);
}
