import { t } from '@vscode/l10n';
import { isSamePair, pairLabel, swappedPair, type CounterfactualPair } from '../concepts/concept';
import type { TokenRule } from '../concepts/tokenRule';
import { directionChoices, type DirectionChoice } from '../geometry/conceptDirection';
import type { Matrix } from '../geometry/matrix';
import {
  innerProducts,
  type ConceptGeometry,
  type CovarianceSummary,
  type DirectionGeometry,
  type InnerProduct,
} from './geometryResult';
import type { ModelSummary } from './modelSummary';

/**
 * Why a pair counts or not: the token rule keeps it, a word is several tokens where only single tokens count, both words
 * have the same tokens, the vectors of both words are equal up to rounding, the tokenizer does not know a word, or an
 * earlier pair of the concept has the same tokens, in this order or swapped. Such a repetition adds no information, and
 * leave-one-out would leave one copy in the direction when it removes the other. A pair that the concept file leaves out is
 * only listed: no number is different from what it would be without the pair.
 */
export type PairStatus =
  | 'kept'
  | 'left-out'
  | 'several-tokens'
  | 'same-token'
  | 'no-difference'
  | 'unknown'
  | 'duplicate'
  | 'swapped';

export interface PairResult extends CounterfactualPair {
  readonly baseIds: readonly number[];
  readonly targetIds: readonly number[];
  /** The vocabulary's spelling of each id, such as `▁king`. */
  readonly basePieces: readonly string[];
  readonly targetPieces: readonly string[];
  readonly status: PairStatus;
  /** The earlier pair that a duplicate or swapped pair repeats. */
  readonly repeats?: CounterfactualPair;
  /** The pair with other capitalization, if that makes a word of several tokens a single token: paris, Paris. */
  readonly instead?: CounterfactualPair;
}

export interface ConceptResult {
  readonly name: string;
  /** The author's remark in the concept file. */
  readonly note?: string;
  /** Number of pairs that are not left out. */
  readonly given: number;
  readonly kept: number;
  readonly pairs: readonly PairResult[];
  readonly euclidean: ConceptGeometry;
  /** `null` unless the causal inner product was requested. */
  readonly causal: ConceptGeometry | null;
}

export { directionChoices, type DirectionChoice };

/** Limit for random pairs, permutations and resamples: more takes hours and adds no information. */
export const mostDraws = 10_000_000;

/** Everything that one probe of a concept list finds in a model, with everything needed to repeat it. */
export interface ProbeResult {
  readonly version: string;
  readonly seed: number;
  readonly tokens: TokenRule;
  readonly model: ModelSummary;
  readonly concepts: readonly ConceptResult[];
  readonly settings: ProbeSettings;
  /** `null` without the causal inner product. */
  readonly covariance: CovarianceSummary | null;
  /** Why the requested causal inner product is missing: one sentence. */
  readonly causalProblem: string | null;
  readonly directions: {
    readonly euclidean: DirectionGeometry;
    readonly causal: DirectionGeometry | null;
    /**
     * The Euclidean directions after a random linear map, which preserves their cosines up to noise (the random control of
     * Park et al. 2311.03658).
     */
    readonly control: Matrix;
  };
  /**
   * Set if the result was reported before the statistics: those of changed concepts are still missing, and so is every q.
   */
  readonly isEarly?: true;
}

/** What a probe computes in addition to cosines, and how. */
export interface ProbeSettings {
  readonly products: readonly InnerProduct[];
  readonly direction: DirectionChoice;
  /** Random token pairs to compare with; 0: none, and no test of the directions. */
  readonly randomPairs: number;
  /** Permutations per test; 0: no test. */
  readonly permutations: number;
  /** Resamples; 0: no interval. */
  readonly bootstrap: number;
  /** Value added to the covariance's diagonal, as a share of the diagonal's mean; `null`: only if needed. */
  readonly ridge: number | null;
  /** Whether Cov(γ), random pairs and the vocabulary also include rows without a token. */
  readonly allRows: boolean;
}

export const defaultProbeSettings: ProbeSettings = {
  products: innerProducts,
  direction: 'mean',
  randomPairs: 100_000,
  permutations: 10_000,
  bootstrap: 2000,
  ridge: null,
  allRows: false,
};

export function keptPairs({ pairs }: Pick<ConceptResult, 'pairs'>): readonly PairResult[] {
  return pairs.filter(({ status }) => status === 'kept');
}

/** The pairs that the concept file leaves out. */
export function leftOutPairs({ pairs }: Pick<ConceptResult, 'pairs'>): readonly PairResult[] {
  return pairs.filter(({ status }) => status === 'left-out');
}

/** The pairs that are neither kept nor left out. */
export function droppedPairs({ pairs }: Pick<ConceptResult, 'pairs'>): readonly PairResult[] {
  return pairs.filter(({ status }) => status !== 'kept' && status !== 'left-out');
}

/** Why a pair does not count, as readable text with the tokens; `undefined` if it was kept. */
export function dropReason(pair: PairResult): string | undefined {
  switch (pair.status) {
    case 'kept':
      return undefined;
    case 'left-out':
      return t('left out in the concept file');
    case 'several-tokens':
      return severalTokens(pair);
    case 'same-token':
      return t('both words have the same tokens');
    case 'no-difference':
      return t('the unembedding vectors of the two words are equal up to rounding');
    case 'unknown':
      return t`the tokenizer has no token for ${unknownWords(pair)}`;
    case 'duplicate':
      return repetition(pair, pair);
    case 'swapped':
      return t`${repetition(pair, swappedPair(pair))}, swapped`;
  }
}

/** @param asGiven how the earlier pair would be written if its words were the same */
function repetition({ repeats }: PairResult, asGiven: CounterfactualPair): string {
  const earlier = repeats ?? asGiven;
  const label = pairLabel(earlier);
  return isSamePair(earlier, asGiven) ? t`repeats ${label}` : t`the same tokens as ${label}`;
}

function severalTokens(pair: PairResult): string {
  const words = [
    { word: pair.base, pieces: pair.basePieces, instead: pair.instead?.base ?? pair.base },
    { word: pair.target, pieces: pair.targetPieces, instead: pair.instead?.target ?? pair.target },
  ];
  return words
    .filter(({ pieces }) => pieces.length > 1)
    .map(({ word, pieces, instead }) => {
      const cut = t`${word} is ${pieces.length} tokens (${pieces.join(' + ')})`;
      return instead === word ? cut : t`${cut}, but ${instead} is one`;
    })
    .join('; ');
}

/** Whether a dropped pair's word is several tokens because the space before it is a separate token: ▁ + 男. */
export function hasBareSpace({ status, basePieces, targetPieces }: PairResult): boolean {
  const startsBare = (pieces: readonly string[]): boolean => pieces.length > 1 && /^[▁Ġ ]$/u.test(pieces[0]!);
  return status === 'several-tokens' && (startsBare(basePieces) || startsBare(targetPieces));
}

function unknownWords(pair: PairResult): string {
  const { base, target } = pair;
  if (pair.targetIds.length > 0) return t`“${base}”`;
  return pair.baseIds.length > 0 ? t`“${target}”` : t`“${base}” and “${target}”`;
}
