import { matrix, row, type Matrix } from '../geometry/matrix';
import type { Algebra } from '../model/algebra/algebra';
import type { CausalFactor } from '../model/algebra/causalFactor';
import { RowCache } from '../model/head/rowCache';
import type { Unembedding } from '../model/head/unembedding';
import type { InnerProduct } from '../protocol/geometryResult';

/** Rows of U in coordinates where an inner product is the Euclidean one: all geometry is the same from there on. */
export interface RowSource {
  readonly product: InnerProduct;
  /** `[ids, hidden]`, in the order of `ids`. @throws RangeError if an id is outside the vocabulary */
  rows(ids: readonly number[]): Promise<Matrix>;
  /** Differences of rows of U in these coordinates: taken before, not after, so that rows nearly alike keep their digits. */
  mapped(differences: Matrix): Promise<Matrix>;
}

export function euclideanRows(unembedding: Pick<Unembedding, 'rows'>): RowSource {
  return {
    product: 'euclidean',
    rows: (ids) => Promise.resolve(unembedding.rows(ids)),
    mapped: (differences) => Promise.resolve(differences),
  };
}

/** L⁻¹(γ(y) − mean) with L·Lᵀ = Cov(γ): ⟨u, v⟩_C of Park et al. 2311.03658 is the dot product of such rows. */
export function causalRows(
  unembedding: Unembedding,
  { factor, mean }: CausalFactor,
  algebra: Algebra,
): RowSource {
  const cache = new RowCache(mean.length);
  const read = async (ids: readonly number[]): Promise<Matrix> => {
    const rows = unembedding.rows(ids);
    const data = new Float32Array(rows.data.length);
    for (let i = 0; i < data.length; i++) data[i] = rows.data[i]! - mean[i % mean.length]!;
    const white = await algebra.whiten(factor, matrix(ids.length, mean.length, data));
    return matrix(white.rows, white.columns, new Float32Array(white.data));
  };
  const rows = async (ids: readonly number[]): Promise<Matrix> => {
    const missing = [...new Set(ids)].filter((id) => !cache.get(id));
    const fresh = missing.length === 0 ? matrix(0, mean.length, new Float32Array(0)) : await read(missing);
    if (missing.length === ids.length) {
      keep(missing, fresh);
      return fresh;
    }
    const position = new Map(missing.map((id, index) => [id, index]));
    const data = new Float32Array(ids.length * mean.length);
    ids.forEach((id, index) => {
      const at = position.get(id);
      data.set(at === undefined ? cache.get(id)! : row(fresh, at), index * mean.length);
    });
    keep(missing, fresh);
    return matrix(ids.length, mean.length, data);
  };
  const keep = (ids: readonly number[], fresh: Matrix): void => {
    // A sample of the vocabulary would drive the words out.
    if (ids.length > cache.capacity) return;
    ids.forEach((id, index) => {
      cache.set(id, new Float32Array(row(fresh, index)));
    });
  };
  return { product: 'causal', rows, mapped: (differences) => algebra.whiten(factor, differences) };
}
