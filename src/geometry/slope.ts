/**
 * The least-squares slope of y over x as weights of y: slope = Σ cᵢyᵢ with cᵢ = (xᵢ − x̄) / Σ(x − x̄)². Being linear, the same
 * weights give what each pair or concept contributes to it.
 *
 * @returns `null` with fewer than three different values of x, through which every line would fit
 */
export function slopeWeights(x: readonly number[]): number[] | null {
  if (new Set(x).size < 3) return null;
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const spread = x.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return x.map((value) => (value - mean) / spread);
}

/** Σ weightᵢ · seriesᵢ, element by element. */
export function combined(weights: readonly number[], series: readonly Float64Array[]): Float64Array {
  return Float64Array.from({ length: series[0]?.length ?? 0 }, (_, k) =>
    weights.reduce((sum, weight, i) => sum + weight * series[i]![k]!, 0),
  );
}
