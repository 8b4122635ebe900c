import { matrix, row, type Matrix } from './matrix';

/** Row numbers of one counterfactual pair in a matrix of unembedding rows. */
export interface RowPair {
  readonly base: number;
  readonly target: number;
}

/**
 * Unembedding differences γ(target) − γ(base), one row per pair (Park et al. 2311.03658, §3).
 *
 * @param unembedding `[words, hidden]`
 * @returns `[pairs, hidden]`, in single precision like the rows: each difference is rounded once, at its own magnitude
 * @throws RangeError if a pair refers to a row that does not exist
 */
export function differences(unembedding: Matrix, pairs: readonly RowPair[]): Matrix {
  const { columns } = unembedding;
  const data = new Float32Array(pairs.length * columns);
  pairs.forEach((pair, index) => {
    const base = row(unembedding, pair.base);
    const target = row(unembedding, pair.target);
    for (let j = 0; j < columns; j++) data[index * columns + j] = target[j]! - base[j]!;
  });
  return matrix(pairs.length, columns, data);
}
