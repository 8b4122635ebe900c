import type { Matrix } from './matrix';
import type { RandomSource } from './random';

/** Sums this close count as equal, because sums in another order differ in their last bits. */
const equal = 1e-9;

/**
 * Do the differences of a set's pairs point along a direction more than if either side of each pair might as well have been
 * the base? For each direction, the share of sign flips of the pairs (the given signs included) for which |Σ sᵢ⟨δᵢ, d⟩| is at
 * least that of the given signs (Phipson & Smyth 2010). All 2^(n − 1) flips of n pairs are used if there are at most `flips`,
 * since a common sign of all changes nothing; otherwise `flips` random ones.
 *
 * @param projections ⟨δᵢ, d⟩, `[pairs, directions]`
 * @returns p for each direction; NaN without pairs, without flips, or if no difference has a projection
 */
export function signFlipTest(
  { rows, columns, data }: Matrix,
  { flips, random }: { readonly flips: number; readonly random: RandomSource },
): Float64Array {
  if (rows === 0 || flips < 1) return new Float64Array(columns).fill(NaN);
  const isExact = rows - 1 <= Math.log2(flips);
  const count = isExact ? 2 ** (rows - 1) - 1 : flips;
  const given = sums(new Int8Array(rows).fill(1));
  const enough = given.map((sum) => Math.abs(sum) * (1 - equal));
  const reaching = new Float64Array(columns).fill(1);
  const signs = new Int8Array(rows).fill(1);
  for (let flip = 1; flip <= count; flip++) {
    for (let pair = 1; pair < rows; pair++) {
      const isFlipped = isExact ? ((flip >> (pair - 1)) & 1) === 1 : random.integer(2) === 1;
      signs[pair] = isFlipped ? -1 : 1;
    }
    sums(signs).forEach((sum, direction) => {
      if (Math.abs(sum) >= enough[direction]!) reaching[direction]!++;
    });
  }
  return reaching.map((own, direction) => (given[direction] === 0 ? NaN : own / (count + 1)));

  function sums(of: Int8Array): Float64Array {
    const total = new Float64Array(columns);
    for (let pair = 0; pair < rows; pair++) {
      const sign = of[pair]!;
      for (let j = 0; j < columns; j++) total[j]! += sign * data[pair * columns + j]!;
    }
    return total;
  }
}
