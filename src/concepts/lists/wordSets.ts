import { t } from '@vscode/l10n';
import type { ListedPair, ListSection } from './listedConcept';
import { wordProblem } from './words';

/** A named set of words, as in word embedding association tests (WEAT). */
export interface WordSet {
  readonly name: string;
  readonly words: readonly string[];
}

/** Two corresponding sets: targets or attributes. */
export type SetPair = readonly [WordSet, WordSet];

/** The result of pairing sets whose words are in the same order. */
export interface PairedSets {
  readonly sections: readonly ListSection[];
  readonly notes: readonly string[];
  /** Why pairs of sets were skipped, one sentence each without its full stop. */
  readonly skipped: readonly string[];
}

/** The first word of one set with the first of the other, and so on; sets of unequal size have no such order. */
export function pairSets(pairsOfSets: readonly SetPair[]): PairedSets {
  const sections: ListSection[] = [];
  const skipped: string[] = [];
  for (const [a, b] of pairsOfSets) {
    const name = `${a.name} → ${b.name}`;
    const problem = [...a.words, ...b.words].map(wordProblem).find((reason) => reason !== undefined);
    if (a.words.length !== b.words.length || a.words.length === 0)
      skipped.push(
        t`${name} are sets of ${a.words.length} and ${b.words.length} words, which cannot be paired`,
      );
    else if (problem !== undefined) skipped.push(`${name}: ${problem}`);
    else
      sections.push({
        name,
        pairs: a.words.map((base, i): ListedPair => ({ base, answers: [b.words[i]!] })),
      });
  }
  const named = sections.map(({ name }) => name).join(', ');
  const notes =
    sections.length === 0
      ? []
      : [
          t`word sets (${named}), paired in their order; check that the two words of each pair differ only in the concept`,
        ];
  return { sections, notes, skipped };
}

/** The keys of the two target sets and the two attribute sets in WEAT files. */
export const weatKeys = [
  ['targ1', 'targ2'],
  ['attr1', 'attr2'],
] as const;

/** The keys that refer to sets elsewhere in the object. */
export const weatReferences = [
  ['X_key', 'Y_key'],
  ['A_key', 'B_key'],
] as const;
