import type { AnalogyScores } from '../geometry/analogies';
import type { DirectionChoice } from '../geometry/conceptDirection';
import type { InnerProduct } from './geometryResult';
import type { ModelSummary } from './modelSummary';

/** A token of the vocabulary with its score on one direction. */
export interface TokenScore {
  readonly id: number;
  /** The vocabulary's spelling, such as `▁king`. */
  readonly piece: string;
  readonly score: number;
}

/** The whole vocabulary on one concept's direction: ⟨γ(y) − mean, direction⟩ of every token y. */
export interface VocabularyAxis {
  readonly concept: string;
  /** By token id; NaN for rows that do not count. */
  readonly scores: Float32Array;
  readonly top: readonly TokenScore[];
  readonly bottom: readonly TokenScore[];
}

/** Set for a padded vocabulary; missing if every row has a token. */
export interface Padded {
  readonly padding?: {
    /** Rows of U without a token in the tokenizer. */
    readonly rows: number;
    /** Whether the settings include them. */
    readonly counted: boolean;
  };
}

/** The whole vocabulary on one or two concept directions (Park et al. 2311.03658, the sanity scatter). */
export interface VocabularyResult extends Padded {
  readonly product: InnerProduct;
  readonly x: VocabularyAxis;
  readonly y: VocabularyAxis | null;
  /** Pearson correlation over all tokens; `null` with one axis. */
  readonly correlation: number | null;
  /** By token id; `<row 13>` for a row without a token. */
  readonly pieces: readonly string[];
  /** Number of rows that count. */
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

export interface NearestToken {
  readonly id: number;
  readonly piece: string;
  /** In each of the result's inner products. */
  readonly cosines: readonly number[];
}

/** The tokens nearest to γ(base) + the concept's mean difference in at least one of several inner products. */
export interface NearestResult extends Padded {
  readonly products: readonly InnerProduct[];
  readonly concept: string;
  readonly base: string;
  /** How many are listed for each product; a token may be among the nearest in several. */
  readonly count: number;
  readonly tokens: readonly NearestToken[];
}

export interface FoundPair {
  readonly base: string;
  readonly target: string;
  readonly baseId: number;
  readonly targetId: number;
  readonly cosine: number;
  readonly projection: number;
}

/** Pairs of tokens whose difference is most parallel to a concept's direction, without the concept's own words. */
export interface FoundPairsResult extends Padded {
  readonly product: InnerProduct;
  readonly concept: string;
  readonly pairs: readonly FoundPair[];
  /**
   * Whether the model was used to find words that are only pieces of longer words; not possible for large models and some
   * exports.
   */
  readonly areWordsChecked: boolean;
  /** Number of searched tokens: whole words. */
  readonly tokens: number;
  /** Number of pairs whose exact cosine was computed, selected by the sketch. */
  readonly candidates: number;
}

/** Analogy scores of a concept's pairs. */
export interface ConceptAnalogies extends AnalogyScores {
  readonly concept: string;
  readonly given: number;
  /** Pairs whose two words are one token each. */
  readonly pairs: number;
}

/** Analogy accuracy: a : b :: c : ? over each list of pairs, answered among all tokens. */
export interface AnalogiesResult extends Padded {
  readonly product: InnerProduct;
  /** Number of rows that count. */
  readonly tokens: number;
  readonly concepts: readonly ConceptAnalogies[];
}

/** A concept's direction as steering vectors, each `[hidden]`. */
export interface DirectionResult {
  readonly concept: string;
  readonly pairs: number;
  readonly direction: DirectionChoice;
  /** Ridge of the covariance; `null` without the causal product. */
  readonly ridge: number | null;
  /** γ̄_W at unit Euclidean length; `null` if only the causal product was requested. */
  readonly unembeddingDirection: Float32Array | null;
  /** Cov(γ)⁻¹γ̄_W with γ̄_W at unit causal length; `null` if only the Euclidean product was requested. */
  readonly causalDual: Float32Array | null;
  /** From config.json; `null` if missing there. */
  readonly layers: number | null;
  readonly modelType: string | null;
  readonly model: ModelSummary;
}

/** A word that is a single token. */
export interface VocabularyWord {
  readonly word: string;
  readonly id: number;
}
