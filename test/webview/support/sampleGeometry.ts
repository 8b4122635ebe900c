import { conceptNumbers } from '../../../src/geometry/conceptFormulas';
import { conceptDirection, cosinesWith } from '../../../src/geometry/conceptDirection';
import { differences as differencesOf } from '../../../src/geometry/differences';
import { gramOf } from '../../../src/geometry/gram';
import { spread } from '../../../src/geometry/histogram';
import { leaveOneOut } from '../../../src/geometry/leaveOneOut';
import { matrix, row, type Matrix } from '../../../src/geometry/matrix';
import { outliers } from '../../../src/geometry/outliers';
import { pairingTable } from '../../../src/geometry/pairingTable';
import {
  blockwisePairwise,
  summarizeDifferences,
  meanOfDefined,
  pairwiseCosine,
} from '../../../src/geometry/parallelism';
import { permutationTest } from '../../../src/geometry/permutationTest';
import { dot, norm } from '../../../src/geometry/vector';
import {
  largestPairMap,
  type ConceptGeometry,
  type RandomComparison,
} from '../../../src/protocol/geometryResult';
import { normal, randomNumbers } from './randomNumbers';

const randomPairs = 4000;
const permutations = 999;
/** Testing larger concepts would take long, and no test looks at the result. */
const largestTested = 40;

export interface SampleGeometry {
  readonly geometry: ConceptGeometry;
  readonly direction: Float64Array;
  /** `[pairs, hidden]` */
  readonly differences: Matrix;
}

/** The geometry of words `[2 · pairs, hidden]`, with bases and targets alternating. `q` of its test is still its p. */
export function sampleGeometry(words: Matrix, withStatistics: boolean): SampleGeometry {
  const pairs = words.rows / 2;
  const differences = differencesOf(
    words,
    Array.from({ length: pairs }, (_, i) => ({ base: 2 * i, target: 2 * i + 1 })),
  );
  const direction = conceptDirection(differences);
  const description = summarizeDifferences(differences);
  const { cosines, projections } = leaveOneOut(differences);
  const pairsPerCell = Math.ceil(pairs / largestPairMap);
  const mean = meanOfDefined(cosines);
  const sd = Math.sqrt(meanOfDefined(cosines.map((value) => (value - (mean ?? 0)) ** 2)) ?? 0);
  const half = (1.96 * sd) / Math.sqrt(Math.max(1, pairs));
  const geometry: ConceptGeometry = {
    ...conceptNumbers({ deltas: differences, description, gram: pairs > 500 ? null : gramOf(differences) }),
    ...(pairs > 500 && { effectiveRank: 20 }),
    leaveOneOut: {
      mean,
      cosines,
      projections,
      interval:
        withStatistics && mean !== null && pairs > 2
          ? { low: mean - half, high: mean + half, level: 0.95, resamples: 2000 }
          : null,
      outliers: outliers(cosines),
    },
    withDirection: cosinesWith(direction, differences),
    norms: description.norms,
    random: withStatistics && norm(direction) > 0 ? randomComparison(direction, description.norms) : null,
    permutation: withStatistics && pairs > 1 ? permutationOf(words) : null,
    pairwise: pairsPerCell > 1 ? blockwisePairwise(differences, pairsPerCell) : pairwiseCosine(differences),
    pairsPerCell,
  };
  return { geometry, direction, differences };
}

function permutationOf(words: Matrix): ConceptGeometry['permutation'] {
  const pairs = words.rows / 2;
  if (pairs > largestTested) {
    return { p: 0.0001, q: 0.0001, resolution: 0.0001, permutations: 9999, exact: false, pairs: 500 };
  }
  const byside = [0, 1].flatMap((side) =>
    Array.from({ length: pairs }, (_, i) => [...row(words, 2 * i + side)]),
  );
  const table = pairingTable(gramOf(matrix(words.rows, words.columns, Float64Array.from(byside.flat()))));
  const uniform = randomNumbers(5);
  const random = {
    uniform,
    integer: (below: number) => Math.floor(uniform() * below),
    gaussian: () => normal(uniform),
  };
  const test = permutationTest(table, { permutations, random });
  return test && { ...test, q: test.p, pairs };
}

/** Random words are normally distributed here. */
function randomComparison(direction: Float64Array, norms: Float64Array): RandomComparison {
  const random = randomNumbers(11);
  const cosines = new Float64Array(randomPairs);
  const projections = new Float64Array(randomPairs);
  for (let i = 0; i < randomPairs; i++) {
    const difference = Float64Array.from(direction, () => Math.SQRT2 * normal(random));
    projections[i] = dot(difference, direction);
    cosines[i] = projections[i]! / norm(difference);
  }
  const length = norms.reduce((sum, value) => sum + value, 0) / Math.max(1, norms.length);
  return {
    pairs: randomPairs,
    tokens: 32_000,
    projection: spread(projections),
    cosine: spread(cosines),
    normMatched: norms.length > 0 ? spread(cosines.map((value) => value * length)) : null,
  };
}
