import type { Matrix } from '../../geometry/matrix';
import type { RowSet } from '../head/rowSet';
import type { Unembedding } from '../head/unembedding';
import type { Panels } from './panels';

/** Of the rows of U that count: centred second moment over their number (Park et al. 2311.03658, §3.2). */
export interface Covariance {
  /** `[hidden]` */
  readonly mean: Float64Array;
  /** Lower half of Cov(γ), `[hidden, hidden]`. */
  readonly lower: Panels;
}

/**
 * A Cholesky factor, L with L·Lᵀ = Cov(γ), ready for substitution: below each diagonal block the panel's rest, and the
 * block itself inverted.
 */
export interface CholeskyFactor {
  readonly size: number;
  readonly width: number;
  /** For each panel k the rows below its diagonal block, `[size − start − columns, columns]`. */
  readonly below: readonly Float32Array[];
  /** For each panel the inverse of its diagonal block, lower triangular `[columns, columns]`. */
  readonly inverses: readonly Float32Array[];
}

/**
 * The work that grows with a power of the hidden size. Two do it: ONNX Runtime, and plain loops where it is not
 * installed or not worth loading. Both give the same numbers up to rounding.
 */
export interface Algebra {
  /** A·Bᵀ: `[m, k]` and `[n, k]` give `[m, n]`. */
  multiply(a: Matrix, b: Matrix): Promise<Matrix>;
  /**
   * One pass over the head in tiles.
   *
   * @param rows that count
   * @param progress share done, 0…1
   * @throws ModelError if the data is cut off or holds numbers that are not finite
   */
  covariance(unembedding: Unembedding, rows: RowSet, progress: (share: number) => void): Promise<Covariance>;
  /**
   * L of the matrix with `ridge` times its mean diagonal added to the diagonal; `null` if that is not positive definite
   * in the precision it was made in.
   */
  factorize(lower: Panels, ridge: number): Promise<CholeskyFactor | null>;
  /** Rows x become z = L⁻¹x, so that x₁ᵀ Cov⁻¹ x₂ = z₁ᵀz₂: `[m, hidden]`. */
  whiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix>;
  /** The same of several matrices, for little more than one of them. */
  whitenAll(factor: CholeskyFactor, parts: readonly Matrix[]): Promise<Matrix[]>;
  /** Rows z become w = L⁻ᵀz, so that zᵀ(L⁻¹x) = wᵀx: `[m, hidden]`. */
  unwhiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix>;
  /** U·Wᵀ for the whole vocabulary: `[vocab, m]` for W `[m, hidden]`, in one pass, of rows without a token too. */
  project(unembedding: Unembedding, directions: Matrix, progress: (share: number) => void): Promise<Matrix>;
}
