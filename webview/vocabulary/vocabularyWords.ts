import { chosenIds } from '../../src/concepts/tokenRule';
import { keptPairs, type ProbeResult } from '../../src/protocol/probeResult';
import type { VocabularyResult } from '../../src/protocol/vocabularyResult';

/** A token of the vocabulary that stands for a word of a concept. */
export interface VocabularyWord {
  readonly id: number;
  readonly piece: string;
  readonly side: 'base' | 'target';
  /** Position of the concept, for its colour. */
  readonly concept: number;
}

/** The words of the concepts on the axes: what the reader looks for among all tokens. */
export function wordsOf(result: ProbeResult, { x, y, pieces }: VocabularyResult): readonly VocabularyWord[] {
  const words = new Map<string, VocabularyWord>();
  for (const name of y ? [x.concept, y.concept] : [x.concept]) {
    const concept = result.concepts.findIndex((candidate) => candidate.name === name);
    const found = result.concepts[concept];
    if (!found) continue;
    const add = (ids: readonly number[], side: VocabularyWord['side']) => {
      for (const id of chosenIds(ids, result.tokens.policy)) {
        const piece = pieces[id];
        // The first concept that has a word gives it its colour.
        const key = `${side} ${id}`;
        if (piece !== undefined && !words.has(key)) words.set(key, { id, piece, side, concept });
      }
    };
    for (const { baseIds, targetIds } of keptPairs(found)) {
      add(baseIds, 'base');
      add(targetIds, 'target');
    }
  }
  return [...words.values()];
}
