import type { Matrix } from '../../geometry/matrix';

/** Summary of the steering vectors of one concept in one space, sufficient for mean cosines. */
export interface Steering {
  /** Number of non-zero vectors. */
  readonly count: number;
  /** Sum of the unit vectors, [k]. */
  readonly unitSum: Float64Array;
  readonly meanNorm: number;
}

/** Sums the unit vectors of table[ends[n]] − table[starts[n]]. Zero vectors count only in the mean norm. */
export function steering(
  table: Matrix,
  pairs: { readonly starts: Int32Array; readonly ends: Int32Array },
): Steering {
  const { columns: k, data } = table;
  const unitSum = new Float64Array(k);
  const delta = new Float64Array(k);
  let [count, norms] = [0, 0];
  for (let n = 0; n < pairs.starts.length; n++) {
    const [start, end] = [pairs.starts[n]!, pairs.ends[n]!];
    let square = 0;
    for (let j = 0; j < k; j++) {
      delta[j] = data[end * k + j]! - data[start * k + j]!;
      square += delta[j]! * delta[j]!;
    }
    if (square === 0) continue;
    const length = Math.sqrt(square);
    for (let j = 0; j < k; j++) unitSum[j] = unitSum[j]! + delta[j]! / length;
    norms += length;
    count++;
  }
  return { count, unitSum, meanNorm: pairs.starts.length > 0 ? norms / pairs.starts.length : NaN };
}

/** Mean cosine between the vectors of `a` and those of `b`; NaN if either has none. */
export function meanCosineBetween(a: Steering, b: Steering): number {
  return sumProduct(a, b) / (a.count * b.count);
}

/** Mean pairwise cosine within; NaN if there is no pair. */
export function meanCosineWithin(a: Steering, includeSelf: boolean): number {
  if (includeSelf) return meanCosineBetween(a, a);
  return a.count < 2 ? NaN : (sumProduct(a, a) - a.count) / (a.count * (a.count - 1));
}

function sumProduct(a: Steering, b: Steering): number {
  return a.unitSum.reduce((sum, value, j) => sum + value * b.unitSum[j]!, 0);
}
