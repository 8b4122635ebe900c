import type { AnalogyScores } from '../geometry/analogies';
import type { DirectionChoice } from '../geometry/conceptDirection';
import type { InnerProduct } from './geometryResult';
import type { ModelSummary } from './modelSummary';

/** A token of the vocabulary with its number on one direction. */
export interface TokenScore {
  readonly id: number;
  /** The vocabulary's own spelling, as `▁king`. */
  readonly piece: string;
  readonly score: number;
}

/** One concept's direction over the whole vocabulary: ⟨γ(y) − mean, direction⟩ of every token y. */
export interface VocabularyAxis {
  readonly concept: string;
  /** By token id; NaN for rows that do not count. */
  readonly scores: Float32Array;
  readonly top: readonly TokenScore[];
  readonly bottom: readonly TokenScore[];
}

/** Of a padded vocabulary; left out where every row has a token. */
export interface Padded {
  readonly padding?: {
    /** Rows of U that no token of the tokenizer has. */
    readonly rows: number;
    /** Whether they were asked for. */
    readonly counted: boolean;
  };
}

/** The whole vocabulary on one or two concept directions (Park et al. 2311.03658, the sanity scatter). */
export interface VocabularyResult extends Padded {
  readonly product: InnerProduct;
  readonly x: VocabularyAxis;
  readonly y: VocabularyAxis | null;
  /** Pearson's, over all tokens; `null` with one axis. */
  readonly correlation: number | null;
  /** By token id; `<row 13>` for a row without a token. */
  readonly pieces: readonly string[];
  /** Rows that count. */
  readonly tokens: number;
}

export interface Neighbour {
  readonly id: number;
  readonly piece: string;
  /** cos(γ(y) − mean, γ(base) + difference − mean). */
  readonly cosine: number;
}

/** The tokens nearest to γ(base) + the concept's mean difference. */
export interface NeighboursResult extends Padded {
  readonly product: InnerProduct;
  readonly concept: string;
  readonly base: string;
  readonly neighbours: readonly Neighbour[];
}

export interface FoundPair {
  readonly base: string;
  readonly target: string;
  readonly baseId: number;
  readonly targetId: number;
  readonly cosine: number;
  readonly projection: number;
}

/** Pairs of the vocabulary whose difference is most parallel to a concept's direction, without the concept's own words. */
export interface FoundPairsResult extends Padded {
  readonly product: InnerProduct;
  readonly concept: string;
  readonly pairs: readonly FoundPair[];
  /** Whether the model was asked which of the words are pieces that go on; not of large models and some exports. */
  readonly areWordsChecked: boolean;
  /** Tokens that were looked through: whole words. */
  readonly tokens: number;
  /** Pairs whose exact cosine was taken, out of the sketch of all. */
  readonly candidates: number;
}

/** What a concept's list of pairs scores as analogies. */
export interface ConceptAnalogies extends AnalogyScores {
  readonly concept: string;
  readonly given: number;
  /** Those whose two words are a token each. */
  readonly pairs: number;
}

/** Analogy accuracy: a : b :: c : ? over every list of pairs, answered among all tokens. */
export interface AnalogiesResult extends Padded {
  readonly product: InnerProduct;
  /** Rows that count. */
  readonly tokens: number;
  readonly concepts: readonly ConceptAnalogies[];
}

/** A concept's direction as vectors for steering, each `[hidden]`. */
export interface DirectionResult {
  readonly concept: string;
  readonly pairs: number;
  readonly direction: DirectionChoice;
  /** Of the covariance; `null` without the causal product. */
  readonly ridge: number | null;
  /** γ̄_W at unit Euclidean length; `null` where only the causal product was asked for. */
  readonly unembeddingDirection: Float32Array | null;
  /** Cov(γ)⁻¹γ̄_W with γ̄_W at unit causal length; `null` where only the Euclidean product was asked for. */
  readonly causalDual: Float32Array | null;
  /** As config.json has them; `null` where it does not. */
  readonly layers: number | null;
  readonly modelType: string | null;
  readonly model: ModelSummary;
}
