import { bootstrapInterval, type BootstrapInterval } from '../../geometry/bootstrapInterval';
import { conceptDirection, cosinesWith, type DirectionChoice } from '../../geometry/conceptDirection';
import { conceptNumbers } from '../../geometry/conceptFormulas';
import { leaveOneOut } from '../../geometry/leaveOneOut';
import type { Matrix } from '../../geometry/matrix';
import { outliers } from '../../geometry/outliers';
import {
  blockwisePairwise,
  summarizeDifferences,
  type DifferencesSummary,
  meanOfDefined,
  pairwiseFromGram,
} from '../../geometry/parallelism';
import { randomSource } from '../../geometry/random';
import type { Algebra } from '../../model/algebra/algebra';
import {
  fewestForInterval,
  largestPairMap,
  type ConceptGeometry,
  type LeaveOneOut,
} from '../../protocol/geometryResult';
import { streamOf } from './streams';

/** What comparing a concept with others requires. */
export interface ConceptSummary {
  /** Number of kept pairs. */
  readonly pairs: number;
  readonly description: DifferencesSummary;
  /** At unit length, or zero. `[hidden]` */
  readonly direction: Float64Array;
}

/** Results of a concept's differences that need no random numbers. */
export interface MeasuredConcept {
  readonly geometry: Omit<ConceptGeometry, 'leaveOneOut' | 'random' | 'permutation'> & {
    readonly leaveOneOut: Omit<LeaveOneOut, 'interval'>;
  };
  /** Influence of each pair on the leave-one-out mean, for its interval. */
  readonly influences: Float64Array;
  readonly summary: ConceptSummary;
}

/** @param deltas in coordinates where the inner product is the dot product */
export async function measureConcept(
  deltas: Matrix,
  choice: DirectionChoice,
  algebra: Algebra,
): Promise<MeasuredConcept> {
  const description = summarizeDifferences(deltas);
  const direction = conceptDirection(deltas, choice, description.norms);
  const { cosines, projections, influences } = leaveOneOut(deltas, choice, description.norms);
  const gram = deltas.rows > largestPairMap ? null : await algebra.multiply(deltas, deltas);
  const pairsPerCell = Math.ceil(deltas.rows / largestPairMap);
  return {
    geometry: {
      ...conceptNumbers({ deltas, description, gram }),
      leaveOneOut: { mean: meanOfDefined(cosines), cosines, projections, outliers: outliers(cosines) },
      withDirection: cosinesWith(direction, deltas, description.norms),
      norms: description.norms,
      pairwise: gram ? pairwiseFromGram(gram) : blockwisePairwise(deltas, pairsPerCell),
      pairsPerCell,
    },
    influences,
    summary: { description, direction, pairs: deltas.rows },
  };
}

/**
 * Principal directions have no interval because they jump from resample to resample.
 *
 * @param key identifies the concept's pairs and selects their random numbers
 */
export function intervalOf(
  { geometry: { leaveOneOut }, influences }: MeasuredConcept,
  { direction, bootstrap }: { readonly direction: DirectionChoice; readonly bootstrap: number },
  key: string,
  seed: number,
): BootstrapInterval | null {
  const defined = leaveOneOut.cosines.filter((value) => !Number.isNaN(value)).length;
  if (direction === 'principal' || defined < fewestForInterval) return null;
  const random = randomSource(seed, streamOf('bootstrap', key));
  return bootstrapInterval(influences, { resamples: bootstrap, random });
}

export function hasDirection({ summary: { direction } }: MeasuredConcept): boolean {
  return direction.some((value) => value !== 0);
}
