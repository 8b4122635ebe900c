import type { ProbeResult } from '../../../src/protocol/probeResult';
import { keptPairs } from '../../../src/protocol/probeResult';
import { innerProducts, type InnerProduct } from '../../../src/protocol/geometryResult';
import type {
  NearestResult,
  TokenScore,
  VocabularyAxis,
  VocabularyResult,
} from '../../../src/protocol/vocabularyResult';
import { normal, randomNumbers } from './randomNumbers';

/**
 * A vocabulary of normal numbers in which the concepts' bases are low and their targets high. It has `tokens` and the words of
 * the concepts; rows between them do not count.
 */
export function sampleVocabulary(
  result: ProbeResult,
  x: string,
  y: string | null,
  { tokens = 32_000, product = 'causal' }: { tokens?: number; product?: InnerProduct } = {},
): VocabularyResult {
  const random = randomNumbers(17);
  const wordsOf = (name: string) => {
    const concept = result.concepts.find((candidate) => candidate.name === name)!;
    return keptPairs(concept).flatMap(({ base, target, baseIds, targetIds }) => [
      { id: baseIds[0]!, word: base, mean: -1.5 },
      { id: targetIds[0]!, word: target, mean: 2.5 },
    ]);
  };
  const words = [x, ...(y === null ? [] : [y])].flatMap(wordsOf);
  const ids = new Set(words.map(({ id }) => id));
  const rows = Math.max(tokens, ...Array.from(ids, (id) => id + 1));
  const counts = (id: number) => id < tokens || ids.has(id);
  const pieces = Array.from({ length: rows }, (_, id) => (counts(id) ? `▁t${id}` : `<row ${id}>`));
  for (const { id, word } of words) pieces[id] = `▁${word}`;
  const axis = (name: string): VocabularyAxis => {
    const scores = Float32Array.from({ length: rows }, (_, id) => (counts(id) ? normal(random) : NaN));
    for (const { id, mean } of wordsOf(name)) scores[id] = mean + 0.8 * normal(random);
    return withEnds({ concept: name, scores, top: [], bottom: [] }, pieces);
  };
  const first = axis(x);
  const second = y === null ? null : axis(y);
  const counted = pieces.filter((_, id) => counts(id)).length;
  return { product, x: first, y: second, correlation: second ? 0.034 : null, pieces, tokens: counted };
}

function withEnds(axis: VocabularyAxis, pieces: readonly string[]): VocabularyAxis {
  const order = Array.from(axis.scores.keys())
    .filter((id) => !Number.isNaN(axis.scores[id]!))
    .sort((a, b) => axis.scores[b]! - axis.scores[a]!);
  const token = (id: number): TokenScore => ({ id, piece: pieces[id]!, score: axis.scores[id]! });
  return {
    ...axis,
    top: order.slice(0, 20).map(token),
    bottom: order.slice(-20).reverse().map(token),
  };
}

/** Twenty tokens near to a word moved along a concept, two of them with “queen”. */
export function sampleNearest(concept: string, base: string): NearestResult {
  const random = randomNumbers(19);
  const pieces = [`▁${base}`, '▁queen', '|queen', ...Array.from({ length: 17 }, (_, i) => `▁t${i}`)];
  return {
    products: innerProducts,
    ...{ concept, base, count: 15 },
    tokens: pieces.map((piece, i) => ({
      id: 100 + ((i * 7) % 20),
      piece,
      cosines: [0.9 - 0.03 * i, 0.8 - 0.03 * i + 0.1 * random()],
    })),
  };
}
