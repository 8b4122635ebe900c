import { matrix, row, type Matrix } from './matrix';
import { randomSource } from './random';
import { norm } from './vector';

/** Random signs of a set's pairs: under the null, either context of a pair might as well have been the base. */
export interface SignFlips {
  /** +1 or −1, `[flips, pairs]`; the first row is the given signs. */
  readonly signs: Matrix;
  /** Whether these are all signs up to a common one. */
  readonly exact: boolean;
}

/**
 * All 2^(n − 1) signs of n pairs if there are at most `flips`, otherwise the given ones and `flips` random ones. A common
 * sign of all pairs changes no |cosine|, so the first pair keeps its own.
 */
export function signFlips(pairs: number, flips: number, seed: number, stream: number): SignFlips {
  const exact = pairs - 1 <= Math.log2(Math.max(flips, 1));
  const rows = exact ? 2 ** Math.max(pairs - 1, 0) : flips + 1;
  const data = new Float32Array(rows * pairs).fill(1);
  const random = randomSource(seed, stream);
  for (let flip = 1; flip < rows; flip++) {
    for (let pair = 1; pair < pairs; pair++) {
      const isFlipped = exact ? ((flip >> (pair - 1)) & 1) === 1 : random.integer(2) === 1;
      if (isFlipped) data[flip * pairs + pair] = -1;
    }
  }
  return { signs: matrix(rows, pairs, data), exact };
}

/**
 * For each direction, the share of sign flips (the given signs included) for which |cos(Σ sᵢδᵢ, direction)| is at least
 * that of the given signs (Phipson & Smyth 2010).
 *
 * @param sums Σ sᵢδᵢ for each flip, `[flips, hidden]`
 * @param projections ⟨sum, direction⟩ at unit length, `[flips, directions]`
 * @returns p for each direction; NaN if the given differences cancel
 */
export function signFlipTest(sums: Matrix, projections: Matrix): Float64Array {
  const norms = Float64Array.from({ length: sums.rows }, (_, flip) => norm(row(sums, flip)));
  return Float64Array.from({ length: projections.columns }, (_, direction) => {
    const cosine = (flip: number): number =>
      norms[flip]! > 0
        ? Math.abs(projections.data[flip * projections.columns + direction]!) / norms[flip]!
        : 0;
    if (!(norms[0]! > 0)) return NaN;
    const given = cosine(0) * (1 - 1e-9);
    let reaching = 0;
    for (let flip = 0; flip < sums.rows; flip++) if (cosine(flip) >= given) reaching++;
    return reaching / sums.rows;
  });
}
