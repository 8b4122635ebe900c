import type { Matrix } from '../../geometry/matrix';
import type { RowSet } from '../head/rowSet';
import type { Unembedding } from '../head/unembedding';
import type { Panels } from './columnPanels';

/** Covariance of the selected rows of U: centred second moments divided by their number (Park et al. 2311.03658, §3.2). */
export interface Covariance {
  /** `[hidden]` */
  readonly mean: Float64Array;
  /** Lower triangle of Cov(γ), `[hidden, hidden]`. */
  readonly lower: Panels;
}

/**
 * A Cholesky factor, L with L·Lᵀ = Cov(γ), prepared for substitution: for each panel the rows below its diagonal block, and
 * the inverse of the block.
 */
export interface CholeskyFactor {
  readonly size: number;
  readonly width: number;
  /** For each panel, the rows below its diagonal block, `[size − start − columns, columns]`. */
  readonly below: readonly Float32Array[];
  /** For each panel, the inverse of its diagonal block, lower triangular `[columns, columns]`. */
  readonly inverses: readonly Float32Array[];
}

/**
 * The operations whose cost grows with a power of the hidden size. There are two implementations: ONNX Runtime, and plain
 * loops where it is not installed or not worth loading. Both give the same numbers up to rounding.
 */
export interface Algebra {
  /** A·Bᵀ: `[m, k]` and `[n, k]` give `[m, n]`. */
  multiply(a: Matrix, b: Matrix): Promise<Matrix>;
  /**
   * One pass over the head in tiles.
   *
   * @param rows the rows to include
   * @param progress is called with the completed share, 0…1
   * @throws ModelError if the data is truncated or contains numbers that are not finite
   */
  covariance(unembedding: Unembedding, rows: RowSet, progress: (share: number) => void): Promise<Covariance>;
  /**
   * L of the matrix with `ridge` times its mean diagonal added to the diagonal; `null` if that is not positive definite in
   * the precision of the computation.
   */
  factorize(lower: Panels, ridge: number): Promise<CholeskyFactor | null>;
  /** Whitens rows x: z = L⁻¹x, so that x₁ᵀ Cov⁻¹ x₂ = z₁ᵀz₂: `[m, hidden]`. */
  whiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix>;
  /** The same for several matrices, at little more than the cost of one. */
  whitenAll(factor: CholeskyFactor, parts: readonly Matrix[]): Promise<Matrix[]>;
  /** Maps rows z to w = L⁻ᵀz, so that zᵀ(L⁻¹x) = wᵀx: `[m, hidden]`. */
  unwhiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix>;
  /** U·Wᵀ for the whole vocabulary: `[vocab, m]` for W `[m, hidden]`, in one pass, including rows without a token. */
  project(unembedding: Unembedding, directions: Matrix, progress: (share: number) => void): Promise<Matrix>;
}
