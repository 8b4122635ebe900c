import { mean as meanOf, variance } from '../geometry/moments';

/** What values are standardized against: those of the document, or of reference contexts. */
export interface Reference {
  readonly mean: number;
  /** Sample standard deviation; NaN with fewer than two values. */
  readonly sd: number;
  readonly count: number;
}

export function referenceOf(values: readonly number[] | Float64Array): Reference {
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) count++;
  return { mean: meanOf(values), sd: Math.sqrt(variance(values)), count };
}

/** (value − mean) / sd; NaN if the reference does not vary. */
export function standardized(value: number, { mean, sd }: Reference): number {
  return sd > 0 ? (value - mean) / sd : NaN;
}
