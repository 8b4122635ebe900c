import { matrix } from '../../../src/geometry/matrix';
import type { ContrastPair, SteerResult } from '../../../src/protocol/contextResult';
import type { InnerProduct } from '../../../src/protocol/geometryResult';
import { keptPairs, type ProbeResult } from '../../../src/protocol/probeResult';
import type { ContinuationState, SteeredContext } from '../../../src/protocol/steeringMessages';
import { normal, randomNumbers } from './randomNumbers';

interface Options {
  readonly tokens?: number;
  readonly product?: InnerProduct;
  readonly result?: Partial<SteerResult>;
}

/** A context with made-up logits, in which the concept's step raises its targets and lowers its bases. */
export function sampleSteering(
  { concepts }: ProbeResult,
  concept: string,
  { tokens = 32_000, product = 'causal', result = {} }: Options = {},
): SteeredContext {
  const random = randomNumbers(23);
  const logits = Float32Array.from({ length: tokens }, () => 2 * normal(random) - 4);
  const shift = Float32Array.from({ length: tokens }, () => 2 * normal(random));
  const pieces = Array.from({ length: tokens }, (_, id) => `▁t${id}`);
  const pairs = concepts.flatMap((one) =>
    keptPairs(one).map(({ base, target, baseIds, targetIds }): ContrastPair => {
      const [baseId, targetId] = [baseIds[0]! % tokens, targetIds[0]! % tokens];
      pieces[baseId] = `▁${base}`;
      pieces[targetId] = `▁${target}`;
      if (one.name === concept) {
        logits[baseId] = 5 + normal(random);
        logits[targetId] = 3 + normal(random);
        shift[baseId] = -6 + normal(random);
        shift[targetId] = 6 + normal(random);
      }
      return { concept: one.name, base, target, baseId, targetId };
    }),
  );
  const names = [...new Set(pairs.map((pair) => pair.concept))];
  const moves = names.flatMap((name) =>
    pairs.map(({ concept: of, baseId, targetId }) => {
      if (name === concept) return shift[targetId]! - shift[baseId]!;
      return (of === name ? 9 : 0) + 3 * normal(random);
    }),
  );
  return {
    ending: 'Once upon a time there was a little',
    hasMore: true,
    isCut: false,
    result: {
      ...{ product, concept, tokens: 132, windowed: false, logits, shift, pieces, pairs, concepts: names },
      // The last rows have no token.
      ids: Int32Array.from({ length: tokens - 3 }, (_, id) => id),
      moves: matrix(names.length, pairs.length, Float64Array.from(moves)),
      ...{ hiddenNorm: 21.5, stepNorm: 33.25, skipped: [] },
      ...result,
    },
  };
}

/** What was written for three α. */
export function sampleContinuation(
  concept: string,
  change: Partial<ContinuationState> = {},
): ContinuationState {
  const texts = [
    ' boy named Tom. He had a red ball and he liked to play with it.',
    ' boy named Tom. She had a red doll and she liked to play with it.',
    ' girl named Mia. She had a red doll\nand she liked to sing.',
  ];
  const continuations = [0, 0.1, 0.2].map((alpha, i) => ({ alpha, ids: [7, 8], text: texts[i]! }));
  return {
    written: {
      choice: { alphas: [0, 0.1, 0.2], count: 16, temperature: 0, seed: 0 },
      result: { product: 'causal', concept, continuations },
    },
    ...{ progress: null, problem: null, isOutdated: false },
    ...change,
  };
}
