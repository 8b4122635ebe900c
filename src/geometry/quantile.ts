/**
 * The quantile of the values at a share, interpolated linearly between order statistics (type 7 of Hyndman &
 * Fan 1996). NaN without values.
 *
 * @param sorted ascending, without NaN
 * @param share from 0 to 1
 */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below];
  if (low === undefined) return NaN;
  const high = sorted[below + 1] ?? low;
  return low + (position - below) * (high - low);
}

const bins = 1024;

/**
 * The same for |values|, in any order and ignoring NaN, for shares near 1: only the largest few, found by counting, are
 * sorted. Uses counting loops because it runs over every random pair of every concept.
 */
export function upperQuantile(values: Float64Array, share: number): number {
  const { length } = values;
  let [count, most] = [0, 0];
  for (let i = 0; i < length;) {
    const size = Math.abs(values[i++]!);
    if (size >= 0) count++;
    if (size > most) most = size;
  }
  if (count === 0 || most === 0) return count === 0 ? NaN : 0;
  // For subnormal numbers the scale would be infinite.
  const scale = Math.min((bins - 1) / most, Number.MAX_VALUE);
  const counts = new Int32Array(bins);
  for (let i = 0; i < length;) {
    const size = Math.abs(values[i++]!);
    if (size >= 0) counts[(size * scale) | 0]!++;
  }
  // One more than the rank, because the quantile lies between two values.
  const wanted = count - Math.floor(share * (count - 1)) + 1;
  let lowest = bins - 1;
  for (let above = counts[lowest]!; above < wanted && lowest > 0; above += counts[lowest]!) lowest--;
  const upper: number[] = [];
  for (let i = 0; i < length;) {
    const size = Math.abs(values[i++]!);
    if (size * scale >= lowest) upper.push(size);
  }
  const sorted = Float64Array.from(upper).sort();
  const rank = share * (count - 1) - (count - sorted.length);
  const low = sorted[Math.floor(rank)]!;
  return low + (rank - Math.floor(rank)) * ((sorted[Math.ceil(rank)] ?? low) - low);
}
