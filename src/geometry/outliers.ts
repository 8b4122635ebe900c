import { quantile } from './quantile';

/** Smallest number of values among which outliers can be detected. */
const fewest = 5;
const threshold = 3.5;

/**
 * Positions of outliers: modified z-score 0.6745·|x − median| / MAD above 3.5, where MAD is the median
 * absolute deviation (Iglewicz & Hoaglin 1993). If more than half of the values are equal, MAD is 0 and the mean
 * absolute deviation takes its place: |x − median| / (1.2533·mean deviation) above 3.5. NaN is ignored; there are no
 * outliers among fewer than five values.
 */
export function outliers(values: Float64Array): number[] {
  const defined = values.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length < fewest) return [];
  const median = quantile(defined, 0.5);
  const deviations = defined.map((value) => Math.abs(value - median)).sort();
  const medianDeviation = quantile(deviations, 0.5);
  const meanDeviation = deviations.reduce((sum, value) => sum + value, 0) / deviations.length;
  // Both estimate the standard deviation of normally distributed values.
  const scale = medianDeviation > 0 ? medianDeviation / 0.6745 : meanDeviation * 1.2533;
  const found: number[] = [];
  values.forEach((value, index) => {
    if (Math.abs(value - median) > threshold * scale) found.push(index);
  });
  return found;
}
