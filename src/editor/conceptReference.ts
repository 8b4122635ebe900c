import type { CounterfactualPair } from '../concepts/concept';
import type { FileSection } from '../concepts/fileSections';

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

/** A set of context pairs or a labelled set of contexts; with an entry, that one. A single context has no target. */
export interface ContextReference {
  readonly section: Exclude<FileSection, 'concepts'>;
  readonly concept: string;
  readonly pair?: CounterfactualPair;
}
