import type { ConceptGeometry } from '../../src/protocol/geometryResult';
import { formatCount } from '../../src/format/numbers';
import { isolatedPairLabel } from '../../src/format/isolated';
import { keptPairs, type ConceptResult, type PairResult } from '../../src/protocol/probeResult';
import { clustered, descending, fileOrder } from './order';
import type { PairOrder } from '../state/uiState';

/** The kept pairs of a concept in the order in which all its charts show them. */
export interface OrderedPairs {
  readonly pairs: readonly PairResult[];
  readonly labels: readonly string[];
  /** Positions among the kept pairs. */
  readonly order: readonly number[];
  /** Per kept pair values in this order. */
  readonly sorted: (values: Float64Array) => Float64Array;
}

/** If a cell of the map represents a block of pairs, pairs keep the file’s order: sorted blocks would be misleading. */
export function orderedPairs(
  concept: ConceptResult,
  geometry: ConceptGeometry,
  wanted: PairOrder,
): OrderedPairs {
  const kept = keptPairs(concept);
  const order = canSort(geometry) ? orderOf(geometry, wanted, kept.length) : fileOrder(kept.length);
  const pairs = order.map((position) => kept[position]!);
  return {
    pairs,
    labels: pairs.map(isolatedPairLabel),
    order,
    sorted: (values) => Float64Array.from(order, (position) => values[position]!),
  };
}

export function canSort({ pairsPerCell }: ConceptGeometry): boolean {
  return pairsPerCell === 1;
}

function orderOf(
  { leaveOneOut, pairwise }: ConceptGeometry,
  wanted: PairOrder,
  count: number,
): readonly number[] {
  switch (wanted) {
    case 'file':
      return fileOrder(count);
    case 'leave-one-out':
      return descending(leaveOneOut.cosines);
    case 'clustered':
      return clustered(pairwise);
  }
}

/** "21–40" for the block of pairs in a row of the map. */
export function blockLabel(row: number, pairsPerCell: number, kept: number): string {
  const first = row * pairsPerCell + 1;
  const last = Math.min(kept, first + pairsPerCell - 1);
  return first === last ? formatCount(first) : `${formatCount(first)}–${formatCount(last)}`;
}
