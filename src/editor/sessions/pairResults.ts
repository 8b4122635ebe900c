import { isSamePair, type Concept, type CounterfactualPair } from '../../concepts/concept';
import { productName } from '../../format/numbers';
import { inShownProduct } from '../../format/shownProduct';
import type { ConceptGeometry } from '../../protocol/geometryResult';
import { keptPairs, type ConceptResult, type PairResult, type ProbeResult } from '../../protocol/probeResult';

/** The concept in the newest result, if it is there. */
export function conceptResultOf(result: ProbeResult | null, concept: string): ConceptResult | undefined {
  return result?.concepts.find(({ name }) => name === concept);
}

/** The pair in the newest result. `position` is tried first, because a concept may have a pair twice. */
export function pairResultOf(
  concept: ConceptResult | undefined,
  pair: CounterfactualPair,
  position: number,
): PairResult | undefined {
  const candidate = concept?.pairs[position];
  if (candidate && isSamePair(candidate, pair)) return candidate;
  return concept?.pairs.find((other) => isSamePair(other, pair));
}

/** Whether a pair counts, as far as is known: one that is not computed yet does, unless it is left out. */
export function isCounted(result: ProbeResult | null, { name, pairs }: Concept, position: number): boolean {
  const pair = pairs[position]!;
  if (pair.leftOut) return false;
  const status = pairResultOf(conceptResultOf(result, name), pair, position)?.status;
  // It was left out when the result was computed, and is no longer.
  return status === undefined || status === 'kept' || status === 'left-out';
}

/** A concept in the inner product that the editor shows, and the panel at first, with the product's name. */
export function shownGeometry(concept: ConceptResult): {
  readonly geometry: ConceptGeometry;
  readonly product: string;
} {
  const { product, value } = inShownProduct(concept);
  return { geometry: value, product: productName(product) };
}

/** The pair's leave-one-out cosine in that product, the same number as in the panel; `null` if it has none. */
export function shownCosine(concept: ConceptResult, pair: PairResult): number | null {
  const position = keptPairs(concept).indexOf(pair);
  const cosine = shownGeometry(concept).geometry.leaveOneOut.cosines[position];
  return cosine === undefined || Number.isNaN(cosine) ? null : cosine;
}
