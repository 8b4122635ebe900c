import { matrix, stack, type Matrix } from '../../geometry/matrix';
import { offDiagonal } from '../../geometry/offDiagonal';
import { meanPairwiseCosineOf, pairwiseFromGram } from '../../geometry/parallelism';
import { tokensOf, type TokenWeights } from '../../geometry/sharing';
import type { Algebra } from '../../model/algebra/algebra';
import type { DirectionGeometry } from '../../protocol/geometryResult';
import type { ConceptSummary } from './conceptGeometry';

export interface NamedSummary extends ConceptSummary {
  readonly name: string;
  readonly differences: readonly TokenWeights[];
}

/** Comparisons of directions that need no random numbers. */
export type MeasuredDirections = Omit<DirectionGeometry, 'chance'>;

/** @param concepts those that have a direction */
export async function directionGeometry(
  concepts: readonly NamedSummary[],
  algebra: Algebra,
): Promise<MeasuredDirections> {
  const hidden = concepts[0]?.direction.length ?? 0;
  const directions = stack(
    concepts.map(({ direction }) => direction),
    hidden,
  );
  const cosine = pairwiseFromGram(await algebra.multiply(directions, directions));
  const unitSums = stack(
    concepts.map(({ description }) => description.unitSum),
    hidden,
  );
  return {
    concepts: concepts.map(({ name }) => name),
    cosine,
    differenceCosine: meanCosines(await algebra.multiply(unitSums, unitSums), concepts),
    differenceSelfCosine: Float64Array.from(
      concepts,
      ({ description }) => meanPairwiseCosineOf(description, true) ?? NaN,
    ),
    offDiagonal: offDiagonal(cosine),
    sharedTokens: sharedTokens(concepts),
  };
}

/** Mean cosines between differences, from the inner products of the sums of unit differences. */
function meanCosines(sums: Matrix, concepts: readonly ConceptSummary[]): Matrix {
  const n = concepts.length;
  const data = new Float64Array(n * n);
  concepts.forEach(({ description: a }, i) => {
    concepts.forEach(({ description: b }, j) => {
      data[i * n + j] =
        i === j ? (meanPairwiseCosineOf(a) ?? NaN) : sums.data[i * n + j]! / (a.defined * b.defined);
    });
  });
  return matrix(n, n, data);
}

/** Numbers of shared tokens, `[concepts, concepts]`. */
function sharedTokens(concepts: readonly NamedSummary[]): Matrix {
  const n = concepts.length;
  const tokens = concepts.map(({ differences }) => tokensOf(differences));
  const data = new Float64Array(n * n);
  tokens.forEach((own, i) => {
    for (let j = 0; j <= i; j++) {
      const common = i === j ? own.size : [...own].filter((token) => tokens[j]!.has(token)).length;
      data[i * n + j] = data[j * n + i] = common;
    }
  });
  return matrix(n, n, data);
}
