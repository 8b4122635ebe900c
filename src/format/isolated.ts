import { pairLabel, type CounterfactualPair } from '../concepts/concept';
import type { PairResult } from '../protocol/probeResult';

/** Letters of the scripts that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Joins the two sides of a name such as “male → female”. */
const arrows = /(\s*[→⇒⟶↦]\s*)/u;
/** Invisible marks that change the direction of all that follows. */
const directionMarks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A name as it can be put into any text: in isolates if it is written from right to left, so that it leaves the order of
 * the words and numbers around it alone (Unicode's bidirectional algorithm, UAX #9, first strong isolate). The sides of an
 * arrow are isolated each, so that it points from the first to the second. Other names stay as they are.
 */
export function isolated(name: string): string {
  const plain = name.replace(directionMarks, '');
  return plain
    .split(arrows)
    .map((side) => (rightToLeft.test(side) ? `\u2068${side}\u2069` : side))
    .join('');
}

/** "king → queen" in this order, whichever way the words are written. */
export function isolatedPairLabel({ base, target }: CounterfactualPair): string {
  return pairLabel({ base: isolated(base), target: isolated(target) });
}

/** The pair with words and pieces for showing. */
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
