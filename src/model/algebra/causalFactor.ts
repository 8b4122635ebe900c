import { UserError } from '../../errors';
import type { RowSet } from '../head/rowSet';
import type { Unembedding } from '../head/unembedding';
import type { Algebra, CholeskyFactor } from './algebra';
import { extremes } from './extremes';
import { meanDiagonal } from './diagonalBlock';

/** Cov(γ) as the causal inner product uses it, with what a result says about it. */
export interface CausalFactor {
  readonly factor: CholeskyFactor;
  /** Of the rows of U that count, `[hidden]`. */
  readonly mean: Float64Array;
  /** How many these are. */
  readonly vocabSize: number;
  /** Added to the diagonal, as a share of its mean; 0 if nothing was. */
  readonly ridge: number;
  /** Why: one sentence, `null` without a ridge. */
  readonly ridgeReason: string | null;
  /** Estimate, with the ridge. */
  readonly condition: number;
}

/** An eigenvalue below this share of the mean diagonal is rounding of the single-precision products. */
const smallestEigenvalue = 3e-6;

/** Tried one after the other where the covariance alone is not positive definite. */
const ridges = [1e-5, 1e-4, 1e-3, 1e-2];

/**
 * One pass over the head and a Cholesky factorization (Park et al. 2311.03658, §3.2: Cov(γ)).
 *
 * @param rows of U that count
 * @param ridge share of the mean diagonal to add; `null`: none, unless it is needed
 * @param progress share of the pass that is done, 0…1
 * @throws ModelError if the head cannot be read; UserError if no ridge makes the covariance positive definite
 */
export async function makeCausalFactor(
  unembedding: Unembedding,
  rows: RowSet,
  algebra: Algebra,
  ridge: number | null,
  progress: (share: number) => void,
): Promise<CausalFactor> {
  const { hiddenSize } = unembedding.head;
  const vocabSize = rows.ids.length;
  const { mean, lower } = await algebra.covariance(unembedding, rows, progress);
  for (const tried of ridge === null ? [0, ...ridges] : [ridge]) {
    const factor = await algebra.factorize(lower, tried);
    if (!factor) continue;
    const { largest, smallest } = extremes(factor);
    // Whichever sign the pivot came out with.
    if (smallest < smallestEigenvalue * meanDiagonal(lower)) continue;
    const condition = largest / smallest;
    return {
      factor,
      mean,
      vocabSize,
      ridge: tried,
      ridgeReason: reason(tried, ridge, vocabSize, hiddenSize),
      condition,
    };
  }
  const what = ridge === null ? 'even with a ridge of 1 %' : `with a ridge of ${ridge}`;
  throw new UserError(
    `The covariance of ${unembedding.label} is not positive definite ${what}, so there is no causal inner product; take a larger ridge, or the Euclidean product.`,
  );
}

function reason(ridge: number, asked: number | null, vocabSize: number, hiddenSize: number): string | null {
  if (ridge === 0) return null;
  if (asked !== null) return 'It was asked for.';
  const why =
    vocabSize <= hiddenSize
      ? `${vocabSize} tokens cannot span ${hiddenSize} dimensions`
      : 'rows of the unembedding do not span all its dimensions (duplicate or never-trained tokens)';
  return `Without it the covariance has no inverse: ${why}.`;
}
