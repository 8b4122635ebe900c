import type { ClusterTree } from '../../src/geometry/clusterTree';
import type { ConceptGeometry } from '../../src/protocol/geometryResult';
import { pairLabel } from '../../src/concepts/concept';
import { formatCount } from '../../src/format/numbers';
import { isolatedPairLabel } from '../../src/format/isolated';
import { keptPairs, type ConceptResult, type PairResult } from '../../src/protocol/probeResult';
import { memoize, memoizeBy } from '../charts/memoize';
import { orderOf, type OrderedRows } from './order';
import type { PairOrder } from '../state/uiState';

/** The kept pairs of a concept in the order in which all its charts show them. */
export interface OrderedPairs {
  readonly pairs: readonly PairResult[];
  readonly labels: readonly string[];
  /** Positions among the kept pairs. */
  readonly order: readonly number[];
  /** Of the clustered order. */
  readonly tree: ClusterTree | null;
  /** Per kept pair values in this order. */
  readonly sorted: (values: Float64Array) => Float64Array;
}

/** If a cell of the map represents a block of pairs, pairs keep the file’s order: sorted blocks would be misleading. */
export function orderedPairs(
  concept: ConceptResult,
  geometry: ConceptGeometry,
  wanted: PairOrder,
): OrderedPairs {
  return ordersOf(geometry)(concept, canSort(geometry) ? wanted : 'file');
}

const ordersOf = memoize((geometry: ConceptGeometry) => {
  const rowsOf = memoize((concept: ConceptResult): OrderedRows => ({
    names: keptPairs(concept).map(pairLabel),
    sizes: geometry.norms,
    values: geometry.leaveOneOut.cosines,
    similarity: geometry.pairwise,
  }));
  return memoizeBy((concept: ConceptResult, wanted: PairOrder): OrderedPairs => {
    const kept = keptPairs(concept);
    const { order, tree } = orderOf(rowsOf(concept), wanted);
    const pairs = order.map((position) => kept[position]!);
    return {
      pairs,
      labels: pairs.map(isolatedPairLabel),
      order,
      tree,
      sorted: (values) => Float64Array.from(order, (position) => values[position]!),
    };
  });
});

export function canSort({ pairsPerCell }: ConceptGeometry): boolean {
  return pairsPerCell === 1;
}

/** "21–40" for the block of pairs in a row of the map. */
export function blockLabel(row: number, pairsPerCell: number, kept: number): string {
  const first = row * pairsPerCell + 1;
  const last = Math.min(kept, first + pairsPerCell - 1);
  return first === last ? formatCount(first) : `${formatCount(first)}–${formatCount(last)}`;
}
