import { pairLabel } from '../src/concepts/concept';
import type { Matrix } from '../src/geometry/matrix';
import { keptPairs, type ConceptResult, type PairResult } from '../src/protocol/probeResult';
import { descending, reordered } from './pairOrder';

/** The kept pairs of a concept with their values, in the order in which both charts show them. */
export interface OrderedPairs {
  readonly pairs: readonly PairResult[];
  readonly labels: readonly string[];
  readonly leaveOneOut: Float64Array;
  readonly pairwise: Matrix | null;
}

export function orderedPairs(concept: ConceptResult, isSorted: boolean): OrderedPairs {
  const pairs = keptPairs(concept);
  const { leaveOneOut, pairwise } = concept.euclidean;
  const { cosines } = leaveOneOut;
  if (!isSorted) return { pairs, labels: pairs.map(pairLabel), leaveOneOut: cosines, pairwise };
  const order = descending(cosines);
  const sorted = order.map((position) => pairs[position]!);
  return {
    pairs: sorted,
    labels: sorted.map(pairLabel),
    leaveOneOut: Float64Array.from(order, (position) => cosines[position]!),
    pairwise: pairwise && reordered(pairwise, order),
  };
}
