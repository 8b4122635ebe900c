import type { CounterfactualPair } from '../concepts/concept';
import type { TokenRule } from '../concepts/tokenRule';
import type { Matrix } from '../geometry/matrix';
import type { ModelSummary } from './modelSummary';

/**
 * Why a pair counts or not: the token rule keeps it, a word is several tokens where only single ones count, the same
 * tokens stand for both words, a word is unknown to the tokenizer, or the concept has the pair already.
 */
export type PairStatus = 'kept' | 'several-tokens' | 'same-token' | 'unknown' | 'duplicate';

export interface PairResult extends CounterfactualPair {
  readonly baseIds: readonly number[];
  readonly targetIds: readonly number[];
  /** The vocabulary's own spelling of each id, as `▁king`. */
  readonly basePieces: readonly string[];
  readonly targetPieces: readonly string[];
  readonly status: PairStatus;
  /** cos(difference, concept direction); `null` for dropped pairs, for a single kept pair and for a zero difference. */
  readonly cosine: number | null;
}

/** Geometry of one concept in one inner product. Positions count the kept pairs only, in their order. */
export interface ConceptGeometry {
  /** Mean of the pairwise cosines without self-pairs. */
  readonly meanCosine: number | null;
  /** Each difference against the direction of the others; NaN where undefined. */
  readonly leaveOneOut: { readonly mean: number | null; readonly cosines: Float64Array };
  /** `[kept, kept]`; `null` above {@link largestPairMap} pairs, where a map could not be read any more. */
  readonly pairwise: Matrix | null;
}

export interface ConceptResult {
  readonly name: string;
  readonly given: number;
  readonly kept: number;
  readonly pairs: readonly PairResult[];
  readonly euclidean: ConceptGeometry;
}

/** Cosines between the directions of all concepts with a kept pair. */
export interface DirectionGeometry {
  readonly concepts: readonly string[];
  /** `[concepts, concepts]` */
  readonly cosine: Matrix;
}

/** Everything that one probe of a concept list against a model says, with what is needed to say it again. */
export interface ProbeResult {
  readonly schema: 1;
  readonly version: string;
  readonly seed: number;
  readonly tokens: TokenRule;
  readonly model: ModelSummary;
  readonly concepts: readonly ConceptResult[];
  readonly directions: { readonly euclidean: DirectionGeometry };
}

/** Above this many kept pairs a concept has no pair × pair map (a million cells); means and bars still count all. */
export const largestPairMap = 1000;

export function keptPairs({ pairs }: Pick<ConceptResult, 'pairs'>): readonly PairResult[] {
  return pairs.filter(({ status }) => status === 'kept');
}

/** Why a pair was dropped, in plain words with its pieces; `undefined` if it was kept. */
export function dropReason(pair: PairResult): string | undefined {
  switch (pair.status) {
    case 'kept':
      return undefined;
    case 'several-tokens':
      return severalTokens(pair);
    case 'same-token':
      return 'the same tokens stand for both words';
    case 'unknown':
      return `the tokenizer has no token for ${unknownWords(pair)}`;
    case 'duplicate':
      return 'the concept has this pair already';
  }
}

function severalTokens(pair: PairResult): string {
  const words = [
    { word: pair.base, pieces: pair.basePieces },
    { word: pair.target, pieces: pair.targetPieces },
  ];
  return words
    .filter(({ pieces }) => pieces.length > 1)
    .map(({ word, pieces }) => `${word} is ${pieces.length} tokens (${pieces.join(' + ')})`)
    .join('; ');
}

function unknownWords(pair: PairResult): string {
  const unknown: string[] = [];
  if (pair.baseIds.length === 0) unknown.push(`“${pair.base}”`);
  if (pair.targetIds.length === 0) unknown.push(`“${pair.target}”`);
  return unknown.join(' and ');
}
