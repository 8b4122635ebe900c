import { matrix, row, type Matrix } from './matrix';
import type { RandomSource } from './random';
import { distance, norm, type Vector } from './vector';

/**
 * Directions of random concepts: unit sums of differences of random pairs of rows, for every size of a real concept. A chain
 * adds random differences one by one and records its direction at every size.
 *
 * Chain r draws from the rows r mod 2, r mod 2 + 2, …, so that an even and an odd chain share no words. Chains that share
 * words of a small sample would be less orthogonal than concepts of a large vocabulary.
 *
 * @param rows a random sample of unembedding rows, `[tokens, hidden]`
 * @param sizes pairs per concept; limited to `largestSize` (256), because by the central limit theorem more pairs make no
 *   difference
 * @returns `[sizes.length · count, hidden]`, the direction of size s and chain r in row s·count + r; zero rows if there is
 *   none, as with fewer than four tokens
 */
export function randomDirections(
  rows: Matrix,
  sizes: readonly number[],
  {
    count,
    random,
    normalised = false,
    largestSize = 256,
  }: {
    readonly count: number;
    /** One per chain, so that a longer chain does not change the others. */
    readonly random: (chain: number) => RandomSource;
    /** Sums of unit differences, for `normalised` directions. */
    readonly normalised?: boolean;
    readonly largestSize?: number;
  },
): Matrix {
  const { columns } = rows;
  const data = new Float32Array(sizes.length * count * columns);
  const cut = sizes.map((size) => Math.min(size, largestSize));
  const longest = cut.reduce((a, b) => Math.max(a, b), 0);
  for (let chain = 0; chain < count && rows.rows >= 4; chain++) {
    const sum = new Float64Array(columns);
    const draw = random(chain);
    const parity = chain % 2;
    const tokens = Math.ceil((rows.rows - parity) / 2);
    for (let size = 1; size <= longest; size++) {
      const first = draw.integer(tokens);
      const other = draw.integer(tokens - 1);
      const target = row(rows, 2 * first + parity);
      const base = row(rows, 2 * (other < first ? other : other + 1) + parity);
      const weight = normalised ? 1 / distance(target, base) : 1;
      // Two equal rows have no difference.
      if (weight !== Infinity) addDifference(sum, target, base, weight);
      cut.forEach((wanted, s) => {
        if (wanted !== size) return;
        const length = norm(sum);
        if (length === 0) return;
        data.set(
          sum.map((value) => value / length),
          (s * count + chain) * columns,
        );
      });
    }
  }
  return matrix(sizes.length * count, columns, data);
}

function addDifference(sum: Float64Array, target: Vector, base: Vector, weight: number): void {
  for (let j = 0; j < sum.length; j++) sum[j]! += weight * (target[j]! - base[j]!);
}
