import type { ListedPair, ListSection } from './listedConcept';
import { wordProblem } from './words';

/** Words under one name, as the tests of word associations (WEAT) list them. */
export interface WordSet {
  readonly name: string;
  readonly words: readonly string[];
}

/** Two sets that belong together: targets or attributes. */
export type SetPair = readonly [WordSet, WordSet];

/** What comes out of two sets whose words stand in the same order. */
export interface PairedSets {
  readonly sections: readonly ListSection[];
  readonly notes: readonly string[];
  /** Why a pair of sets is left out, a sentence each without its full stop. */
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
      skipped.push(`${name} are sets of ${a.words.length} and ${b.words.length} words, which make no pairs`);
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
      : [`word sets (${named}), paired in their order; see that the two words of a pair differ in that only`];
  return { sections, notes, skipped };
}

/** The two sets of targets and the two of attributes, by the keys that WEAT's files give them. */
export const weatKeys = [
  ['targ1', 'targ2'],
  ['attr1', 'attr2'],
] as const;

/** The same in keys that name the set elsewhere in the object. */
export const weatReferences = [
  ['X_key', 'Y_key'],
  ['A_key', 'B_key'],
] as const;
