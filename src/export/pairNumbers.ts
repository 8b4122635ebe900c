import type { ConceptGeometry } from '../protocol/geometryResult';
import type { ConceptResult, PairResult } from '../protocol/probeResult';

/** A pair of a concept. */
export interface PositionedPair {
  readonly pair: PairResult;
  /** Position among the kept pairs, which the concept's arrays follow; `null` for a dropped pair. */
  readonly position: number | null;
}

export function positionedPairs({ pairs }: Pick<ConceptResult, 'pairs'>): PositionedPair[] {
  let next = 0;
  return pairs.map((pair) => ({ pair, position: pair.status === 'kept' ? next++ : null }));
}

/**
 * cos(difference, direction of all pairs) in the inner product of the geometry; `null` for a dropped pair, for a zero
 * difference and for a single kept pair, which is its own direction.
 */
export function cosineWithDirection(
  { withDirection }: ConceptGeometry,
  position: number | null,
): number | null {
  if (position === null || withDirection.length < 2) return null;
  const cosine = withDirection[position]!;
  return Number.isNaN(cosine) ? null : cosine;
}
