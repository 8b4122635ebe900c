/**
 * Shrinkage of the covariance S of n centred rows in d dimensions towards μI, μ = tr S / d: (1 − s)S + sμI.
 */
export interface Shrinkage {
  /** s, in 0…1. */
  readonly share: number;
  /** μ, the mean variance of a coordinate. */
  readonly scale: number;
}

/**
 * Ledoit & Wolf 2004 (J. Multivariate Analysis 88, 365–411), Lemma 3.1–3.5, from inner products alone, so that d may be large:
 * tr S = tr K / n, ‖S‖² = ‖K‖² / n² and Σ‖xᵢ‖⁴ = Σ Kᵢᵢ².
 *
 * @param gram K, the inner products of the centred rows, `[n, n]` row-major
 */
export function ledoitWolf(gram: Float64Array, n: number, d: number): Shrinkage {
  let [trace, fourth, squares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const own = gram[i * n + i]!;
    trace += own;
    fourth += own * own;
  }
  for (const value of gram) squares += value * value;
  const scale = trace / n / d;
  const size = squares / n ** 2;
  // d² and b² of the paper, both times d: how far S is from μI, and how uncertain S is.
  const spread = size - d * scale ** 2;
  const error = (fourth / n - size) / n;
  const share = spread > 0 ? Math.min(1, Math.max(0, error / spread)) : 1;
  return { share, scale };
}
