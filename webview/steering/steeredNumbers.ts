import { pairLabel } from '../../src/concepts/concept';
import { logNormalizer, logOdds, probabilityOf, rankOf, topTokens } from '../../src/geometry/steering';
import type { ContrastPair, SteerResult } from '../../src/protocol/contextResult';
import { memoize, memoizeBy } from '../charts/memoize';
import type { SteeringUi } from './steeringUi';

/** A likely next token after the step. */
export interface SteeredToken {
  readonly id: number;
  readonly piece: string;
  readonly probability: number;
  /** At α = 0, where 1 is the likeliest. */
  readonly rankBefore: number;
}

/** A pair's numbers after the step. */
export interface SteeredPair {
  readonly base: number;
  readonly target: number;
  readonly logOdds: number;
}

const shownTokens = 10;

/** The likeliest next tokens after λ + αv. */
export function steeredTokens(result: SteerResult, alpha: number): readonly SteeredToken[] {
  return topTokens(result, alpha, shownTokens).map(({ id, probability }) => ({
    id,
    piece: result.pieces[id]!,
    probability,
    rankBefore: rankBefore(result, id),
  }));
}

const rankBefore = memoizeBy((result: SteerResult, id: number) => rankOf(result, 0, id));

/** P(base), P(target) and their log-odds after λ + αv. */
export function steeredPair(result: SteerResult, alpha: number): (pair: ContrastPair) => SteeredPair {
  const normalizer = alpha === 0 ? normalizerBefore(result) : logNormalizer(result, alpha);
  return ({ baseId, targetId }) => ({
    base: probabilityOf(result, alpha, baseId, normalizer),
    target: probabilityOf(result, alpha, targetId, normalizer),
    logOdds: logOdds(result, alpha, { base: baseId, target: targetId }),
  });
}

const normalizerBefore = memoize((result: SteerResult) => logNormalizer(result, 0));

/** The pairs of a concept. */
export const pairsOf = memoizeBy((result: SteerResult, concept: string): readonly ContrastPair[] =>
  result.pairs.filter((pair) => pair.concept === concept),
);

/** The pairs that the reader looks at: one of the steered concept, and one of another. */
export function chosenPairs(result: SteerResult, ui: SteeringUi) {
  const own = pairsOf(result, result.concept);
  const others = othersOf(result);
  const otherConcept = others.find((name) => name === ui.otherConcept) ?? others[0];
  const other = otherConcept === undefined ? [] : pairsOf(result, otherConcept);
  return {
    own,
    others,
    other,
    pair: own.find((pair) => pairLabel(pair) === ui.pair) ?? own[0],
    otherPair: other.find((pair) => pairLabel(pair) === ui.otherPair) ?? other[0],
  };
}

/** Concepts besides the steered one that have a pair to measure. */
const othersOf = memoize(({ concepts, concept, pairs }: SteerResult): readonly string[] => {
  const measured = new Set(pairs.map((pair) => pair.concept));
  return concepts.filter((name) => name !== concept && measured.has(name));
});

/** What α·v of every concept adds to a pair's log-odds. */
export function movesOf({ moves, pairs }: SteerResult, pair: ContrastPair, alpha: number): Float64Array {
  const column = pairs.indexOf(pair);
  return Float64Array.from(
    { length: moves.rows },
    (_, concept) => alpha * moves.data[concept * moves.columns + column]!,
  );
}
