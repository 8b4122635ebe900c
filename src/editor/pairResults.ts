import { isSamePair, type CounterfactualPair } from '../concepts/concept';
import type { ConceptResult, PairResult, ProbeResult } from '../protocol/probeResult';

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
