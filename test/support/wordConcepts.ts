import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Concept } from '../../src/concepts/concept';
import { inRoot } from './places';

/* Concepts of the built-in model's single-token words, in realistic numbers: 27 or 40. */

const folder = inRoot('dist', 'models', 'stories15M');

/** Names that are hard to draw and transmit: right-to-left, CJK, emoji of several code points, and a very long one. */
export const difficultNames: readonly string[] = [
  'זכר ← נקבה',
  'مفرد ← جمع',
  '単数 → 複数',
  '단수 → 복수',
  '👩🏽‍🚀 → 🧑‍🧑‍🧒‍🧒',
  '🇫🇷 → 🇩🇪 “quoted” <b>&amp;</b> \\ /',
  `${'a very long name of a concept that nobody abbreviated '.repeat(4)}→ its end`,
];

const suffixes =
  's e t ed d ing er n r es l a o ly y al ion en m g ation h i le k or p ent te in ers ate c on it ce et ic ment';

/**
 * @param count number of concepts, at most 40
 * @param largest number of pairs of the first concept: a word → the same word capitalized
 */
export function wordConcepts(count: number, largest = 330): Concept[] {
  const words = vocabulary();
  const known = new Set(words);
  const capitals = pairsOf(words, known, (word) => word[0]!.toUpperCase() + word.slice(1));
  const endings = suffixes.split(' ').slice(0, count - 1);
  const used = new Set<string>();
  return [
    { name: 'lower → Capital', pairs: capitals.slice(0, largest) },
    ...endings.map((ending, index) => {
      const pairs = pairsOf(words, known, (word) => word + ending);
      // Some concepts share words, as in real lists, but most do not.
      const fresh = pairs.filter(({ base, target }) => !used.has(base) && !used.has(target));
      // Different sizes, so that everything that depends on two concepts' sizes is different for every pair.
      const chosen = [...fresh, ...pairs.filter((pair) => !fresh.includes(pair))].slice(0, 8 + index);
      for (const { base, target } of chosen) used.add(base).add(target);
      return { name: difficultNames[index] ?? `word → word + ${ending}`, pairs: chosen };
    }),
  ];
}

function pairsOf(words: readonly string[], known: ReadonlySet<string>, turned: (word: string) => string) {
  return words.map((base) => ({ base, target: turned(base) })).filter(({ target }) => known.has(target));
}

function vocabulary(): string[] {
  const { model } = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Readonly<Record<string, number>> };
  };
  return Object.keys(model.vocab)
    .map((piece) => /^▁([A-Za-z]{3,})$/u.exec(piece)?.[1])
    .filter((word): word is string => word !== undefined && /^[a-z]|^[A-Z][a-z]+$/u.test(word));
}
