import { matrix, stack, type Matrix } from '../geometry/matrix';
import { offDiagonal } from '../geometry/offDiagonal';
import { meanPairwiseCosineOf, pairwiseFromGram } from '../geometry/parallelism';
import { randomSource } from '../geometry/random';
import { directionChance } from '../geometry/directionChance';
import { randomDirections } from '../geometry/randomDirections';
import { tokensOf, type TokenWeights } from '../geometry/sharing';
import type { DirectionChance, DirectionGeometry } from '../protocol/geometryResult';
import type { Baseline } from './baseline';
import type { ProductContext } from './productContext';
import type { ConceptSummary } from './conceptGeometry';
import { sharedChance } from './sharedChance';
import { SizeNulls } from './sizeNulls';
import { streams } from './streams';

/** Random concepts of every size: their cosines make a null of 10,000 values for every two sizes. */
const randomConcepts = 200;

export interface NamedSummary extends ConceptSummary {
  readonly name: string;
  readonly differences: readonly TokenWeights[];
}

/** The concepts that have a direction, against each other. */
export async function directionGeometry(
  all: readonly NamedSummary[],
  context: ProductContext,
): Promise<DirectionGeometry> {
  const { settings, algebra, baseline } = context;
  const concepts = all.filter(({ direction }) => direction.some((value) => value !== 0));
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
  const differenceCosine = meanCosines(await algebra.multiply(unitSums, unitSums), concepts);
  const shared = sharedTokens(concepts);
  return {
    concepts: concepts.map(({ name }) => name),
    cosine,
    differenceCosine,
    differenceSelfCosine: Float64Array.from(
      concepts,
      ({ description }) => meanPairwiseCosineOf(description, true) ?? NaN,
    ),
    offDiagonal: offDiagonal(cosine),
    sharedTokens: shared,
    // What principal directions of random differences do is another matter than what sums of them do.
    chance:
      baseline && concepts.length > 1 && settings.direction !== 'principal'
        ? await chanceOf(concepts, cosine, shared, context, baseline)
        : null,
  };
}

/** Mean cosines between differences from the inner products of their unit sums. */
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

/** Numbers of common tokens, `[concepts, concepts]`. */
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

async function chanceOf(
  concepts: readonly NamedSummary[],
  cosine: Matrix,
  sharedTokens: Matrix,
  context: ProductContext,
  baseline: Baseline,
): Promise<DirectionChance | null> {
  const { seed, settings, algebra } = context;
  const conceptSizes = concepts.map(({ pairs }) => pairs);
  const nulls = baseline.sizeNulls(`${settings.direction} ${seed}`, () => {
    const options = {
      count: randomConcepts,
      random: (chain: number) => randomSource(seed, streams.directions + chain),
      normalised: settings.direction === 'normalised',
    };
    return new SizeNulls((sizes) => randomDirections(baseline.rows, sizes, options), algebra);
  });
  const ofSizes = await nulls.of(conceptSizes);
  const ofShared = await sharedChance(concepts, sharedTokens, context, baseline);
  const chance = directionChance(cosine, (a, b) => ofSizes(conceptSizes[a]!, conceptSizes[b]!), ofShared);
  // Too few tokens for two concepts that share none.
  return chance.resolution === 1 ? null : chance;
}
