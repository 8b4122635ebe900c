import { inShownProduct } from '../../src/format/shownProduct';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { ComparedGeometry, ModelComparison } from '../../src/protocol/modelComparison';
import type { ProbeResult } from '../../src/protocol/probeResult';

/** One concept in two models. */
export interface ComparisonRow {
  readonly name: string;
  /** Pairs that each keeps; `null` where the second was not asked for the concept yet. */
  readonly kept: readonly [first: number, second: number | null];
  /** On the pairs that both keep. */
  readonly common: { readonly pairs: number; readonly geometry: ComparedGeometry } | undefined;
}

/** The first result's concepts with the comparison's of the same names. */
export function comparisonRows(
  first: ProbeResult,
  { second, common }: ModelComparison,
  product: InnerProduct,
): readonly ComparisonRow[] {
  return first.concepts.map(({ name, kept }) => {
    const other = second.concepts.find((concept) => concept.name === name);
    const shared = common.concepts.find((concept) => concept.name === name);
    return {
      name,
      kept: [kept, other?.kept ?? null],
      common: shared && { pairs: shared.pairs, geometry: inShownProduct(shared, product).value },
    };
  });
}

/** The concept whose mean leave-one-out cosine differs most. */
export function largestChange(rows: readonly ComparisonRow[]) {
  const changes = rows.flatMap(({ name, common }) => {
    if (!common) return [];
    const { first, second, difference, interval } = common.geometry.leaveOneOut;
    return first === null || second === null || difference === null
      ? []
      : [{ name, first, second, difference, interval }];
  });
  return changes.reduce<(typeof changes)[number] | undefined>(
    (most, change) => (most && Math.abs(most.difference) >= Math.abs(change.difference) ? most : change),
    undefined,
  );
}
