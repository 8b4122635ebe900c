import type { ConceptGeometry, InnerProduct } from '../../src/protocol/geometryResult';
import type { FromPanel } from '../../src/protocol/panelMessages';
import { fileNamePart } from '../../src/export/fileNamePart';
import type { ConceptResult, ProbeResult } from '../../src/protocol/probeResult';
import type { OrderedPairs } from './orderedPairs';
import type { Cell } from '../charts/picture';

/** The concept in detail, as each of its charts needs it. */
export interface ShownConcept {
  readonly concept: ConceptResult;
  /** Position in the result, for its colour. */
  readonly index: number;
  readonly geometry: ConceptGeometry;
  /** Of all concepts, whose charts have the same axes. */
  readonly all: readonly ConceptGeometry[];
  readonly productId: InnerProduct;
  /** The inner product's name. */
  readonly product: string;
  readonly ordered: OrderedPairs;
  readonly asked: ProbeResult;
}

/** Finds a row's pair in the text; `undefined` where there is no text to find it in. */
export function revealing(
  { concept, ordered }: ShownConcept,
  post: ((message: FromPanel) => void) | undefined,
  position: (cell: Cell) => number = ({ row }) => row,
): ((cell: Cell) => void) | undefined {
  return (
    post &&
    ((cell) => {
      const { base, target } = ordered.pairs[position(cell)]!;
      post({ type: 'revealPair', concept: concept.name, pair: { base, target } });
    })
  );
}

/** Name of the files of one of a concept's figures: `pairs.causal.01-male-female`. */
export function figureName(
  what: string,
  { concept, index, productId }: Pick<ShownConcept, 'concept' | 'index' | 'productId'>,
): string {
  return `${what}.${productId}.${String(index + 1).padStart(2, '0')}-${fileNamePart(concept.name)}`;
}
