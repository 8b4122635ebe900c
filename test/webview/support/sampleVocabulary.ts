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

/** A vocabulary of normal numbers in which the concepts' bases are low and their targets high. */
export function sampleVocabulary(
  result: ProbeResult,
  x: string,
  y: string | null,
  { tokens = 32_000, product = 'causal' }: { tokens?: number; product?: InnerProduct } = {},
): VocabularyResult {
  const pieces = Array.from({ length: tokens }, (_, id) => `▁t${id}`);
  const random = randomNumbers(17);
  const axis = (name: string): VocabularyAxis => {
    const scores = Float32Array.from({ length: tokens }, () => normal(random));
    const concept = result.concepts.find((candidate) => candidate.name === name)!;
    for (const { base, target, baseIds, targetIds } of keptPairs(concept)) {
      pieces[baseIds[0]!] = `▁${base}`;
      pieces[targetIds[0]!] = `▁${target}`;
      scores[baseIds[0]!] = -1.5 + 0.8 * normal(random);
      scores[targetIds[0]!] = 2.5 + 0.8 * normal(random);
    }
    return { concept: name, scores, top: [], bottom: [] };
  };
  const axes = [axis(x), ...(y === null ? [] : [axis(y)])];
  const [first, second] = axes.map((one) => withEnds(one, pieces));
  return { product, x: first!, y: second ?? null, correlation: second ? 0.034 : null, pieces, tokens };
}

function withEnds(axis: VocabularyAxis, pieces: readonly string[]): VocabularyAxis {
  const order = Array.from(axis.scores.keys()).sort((a, b) => axis.scores[b]! - axis.scores[a]!);
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
