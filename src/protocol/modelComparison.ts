import type { ConceptNumbers } from '../geometry/conceptFormulas';
import type { LeaveOneOut } from './geometryResult';
import type { ProbeResult } from './probeResult';

/** The same concepts in a second model, or in another precision of the first. */
export interface ModelComparison {
  /** All that the second model says, of the pairs that it keeps. */
  readonly second: ProbeResult;
  /** Both models on the pairs that both keep: means over different pairs say little beside each other. */
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
  /** That both keep; with directions of these alone. */
  readonly pairs: number;
  readonly euclidean: ComparedGeometry;
  readonly causal: ComparedGeometry | null;
}

/** Of the single numbers those that are compared, by their names. */
export interface ComparedGeometry extends Readonly<Partial<Record<keyof ConceptNumbers, BothModels>>> {
  /** Means of the leave-one-out cosines. */
  readonly leaveOneOut: BothModels & {
    /** Paired bootstrap over the common pairs for the difference; `null` as for one model. */
    readonly interval: LeaveOneOut['interval'];
  };
  /** Means of the pairwise cosines. */
  readonly meanCosine: BothModels;
}

/** Of |cosine| between the concepts' directions. */
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
