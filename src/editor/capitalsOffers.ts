import { isSamePair } from '../concepts/concept';
import type { ProbeResult } from '../protocol/probeResult';
import type { ConceptReplacement } from './conceptReference';
import type { ConceptStore } from './stores/conceptStore';

/** Dropped pairs that have a word which is a single token with other capitals. */
export function capitalsOffers(
  store: ConceptStore,
  result: ProbeResult | null,
): readonly ConceptReplacement[] {
  return (result?.concepts ?? []).flatMap(({ name, pairs }) => {
    const known = store.concepts.find((concept) => concept.name === name)?.pairs ?? [];
    return pairs.flatMap(({ base, target, instead }) =>
      instead && known.some((pair) => isSamePair(pair, { base, target }))
        ? [{ concept: name, pair: { base, target }, instead }]
        : [],
    );
  });
}
