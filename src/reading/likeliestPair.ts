import { logNormalizer, probabilityOf, type Steering } from '../geometry/steering';

/** A pair of single tokens. */
interface TokenPair {
  readonly concept: string;
  readonly baseId: number;
  readonly targetId: number;
}

/** How likely the words of a pair are to come next. */
export type LikelyPair<P> = P & { readonly baseProbability: number; readonly targetProbability: number };

/** Of a concept's pairs the one with the largest P(base) + P(target); `undefined` if no pair is of single tokens. */
export function likeliestPair<P extends TokenPair>(
  steering: Steering,
  pairs: readonly P[],
  concept: string,
): LikelyPair<P> | undefined {
  const normalizer = logNormalizer(steering, 0);
  let best: LikelyPair<P> | undefined;
  for (const pair of pairs) {
    if (pair.concept !== concept) continue;
    const baseProbability = probabilityOf(steering, 0, pair.baseId, normalizer);
    const targetProbability = probabilityOf(steering, 0, pair.targetId, normalizer);
    if (!best || baseProbability + targetProbability > best.baseProbability + best.targetProbability)
      best = { ...pair, baseProbability, targetProbability };
  }
  return best;
}
