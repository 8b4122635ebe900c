import { bootstrapInterval } from '../geometry/bootstrapInterval';
import { cosinesWith } from '../geometry/conceptDirection';
import type { RowPair } from '../geometry/differences';
import { leaveOneOut } from '../geometry/leaveOneOut';
import { matrix, row, type Matrix } from '../geometry/matrix';
import { outliers } from '../geometry/outliers';
import {
  blockwisePairwise,
  effectiveRank,
  meanOfDefined,
  meanPairwiseCosineOf,
  pairwiseFromGram,
  type DifferencesDescription,
} from '../geometry/parallelism';
import { pairingTable } from '../geometry/pairingTable';
import { permutationTest } from '../geometry/permutationTest';
import { randomSource, shuffle } from '../geometry/random';
import type { Algebra } from '../model/algebra/algebra';
import { largestPairMap, type ConceptGeometry, type PermutationTest } from '../protocol/geometryResult';
import type { ProbeSettings } from '../protocol/probeResult';
import type { Baseline } from './baseline';
import { randomComparison } from './randomComparison';
import { streamOf } from './streams';

/** One concept in one inner product. Its words' rows are in that product's coordinates. */
export interface ConceptRows {
  /** Names its pairs: it has its own random numbers. */
  readonly key: string;
  /** Rows of all words, `[words, hidden]`, of which the kept pairs name two each. */
  readonly words: Matrix;
  readonly pairs: readonly RowPair[];
  readonly deltas: Matrix;
  readonly description: DifferencesDescription;
  /** At unit length, or zero. `[hidden]` */
  readonly direction: Float64Array;
}

export interface ConceptChance {
  readonly baseline: Baseline;
  /** ⟨row, direction⟩ of the baseline's rows. */
  readonly scores: Float64Array;
}

/** Every number about one concept; q is yet that of a single test. */
export async function conceptGeometry(
  concept: ConceptRows,
  settings: ProbeSettings,
  seed: number,
  algebra: Algebra,
  chance: ConceptChance | null,
): Promise<ConceptGeometry> {
  const { key, deltas, description, direction } = concept;
  const left = leaveOneOut(deltas, settings.direction);
  const gram = deltas.rows > largestPairMap ? null : await algebra.multiply(deltas, deltas);
  const pairsPerCell = Math.ceil(deltas.rows / largestPairMap);
  const withDirection = cosinesWith(direction, deltas);
  const hasDirection = direction.some((value) => value !== 0);
  return {
    meanCosine: meanPairwiseCosineOf(description),
    meanCosineWithSelf: meanPairwiseCosineOf(description, true),
    leaveOneOut: {
      mean: meanOfDefined(left.cosines),
      cosines: left.cosines,
      projections: left.projections,
      interval: hasInterval(left.cosines, settings)
        ? bootstrapInterval(left.influences, {
            resamples: settings.bootstrap,
            random: randomSource(seed, streamOf('bootstrap', key)),
          })
        : null,
      outliers: outliers(left.cosines),
    },
    withDirection,
    norms: description.norms,
    effectiveRank: gram && effectiveRank(gram),
    random:
      chance && hasDirection
        ? randomComparison(chance.baseline, chance.scores, description.norms, {
            projection: largest(left.projections),
            cosine: largest(left.cosines),
          })
        : null,
    permutation: await permutation(concept, settings.permutations, seed, algebra),
    pairwise: gram ? pairwiseFromGram(gram) : blockwisePairwise(deltas, pairsPerCell),
    pairsPerCell,
  };
}

/** Fewer pairs say nothing of how much pairs differ, and a principal direction jumps from resample to resample. */
const fewestForInterval = 5;

function hasInterval(cosines: Float64Array, { direction }: ProbeSettings): boolean {
  const defined = cosines.filter((value) => !Number.isNaN(value)).length;
  return direction !== 'principal' && defined >= fewestForInterval;
}

async function permutation(
  { key, words, pairs }: ConceptRows,
  permutations: number,
  seed: number,
  algebra: Algebra,
): Promise<PermutationTest | null> {
  if (permutations === 0 || pairs.length < 2) return null;
  const random = randomSource(seed, streamOf('permutations', key));
  const order = Int32Array.from(pairs.keys());
  // The table of all pairings grows with the square: of very many pairs a random choice is tested.
  if (order.length > largestPairMap) shuffle(order, random);
  const tested = Array.from(order.subarray(0, largestPairMap), (pair) => pairs[pair]!);
  const rows = stacked(words, tested);
  const outcome = permutationTest(pairingTable(await algebra.multiply(rows, rows)), { permutations, random });
  return outcome && { ...outcome, q: outcome.p, pairs: tested.length };
}

/** Bases above targets, around their common mean: what all words share would cost digits. */
function stacked(words: Matrix, pairs: readonly RowPair[]): Matrix {
  const { columns } = words;
  const places = [...pairs.map(({ base }) => base), ...pairs.map(({ target }) => target)];
  const data = new Float64Array(places.length * columns);
  const mean = new Float64Array(columns);
  places.forEach((place, i) => {
    const at = i * columns;
    data.set(row(words, place), at);
    for (let j = 0; j < columns; j++) mean[j]! += data[at + j]! / places.length;
  });
  for (let at = 0; at < data.length; at++) data[at]! -= mean[at % columns]!;
  return matrix(places.length, columns, data);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
}
