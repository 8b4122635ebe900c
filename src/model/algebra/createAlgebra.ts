import { hasRuntime } from '../runtime/sessionRuntime';
import type { Algebra, CholeskyFactor } from './algebra';
import { plainAlgebra } from './plainAlgebra';
import { RuntimeAlgebra } from './runtimeAlgebra';

/** Up to this number of multiplications, plain loops are faster than a call to ONNX Runtime. */
const smallWork = 1e6;

/** Up to this hidden size, substitution is fast in plain loops. */
const narrow = 128;

/**
 * Algebra that uses ONNX Runtime for large operations and plain loops for small ones, or for all if ONNX Runtime is not
 * installed.
 *
 * @param threads threads per product; one per core by default
 */
export function createAlgebra(threads?: number): Algebra {
  if (!hasRuntime()) return plainAlgebra;
  let runtime: Algebra | undefined;
  const algebraFor = (work: number): Algebra => {
    if (work < smallWork) return plainAlgebra;
    return (runtime ??= new RuntimeAlgebra(threads));
  };
  // Decided by the width alone: a word's numbers must not depend on how many other words are requested with it.
  const substitution = ({ size }: CholeskyFactor): Algebra => algebraFor(size < narrow ? 0 : Infinity);
  return {
    multiply: (a, b) => algebraFor(a.rows * b.rows * a.columns).multiply(a, b),
    covariance: (unembedding, rows, progress) => {
      const { vocabSize, hiddenSize } = unembedding.head;
      return algebraFor(vocabSize * hiddenSize ** 2).covariance(unembedding, rows, progress);
    },
    factorize: (lower, ridge) => algebraFor(lower.size ** 3 / 6).factorize(lower, ridge),
    whiten: (factor, rows) => substitution(factor).whiten(factor, rows),
    whitenAll: (factor, parts) => substitution(factor).whitenAll(factor, parts),
    unwhiten: (factor, rows) => substitution(factor).unwhiten(factor, rows),
    project: (unembedding, directions, progress) => {
      const { vocabSize, hiddenSize } = unembedding.head;
      return algebraFor(vocabSize * hiddenSize * directions.rows).project(unembedding, directions, progress);
    },
  };
}
