import type { CounterfactualPair } from '../concepts/concept';

/** A pair as an argument of a command: by value rather than by position, because the file may have changed. */
export interface PairReference {
  readonly concept: string;
  readonly pair: CounterfactualPair;
}

export interface ConceptReference {
  readonly concept: string;
}

/** A pair and its replacement. */
export interface ConceptReplacement extends PairReference {
  readonly instead: CounterfactualPair;
}
