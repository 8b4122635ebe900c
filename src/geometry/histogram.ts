import { upperQuantile } from './quantile';
import type { Vector } from './vector';

/** Number of values in each of the equal bins between two ends. */
export interface Counts {
  readonly from: number;
  readonly to: number;
  /** `[bins]` */
  readonly counts: Float64Array;
}

/**
 * Counts values in equal bins. Values outside count in the outermost bins, NaN in none. A bin includes its lower end, the
 * last bin both ends.
 */
export function histogram(values: Vector, from: number, to: number, bins: number): Counts {
  const counts = new Float64Array(bins);
  const perUnit = bins / (to - from);
  const last = bins - 1;
  for (let i = 0; i < values.length;) {
    const value = values[i++]!;
    if (Number.isNaN(value)) continue;
    const bin = (value - from) * perUnit;
    counts[bin < 0 ? 0 : bin > last ? last : bin | 0]!++;
  }
  return { from, to, counts };
}

/**
 * Mean, standard deviation (n − 1; 0 for a single value) and histogram of the values that are not NaN; mean and
 * deviation are NaN without any. The histogram is symmetric around 0 and reaches the 99.9 % quantile of |value|.
 *
 * @param reach the histogram extends at least this far, so that it includes a value to compare with
 */
export function spread(
  given: Vector,
  bins = 60,
  reach = 0,
): { readonly mean: number; readonly sd: number; readonly histogram: Counts } {
  // A single array type keeps the loops fast.
  const values = given instanceof Float64Array ? given : new Float64Array(given);
  const { length } = values;
  let [count, sum] = [0, 0];
  for (let i = 0; i < length;) {
    const value = values[i++]!;
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < length;) {
    const deviation = values[i++]! - mean;
    if (!Number.isNaN(deviation)) squares += deviation * deviation;
  }
  const sd = count === 0 ? NaN : Math.sqrt(squares / Math.max(1, count - 1));
  const usual = upperQuantile(values, 0.999);
  // Avoids an empty range for zeros only or no values.
  const end = Math.max(reach, Number.isNaN(usual) ? 0 : usual) || 1;
  return { mean, sd, histogram: histogram(values, -end, end, bins) };
}
