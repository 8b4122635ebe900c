import { pairLabel, type CounterfactualPair } from '../concepts/concept';
import type { PairResult } from '../protocol/probeResult';

/** Letters of right-to-left scripts. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Separates the two sides of a name such as “male → female”. */
const arrows = /(\s*[→⇒⟶↦]\s*)/u;
/** Invisible marks that change the direction of the following text. */
const directionMarks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A name that can be inserted into any text. Right-to-left names are put in isolates, so that they do not change the order
 * of the words and numbers around them (Unicode's bidirectional algorithm, UAX #9, first strong isolate). The two sides of
 * an arrow are isolated separately, so that it points from the first to the second. Other names stay unchanged.
 */
export function isolated(name: string): string {
  const plain = name.replace(directionMarks, '');
  return plain
    .split(arrows)
    .map((side) => (rightToLeft.test(side) ? `\u2068${side}\u2069` : side))
    .join('');
}

/** "king → queen" in this order, whatever the direction of the words. */
export function isolatedPairLabel({ base, target }: CounterfactualPair): string {
  return pairLabel({ base: isolated(base), target: isolated(target) });
}

/** The pair with its words and tokens ready to display. */
export function isolatedPair(pair: PairResult): PairResult {
  const words = ({ base, target }: CounterfactualPair): CounterfactualPair => ({
    base: isolated(base),
    target: isolated(target),
  });
  return {
    ...pair,
    ...words(pair),
    ...(pair.instead && { instead: words(pair.instead) }),
    ...(pair.repeats && { repeats: words(pair.repeats) }),
    basePieces: pair.basePieces.map(isolated),
    targetPieces: pair.targetPieces.map(isolated),
  };
}
