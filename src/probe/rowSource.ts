import { matrix, type Matrix } from '../geometry/matrix';
import type { Algebra } from '../model/algebra/algebra';
import type { CausalFactor } from '../model/algebra/causalFactor';
import type { Unembedding } from '../model/head/unembedding';
import type { InnerProduct } from '../protocol/geometryResult';

/** Rows of U in coordinates where an inner product is the dot product, so that all further geometry is the same. */
export interface RowSource {
  readonly product: InnerProduct;
  /** `[ids, hidden]`, in the order of `ids`. @throws UserError if an id is outside the vocabulary */
  rows(ids: readonly number[]): Promise<Matrix>;
  /** Maps rows of U that are already read to these coordinates. */
  placed(rows: Matrix): Promise<Matrix>;
  /**
   * Maps differences of rows of U to these coordinates. Subtracting before mapping preserves the precision of nearly equal
   * rows.
   */
  mapped(parts: readonly Matrix[]): Promise<readonly Matrix[]>;
}

export function euclideanRows(unembedding: Pick<Unembedding, 'rows'>): RowSource {
  return {
    product: 'euclidean',
    rows: (ids) => Promise.resolve(unembedding.rows(ids)),
    placed: (rows) => Promise.resolve(rows),
    mapped: (parts) => Promise.resolve(parts),
  };
}

/** L⁻¹(γ(y) − mean) with L·Lᵀ = Cov(γ): ⟨u, v⟩_C of Park et al. 2311.03658 is the dot product of such rows. */
export function causalRows(
  unembedding: Pick<Unembedding, 'rows'>,
  { factor, mean }: CausalFactor,
  algebra: Algebra,
): RowSource {
  const placed = (rows: Matrix): Promise<Matrix> => algebra.whiten(factor, around(mean, rows));
  return {
    product: 'causal',
    rows: (ids) => placed(unembedding.rows(ids)),
    placed,
    mapped: (parts) => algebra.whitenAll(factor, parts),
  };
}

function around(mean: Float64Array, { rows, columns, data }: Matrix): Matrix {
  const centred = new Float32Array(data.length);
  for (let at = 0; at < data.length;) {
    for (let j = 0; j < columns; j++, at++) centred[at] = data[at]! - mean[j]!;
  }
  return matrix(rows, columns, centred);
}
