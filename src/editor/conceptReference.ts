import type { CounterfactualPair } from '../concepts/concept';

/** A pair as commands name it: the file may have changed since, so by value, not by place. */
export interface PairReference {
  readonly concept: string;
  readonly pair: CounterfactualPair;
}

export interface ConceptReference {
  readonly concept: string;
}

/** A pair and the one to put in its place. */
export interface ConceptReplacement extends PairReference {
  readonly instead: CounterfactualPair;
}
