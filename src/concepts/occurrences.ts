import { pairKey, type Concept } from './concept';

/** An occurrence of a pair's word in a text. Offsets in UTF-16 units. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly ends: readonly PairEnd[];
}

export interface PairEnd {
  readonly concept: number;
  readonly pair: number;
  readonly role: 'base' | 'target';
}

const run = /[\p{L}\p{M}\p{N}]+/gu;
/** Letters joined by apostrophes and hyphens: mother-in-law, don't. */
const compound = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;

/**
 * The occurrences of pairs' words in a text, in order: whole words, case-sensitive, and only of pairs whose two words both
 * occur. Of equal pairs in a concept, only the first counts. Takes linear time in the text for plain words.
 */
export function findOccurrences(text: string, concepts: readonly Concept[]): Occurrence[] {
  const endsByWord = groupEnds(concepts);
  const places = [...placesOfWords(text, endsByWord)];
  const present = new Set(places.map((place) => place.word));
  const bothStand = ({ concept, pair }: PairEnd): boolean => {
    const { base, target } = concepts[concept]!.pairs[pair]!;
    return present.has(base) && present.has(target);
  };
  const standing = new Map([...present].map((word) => [word, endsByWord.get(word)!.filter(bothStand)]));
  return places
    .map(({ word, start }) => ({ start, end: start + word.length, ends: standing.get(word)! }))
    .filter(({ ends }) => ends.length > 0)
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

function groupEnds(concepts: readonly Concept[]): Map<string, PairEnd[]> {
  const ends = new Map<string, PairEnd[]>();
  const add = (word: string, end: PairEnd): void => {
    const known = ends.get(word);
    if (known) known.push(end);
    else ends.set(word, [end]);
  };
  concepts.forEach(({ pairs }, concept) => {
    const known = new Set<string>();
    pairs.forEach(({ base, target }, pair) => {
      if (known.size === known.add(pairKey({ base, target })).size) return;
      add(base, { concept, pair, role: 'base' });
      add(target, { concept, pair, role: 'target' });
    });
  });
  return ends;
}

function* placesOfWords(
  text: string,
  words: ReadonlyMap<string, unknown>,
): Generator<{ word: string; start: number }> {
  for (const { 0: whole, index } of text.matchAll(compound)) {
    if (words.has(whole)) yield { word: whole, start: index };
    for (const part of whole.matchAll(run)) {
      if (part[0] !== whole && words.has(part[0])) yield { word: part[0], start: index + part.index };
    }
  }
  for (const word of words.keys()) {
    if (word.match(compound)?.[0] !== word) yield* placesOfMarks(text, word);
  }
}

/** Words with other marks (C++, A/B) are rare, and searched one by one. */
function* placesOfMarks(text: string, word: string): Generator<{ word: string; start: number }> {
  const touches = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{M}\p{N}]/u.test(character);
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) {
    const end = start + word.length;
    const startsInside = touches(text[start - 1]) && touches(word[0]);
    const endsInside = touches(text[end]) && touches(word.at(-1));
    if (!startsInside && !endsInside) yield { word, start };
  }
}
