/**
 * Benjamini & Hochberg 1995: q = the smallest false discovery rate at which a test is still a discovery, the minimum of
 * p₍ⱼ₎·m/j over the ranks j from its own on. NaN stays NaN and is not one of the m tests.
 */
export function benjaminiHochberg(p: readonly number[] | Float64Array): Float64Array {
  const q = new Float64Array(p.length).fill(NaN);
  const order = Array.from(p.keys()).filter((index) => !Number.isNaN(p[index]!));
  order.sort((a, b) => p[a]! - p[b]!);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const index = order[rank - 1]!;
    least = Math.min(least, (p[index]! * order.length) / rank);
    q[index] = least;
  }
  return q;
}
