import type { ContextPairs, ContextSet } from '../concepts/contexts';
import type { CounterfactualPair } from '../concepts/concept';
import type { Matrix } from '../geometry/matrix';
import type { Separation } from '../geometry/separation';
import type { AxisRequest } from './axisRequest';
import type { RunSettings } from './embedResult';
import type { ConceptGeometry, InnerProduct } from './geometryResult';

/**
 * What reads contexts with concepts: the concepts, the inner product, how directions are computed, and how the model is run.
 */
export type ContextRequest = Omit<AxisRequest, 'count'> & RunSettings;

/** A concept that cannot be measured, with the reason. */
export interface SkippedConcept {
  readonly name: string;
  /** One sentence. */
  readonly reason: string;
}

/** λ(x)ᵀγ̄_W at the last position of labelled contexts. */
export interface MeasureRequest extends ContextRequest {
  /** At least one; the first two are compared. */
  readonly sets: readonly ContextSet[];
}

/** Why a context has no hidden state: it has no token, or the model gave numbers that are not finite. */
export type UnreadContext = 'empty' | 'broken';

/** How many contexts of a set have no value, and why. */
export interface ReadSet {
  readonly label: string;
  readonly given: number;
  readonly empty: number;
  readonly broken: number;
  /** Contexts longer than the model's window, of which only the end was read. */
  readonly windowed: number;
}

export interface MeasuredSet {
  readonly label: string;
  /** In the order of the texts; NaN for a context without a hidden state. */
  readonly values: Float64Array;
}

export interface MeasuredContexts {
  readonly name: string;
  readonly sets: readonly MeasuredSet[];
  /** How far the concept separates the first two sets; `null` with one set. */
  readonly separation: Separation | null;
}

export interface MeasureResult {
  readonly product: InnerProduct;
  readonly sets: readonly ReadSet[];
  readonly concepts: readonly MeasuredContexts[];
  readonly skipped: readonly SkippedConcept[];
}

/** Embedding directions of sets of context pairs, and their alignment with the concepts' unembedding directions. */
export interface AlignRequest extends ContextRequest {
  readonly sets: readonly ContextPairs[];
  readonly settings: AxisRequest['settings'] & {
    readonly randomPairs: number;
    readonly permutations: number;
    readonly bootstrap: number;
  };
}

/** Why a pair of contexts has no difference. */
export type ContextDrop = UnreadContext | 'same' | 'repeated';

/** One set's differences λ(target) − λ(base). */
export interface AlignedSet {
  readonly name: string;
  readonly pairs: readonly (CounterfactualPair & {
    /** `null` for a pair that counts. */
    readonly dropped: ContextDrop | null;
    /** Whether only the end of one of its contexts was read. */
    readonly windowed: boolean;
  })[];
  readonly kept: number;
  /** As of word pairs, in coordinates of the embedding space; chance is from random pairs of all given contexts. */
  readonly geometry: ConceptGeometry;
}

export interface AlignResult {
  readonly product: InnerProduct;
  readonly sets: readonly AlignedSet[];
  /** Concepts that have a direction: the columns. */
  readonly concepts: readonly string[];
  readonly skipped: readonly SkippedConcept[];
  /** Signed, `[sets, concepts]`; NaN for a set without a direction. */
  readonly cosine: Matrix;
  /**
   * Share of sign flips of the set's pairs whose mean difference has at least the given |projection| on the concept's
   * direction, `[sets, concepts]`; NaN with fewer than two pairs or where it was not asked for.
   */
  readonly p: Matrix;
  /** p adjusted for all sets and concepts (Benjamini–Hochberg), `[sets, concepts]`. */
  readonly q: Matrix;
  /** |cosine| that 95 % of random concepts of as many pairs stay below, `[concepts]`; NaN where there are none. */
  readonly random95: Float64Array;
}

/** One context and one direction that moves its last hidden state. */
export interface SteerRequest extends ContextRequest {
  readonly concept: string;
  readonly text: string;
}

/** A pair whose words are one token each, and how the directions move it. */
export interface ContrastPair extends CounterfactualPair {
  readonly concept: string;
  readonly baseId: number;
  readonly targetId: number;
}

/** Everything that an intervention on a context needs; every α after that is a sum of two vectors. */
export interface SteerResult {
  readonly product: InnerProduct;
  readonly concept: string;
  /** Tokens that the model read. */
  readonly tokens: number;
  /** Whether the context is longer than the model's window, so that only its end was read. */
  readonly windowed: boolean;
  /** Uλ and Uv, `[vocab]`; v is the concept's steering vector. */
  readonly logits: Float32Array;
  readonly shift: Float32Array;
  /** Rows that have a token. */
  readonly ids: Int32Array;
  /** The vocabulary's spelling by token id, and the text that it stands for. */
  readonly pieces: readonly string[];
  readonly pairs: readonly ContrastPair[];
  /** Concepts that have a direction, in the order of the request. */
  readonly concepts: readonly string[];
  /** (γ(target) − γ(base))ᵀv of every concept's v and every pair: what α = 1 adds to log P(target)/P(base), `[concepts, pairs]`. */
  readonly moves: Matrix;
  /** ‖λ‖ and ‖v‖, so that α‖v‖/‖λ‖ says how large a step is. */
  readonly hiddenNorm: number;
  readonly stepNorm: number;
  readonly skipped: readonly SkippedConcept[];
}

export interface ContinueRequest extends SteerRequest {
  readonly alphas: readonly number[];
  /** Tokens to write. */
  readonly count: number;
  /** 0: greedy; otherwise the temperature of sampling with the request's seed. */
  readonly temperature: number;
}

export interface SteeredContinuation {
  readonly alpha: number;
  readonly ids: readonly number[];
  readonly text: string;
}

export interface ContinueResult {
  readonly product: InnerProduct;
  readonly concept: string;
  readonly continuations: readonly SteeredContinuation[];
}

/** A part of a text to measure, with the text before it that the model reads first. */
export interface TintPart {
  readonly context: string;
  readonly text: string;
}

export interface TintRequest extends ContextRequest {
  /** One or two. */
  readonly tinted: readonly string[];
  readonly parts: readonly TintPart[];
}

export interface TintedPart {
  readonly ids: Int32Array;
  /** In UTF-16 units of the part's text. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** λᵀγ̄_W after each token, for each concept; NaN for what is no number. */
  readonly values: readonly Float64Array[];
}

export interface TintResult {
  readonly product: InnerProduct;
  /** Most tokens that the model saw at once. */
  readonly window: number;
  readonly parts: readonly TintedPart[];
}
