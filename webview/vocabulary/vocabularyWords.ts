import { t } from '@vscode/l10n';
import { chosenIds } from '../../src/concepts/tokenRule';
import { keptPairs, type ProbeResult } from '../../src/protocol/probeResult';
import type { VocabularyResult } from '../../src/protocol/vocabularyResult';

/** The token of a concept's word. */
export interface VocabularyWord {
  readonly id: number;
  readonly piece: string;
  readonly side: 'base' | 'target' | 'found';
  /** Index of the concept, for its colour. */
  readonly concept: number;
}

/** What a word is called in brackets after it. */
export const sideNames: Readonly<Record<VocabularyWord['side'], string>> = {
  base: t('base'),
  target: t('target'),
  found: t('found'),
};

/** The words of the concepts on the axes, to be marked among all tokens. */
export function wordsOf(result: ProbeResult, { x, y, pieces }: VocabularyResult): readonly VocabularyWord[] {
  const words = new Map<string, VocabularyWord>();
  for (const name of y ? [x.concept, y.concept] : [x.concept]) {
    const concept = result.concepts.findIndex((candidate) => candidate.name === name);
    const found = result.concepts[concept];
    if (!found) continue;
    const add = (ids: readonly number[], side: VocabularyWord['side']) => {
      for (const id of chosenIds(ids, result.tokens.policy)) {
        const piece = pieces[id];
        // A word has the colour of the first concept that contains it.
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

/** At most so many tokens are marked: more labels would not fit. */
export const mostFound = 30;

/** Tokens that contain a text, ignoring case: the word itself first, then the shortest. */
export function foundTokens({ x, pieces }: VocabularyResult, search: string): readonly VocabularyWord[] {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  const word = (piece: string) => piece.replace(/^[▁Ġ]/u, '').toLocaleLowerCase();
  return pieces
    .flatMap((piece, id) =>
      word(piece).includes(wanted) && !Number.isNaN(x.scores[id]!)
        ? [{ id, piece, side: 'found' as const, concept: 0 }]
        : [],
    )
    .sort(
      (a, b) =>
        Number(word(b.piece) === wanted) - Number(word(a.piece) === wanted) ||
        a.piece.length - b.piece.length ||
        a.id - b.id,
    );
}
