import type { RandomSource } from './random';
import { quantile } from './quantile';
import { clampCosine } from './vector';

/** The interval of a mean cosine. */
export interface BootstrapInterval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly resamples: number;
}

interface Resampling {
  readonly resamples: number;
  readonly level?: number;
  readonly random: RandomSource;
}

/**
 * Percentile bootstrap interval over pairs for the mean leave-one-out cosine: percentiles of means of resampled
 * influences (see leaveOneOut), within [−1, 1].
 *
 * Measured for 95 % with 8, 16 and 40 pairs, δ = μ + noise in 50 and 300 dimensions, of equal and of unequal noise and
 * strength: it covered the expected mean in 90 to 96 % of cases with a mean of .2 or more, and in 96 to 99 % without any
 * concept (mean 0). Resampling the cosines themselves, which are not independent, gave 70 to 94 % (BCa and Fisher-z no
 * better, the studentized bootstrap 82 to 95 %). With the principal direction and a mean below about .4, no interval is
 * reliable, because the direction itself is unstable.
 *
 * @param influences `[pairs]`; NaN is ignored
 * @returns `null` with fewer than three influences or no resamples
 */
export function bootstrapInterval(
  influences: Float64Array,
  resampling: Resampling,
): BootstrapInterval | null {
  return meanInterval(influences, clampCosine, resampling);
}

/**
 * The same for the difference of two mean leave-one-out cosines over the same pairs, second − first: every resample uses the
 * same pairs in both, so that effects of a pair that are common to both cancel.
 *
 * @param first influences, `[pairs]`; a pair with NaN in either is ignored
 * @param second influences of the same pairs, in the same order
 */
export function differenceInterval(
  first: Float64Array,
  second: Float64Array,
  resampling: Resampling,
): BootstrapInterval | null {
  const differences = second.map((value, pair) => value - first[pair]!);
  return meanInterval(differences, (value) => 2 * clampCosine(value / 2), resampling);
}

/**
 * The same for the mean of any values, such as what pairs contribute to a slope.
 *
 * @param clamp keeps a mean within the bounds that it has
 */
export function meanInterval(
  influences: Float64Array,
  clamp: (mean: number) => number,
  { resamples, level = 0.95, random }: Resampling,
): BootstrapInterval | null {
  const values = influences.filter((value) => !Number.isNaN(value));
  const n = values.length;
  if (n < 3 || resamples < 1) return null;
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let draw = 0; draw < n; draw++) sum += values[random.integer(n)]!;
    means[resample] = clamp(sum / n);
  }
  means.sort();
  return { low: quantile(means, (1 - level) / 2), high: quantile(means, (1 + level) / 2), level, resamples };
}
