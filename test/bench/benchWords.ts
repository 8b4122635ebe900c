import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Concept } from '../../src/concepts/concept';

/** English-looking words of one token each, spread over the whole vocabulary: scattered columns are the slowest to read. */
export function vocabularyWords(modelFolder: string, count: number): string[] {
  const json = JSON.parse(readFileSync(join(modelFolder, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Readonly<Record<string, number>> };
  };
  const words = Object.entries(json.model.vocab)
    .filter(([piece]) => /^▁[a-z]{5,}$/u.test(piece))
    .sort(([, a], [, b]) => a - b)
    .map(([piece]) => piece.slice(1));
  return Array.from({ length: count }, (_, i) => words[Math.floor((i * words.length) / count)]!);
}

/** The words split into several concepts, all in pairs: the vocabulary's first half → its second half. */
export function benchConcepts(words: readonly string[], concepts = 5): Concept[] {
  const half = words.length / 2;
  const pairs = words.slice(0, half).map((base, i) => ({ base, target: words[half + i]! }));
  return Array.from({ length: concepts }, (_, concept) => ({
    name: `concept ${concept + 1}`,
    pairs: pairs.filter((_pair, i) => i % concepts === concept),
  }));
}
