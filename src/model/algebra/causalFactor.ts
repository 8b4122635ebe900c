import { totalmem } from 'node:os';
import { UserError } from '../../errors';
import type { RowSet } from '../head/rowSet';
import type { Unembedding } from '../head/unembedding';
import type { Algebra, CholeskyFactor } from './algebra';
import { extremes } from './extremes';
import { meanDiagonal } from './diagonalBlock';

/** The factor of Cov(γ) for the causal inner product, with the facts that a result reports about it. */
export interface CausalFactor {
  readonly factor: CholeskyFactor;
  /** Mean of the included rows of U, `[hidden]`. */
  readonly mean: Float64Array;
  /** Number of included rows. */
  readonly vocabSize: number;
  /** Added to the diagonal, as a share of its mean; 0 for none. */
  readonly ridge: number;
  /** Why there is a ridge, in one sentence; `null` without one. */
  readonly ridgeReason: string | null;
  /** Estimate that includes the ridge. */
  readonly condition: number;
}

/** An eigenvalue below this share of the mean diagonal is rounding error of the single-precision products. */
const smallestEigenvalue = 3e-6;

/** Measured: the sums, their panels and the factor, for each element of the covariance. */
const bytesPerElement = 11;
/** The share of a computer's memory that a factorization may take. */
const largestShare = 0.75;

/** Ridges to try, in order, if the covariance alone is not positive definite. */
const ridges = [1e-5, 1e-4, 1e-3, 1e-2];

/**
 * One pass over the head and a Cholesky factorization (Park et al. 2311.03658, §3.2: Cov(γ)).
 *
 * @param rows the rows of U to include
 * @param ridge share of the mean diagonal to add; `null`: only if it is needed
 * @param progress is called with the completed share of the pass, 0…1
 * @param memory bytes that this computer has
 * @throws ModelError if the head cannot be read; UserError if no ridge makes the covariance positive definite, or if it needs
 *   too much memory, which is noticed before anything is read
 */
export async function makeCausalFactor(
  unembedding: Unembedding,
  rows: RowSet,
  algebra: Algebra,
  ridge: number | null,
  progress: (share: number) => void,
  memory = totalmem(),
): Promise<CausalFactor> {
  const { hiddenSize } = unembedding.head;
  const needed = bytesPerElement * hiddenSize ** 2;
  if (needed > largestShare * memory)
    throw new UserError(
      `The causal inner product of ${unembedding.label} with ${hiddenSize} dimensions needs ${gigabytes(needed)} of memory, too much for this computer’s ${gigabytes(memory)}; use the Euclidean inner product.`,
    );
  const vocabSize = rows.ids.length;
  const { mean, lower } = await algebra.covariance(unembedding, rows, progress);
  for (const tried of ridge === null ? [0, ...ridges] : [ridge]) {
    const factor = await algebra.factorize(lower, tried);
    if (!factor) continue;
    const { largest, smallest } = extremes(factor);
    // The pivot may have either sign.
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
    `The covariance of ${unembedding.label} is not positive definite ${what}, so there is no causal inner product; use a larger ridge or the Euclidean inner product.`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function reason(ridge: number, asked: number | null, vocabSize: number, hiddenSize: number): string | null {
  if (ridge === 0) return null;
  if (asked !== null) return 'It was requested.';
  const why =
    vocabSize <= hiddenSize
      ? `${vocabSize} tokens cannot span ${hiddenSize} dimensions`
      : 'rows of the unembedding do not span all its dimensions (duplicate or never-trained tokens)';
  return `Without it the covariance has no inverse: ${why}.`;
}
