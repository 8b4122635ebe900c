import { hasRuntime } from '../runtime/sessionRuntime';
import type { Algebra, CholeskyFactor } from './algebra';
import { plainAlgebra } from './plainAlgebra';
import { RuntimeAlgebra } from './runtimeAlgebra';

/** Up to so many multiplications plain loops are done before a call to ONNX Runtime pays. */
const smallWork = 1e6;

/** Up to this hidden size substitution is quick in plain loops. */
const narrow = 128;

/**
 * Algebra that takes ONNX Runtime for what is large, once it is, and plain loops for the rest, or for all where there is
 * no ONNX Runtime.
 *
 * @param threads of one product; one per core without it
 */
export function createAlgebra(threads?: number): Algebra {
  if (!hasRuntime()) return plainAlgebra;
  let runtime: Algebra | undefined;
  const algebraFor = (work: number): Algebra => {
    if (work < smallWork) return plainAlgebra;
    return (runtime ??= new RuntimeAlgebra(threads));
  };
  // By the width alone: a word's numbers must not depend on how many others are asked for with it.
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
