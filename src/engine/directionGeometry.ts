import { matrix, stack, type Matrix } from '../geometry/matrix';
import { offDiagonal } from '../geometry/offDiagonal';
import { meanPairwiseCosineOf, pairwiseFromGram, type DifferencesDescription } from '../geometry/parallelism';
import { randomSource } from '../geometry/random';
import { directionChance } from '../geometry/directionChance';
import { randomDirections } from '../geometry/randomDirections';
import type { Algebra } from '../model/algebra/algebra';
import type { DirectionChoice } from '../geometry/conceptDirection';
import type { DirectionChance, DirectionGeometry } from '../protocol/geometryResult';
import type { ProbeSettings } from '../protocol/probeResult';
import type { Baseline } from './baseline';
import { streams } from './streams';

/** Random concepts of every size: their cosines make a null of 10,000 values for every two sizes. */
const randomConcepts = 200;

/** What of a concept is needed to compare it with others. */
export interface ConceptSummary {
  /** Kept ones. */
  readonly pairs: number;
  readonly description: DifferencesDescription;
  /** At unit length, or zero. `[hidden]` */
  readonly direction: Float64Array;
}

interface DirectionRequest {
  readonly seed: number;
  readonly settings: Pick<ProbeSettings, 'direction'>;
}

/** The concepts that have a direction, against each other. */
export async function directionGeometry(
  all: readonly (ConceptSummary & { readonly name: string })[],
  { seed, settings: { direction: choice } }: DirectionRequest,
  baseline: Baseline | null,
  algebra: Algebra,
): Promise<DirectionGeometry> {
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
  return {
    concepts: concepts.map(({ name }) => name),
    cosine,
    differenceCosine,
    differenceSelfCosine: Float64Array.from(
      concepts,
      ({ description }) => meanPairwiseCosineOf(description, true) ?? NaN,
    ),
    offDiagonal: offDiagonal(cosine),
    // What principal directions of random differences do is another matter than what sums of them do.
    chance:
      baseline && concepts.length > 1 && choice !== 'principal'
        ? await chanceOf(concepts, cosine, seed, choice, baseline, algebra)
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

async function chanceOf(
  concepts: readonly ConceptSummary[],
  cosine: Matrix,
  seed: number,
  choice: DirectionChoice,
  baseline: Baseline,
  algebra: Algebra,
): Promise<DirectionChance | null> {
  const conceptSizes = concepts.map(({ pairs }) => pairs);
  const sizes = [...new Set(conceptSizes)].sort((a, b) => a - b);
  const gram = await baseline.remember(`directions ${choice} ${sizes.join()}`, () => {
    const directions = randomDirections(baseline.rows, sizes, {
      count: randomConcepts,
      random: (chain) => randomSource(seed, streams.directions + chain),
      normalised: choice === 'normalised',
    });
    return algebra.multiply(directions, directions);
  });
  const chance = directionChance(gram, sizes, randomConcepts, conceptSizes, cosine);
  // Too few tokens for two concepts that share none.
  return chance.resolution === 1 ? null : chance;
}
