import { isSamePair, type CounterfactualPair } from '../../concepts/concept';
import { productName } from '../../format/numbers';
import { inShownProduct } from '../../format/shownProduct';
import type { ConceptGeometry } from '../../protocol/geometryResult';
import { keptPairs, type ConceptResult, type PairResult, type ProbeResult } from '../../protocol/probeResult';

/** What the newest result says of a concept, if it knows it. */
export function conceptResultOf(result: ProbeResult | null, concept: string): ConceptResult | undefined {
  return result?.concepts.find(({ name }) => name === concept);
}

/** What the newest result says of a pair; `position` first, because a concept may hold a pair twice. */
export function pairResultOf(
  concept: ConceptResult | undefined,
  pair: CounterfactualPair,
  position: number,
): PairResult | undefined {
  const candidate = concept?.pairs[position];
  if (candidate && isSamePair(candidate, pair)) return candidate;
  return concept?.pairs.find((other) => isSamePair(other, pair));
}

/** A concept in the inner product that the editor shows, and the panel at first, with the product's name. */
export function shownGeometry(concept: ConceptResult): {
  readonly geometry: ConceptGeometry;
  readonly product: string;
} {
  const { product, value } = inShownProduct(concept);
  return { geometry: value, product: productName(product) };
}

/** Leave-one-out cosine of a pair of the concept in that product, as the panel shows it; `null` where it has none. */
export function shownCosine(concept: ConceptResult, pair: PairResult): number | null {
  const position = keptPairs(concept).indexOf(pair);
  const cosine = shownGeometry(concept).geometry.leaveOneOut.cosines[position];
  return cosine === undefined || Number.isNaN(cosine) ? null : cosine;
}
