import type { ConceptNumbers } from '../geometry/conceptFormulas';
import type { LeaveOneOut } from './geometryResult';
import type { ProbeResult } from './probeResult';

/** The same concepts in a second model, or in another precision of the first. */
export interface ModelComparison {
  /** The complete result of the second model, for the pairs that it keeps. */
  readonly second: ProbeResult;
  /** Both models on the pairs that both keep: means over different pairs are hardly comparable. */
  readonly common: CommonPairs;
}

export interface CommonPairs {
  readonly concepts: readonly ComparedConcept[];
  readonly euclidean: ComparedDirections;
  /** `null` unless both have the causal inner product. */
  readonly causal: ComparedDirections | null;
}

export interface ComparedConcept {
  readonly name: string;
  /** Number of pairs that both keep; directions are computed from these alone. */
  readonly pairs: number;
  readonly euclidean: ComparedGeometry;
  readonly causal: ComparedGeometry | null;
}

/** The single numbers that are compared, by name. */
export interface ComparedGeometry extends Readonly<Partial<Record<keyof ConceptNumbers, BothModels>>> {
  /** Means of the leave-one-out cosines. */
  readonly leaveOneOut: BothModels & {
    /** Paired bootstrap over the common pairs for the difference; `null` in the same cases as for one model. */
    readonly interval: LeaveOneOut['interval'];
  };
  /** Means of the pairwise cosines. */
  readonly meanCosine: BothModels;
}

/** Statistics of |cosine| between the concepts' directions. */
export interface ComparedDirections {
  readonly mean: BothModels;
  readonly largest: BothModels;
}

/** A number in the first model, in the second, and second − first. */
export interface BothModels {
  readonly first: number | null;
  readonly second: number | null;
  readonly difference: number | null;
}
