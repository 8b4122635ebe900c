import { meanOfDefined } from './parallelism';

/** Each difference against the direction of all the others. */
export interface LeftOut {
  /** cos(δᵢ, direction of the others). `[pairs]` */
  readonly cosines: Float64Array;
  /** ⟨δᵢ, direction of the others at unit length⟩, the value of Park et al. 2311.03658, §4.1. `[pairs]` */
  readonly projections: Float64Array;
  /**
   * What each pair gives to the mean cosine: its own cosine, and what it changes in those of the others by turning
   * their direction (infinitesimal jackknife). Their mean is the mean cosine. The cosines themselves depend on each
   * other and spread too little to tell how sure their mean is. NaN where the cosine is. `[pairs]`
   */
  readonly influences: Float64Array;
}

/** The influences moved so that their mean is that of the cosines. */
export function centredAt(cosines: Float64Array, influences: Float64Array): Float64Array {
  const shift = (meanOfDefined(cosines) ?? NaN) - (meanOfDefined(influences) ?? NaN);
  return influences.map((value) => value + shift);
}
