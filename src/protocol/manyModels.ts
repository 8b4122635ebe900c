import type { TokenRule } from '../concepts/tokenRule';
import type { Matrix } from '../geometry/matrix';
import type { Concept } from '../concepts/concept';
import type { LeaveOneOut } from './geometryResult';
import type { ModelChoice } from './modelChoice';
import type { ModelSummary } from './modelSummary';
import type { PairResult, ProbeSettings } from './probeResult';

/** The same concepts in any number of models, which are opened one after the other. */
export interface ManyModelsRequest {
  readonly models: readonly ModelChoice[];
  readonly concepts: readonly Concept[];
  readonly tokens: TokenRule;
  readonly seed: number;
  readonly settings: ProbeSettings;
}

/** Rows of matrices are models, in the order of the request, also those with a problem; columns are concepts. */
export interface ManyModels {
  readonly version: string;
  readonly seed: number;
  readonly tokens: TokenRule;
  readonly settings: ProbeSettings;
  readonly models: readonly ComparedModel[];
  readonly concepts: readonly SharedConcept[];
  readonly euclidean: ManyGeometry;
  /** `null` unless the causal inner product was requested and one of the models has it. */
  readonly causal: ManyGeometry | null;
  /** Whether concepts or settings have changed since, in the editor. */
  readonly isOutdated?: boolean;
}

export interface SharedConcept {
  readonly name: string;
  /** Number of pairs that are not left out. */
  readonly given: number;
  /** Number of pairs that all models keep. */
  readonly pairs: number;
}

/** One model of a comparison. */
export interface ComparedModel {
  /** As the user named it; empty for the built-in model. */
  readonly reference: string;
  /** `null` if it could not be opened. */
  readonly summary: ModelSummary | null;
  /** Number of parameters; `null` where its files do not state it. */
  readonly parameters: number | null;
  /** Why it is not compared: one sentence; `null` if it is. */
  readonly problem: string | null;
  /** Why it has no causal inner product: one sentence. */
  readonly causalProblem: string | null;
  /** Of each concept, the number of pairs that it keeps, and those that it drops. Empty with a problem. */
  readonly concepts: readonly KeptPairs[];
}

export interface KeptPairs {
  readonly kept: number;
  readonly dropped: readonly PairResult[];
}

/** One inner product. NaN: undefined, or the model is not compared. */
export interface ManyGeometry {
  /** Mean leave-one-out cosine of the pairs that the model itself keeps, as its own probe has it. `[models, concepts]` */
  readonly own: Matrix;
  /** The same of the pairs that all models keep. `[models, concepts]` */
  readonly common: Matrix;
  /** Bootstrap intervals over pairs for {@link common}. `[models, concepts]` */
  readonly low: Matrix;
  readonly high: Matrix;
  /** Means of {@link common} over the concepts that have one in every model. */
  readonly mean: MeanOverConcepts;
  readonly agreement: MapAgreement;
  /** `null` with fewer than three different numbers of parameters. */
  readonly trend: Trend | null;
}

export interface MeanOverConcepts {
  /** Number of concepts. */
  readonly concepts: number;
  /** `[models]` */
  readonly values: Float64Array;
  /** Bootstrap over concepts, the same resamples for every model; NaN with fewer than five concepts. `[models]` */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Agreement of the concept × concept maps, from directions of the pairs that all keep. All matrices `[models, models]`. */
export interface MapAgreement {
  /** The concepts that have a direction in every model. */
  readonly concepts: number;
  /** Spearman's rank correlation of the cosines off the diagonal. */
  readonly rho: Matrix;
  /** One-sided, from permuted concepts (Mantel); NaN on the diagonal. */
  readonly p: Matrix;
  /** Permutations per test; 0 if there was none. */
  readonly permutations: number;
  /** The smallest possible p. */
  readonly resolution: number;
}

/** How the mean leave-one-out cosine changes with ten times as many parameters: least squares over their logarithm. */
export interface Trend {
  /** The models whose number of parameters is known, as rows. */
  readonly models: readonly number[];
  /** Of {@link MeanOverConcepts}; its interval is over concepts. */
  readonly mean: Slope | null;
  /** Of each concept; intervals are over pairs. `null` where a model has no value. */
  readonly concepts: readonly (Slope | null)[];
}

export interface Slope {
  /** Change per factor of ten. */
  readonly slope: number;
  readonly interval: LeaveOneOut['interval'];
}
