import type { CounterfactualPair } from '../concepts/concept';
import type { PairReference } from '../protocol/panelMessages';
import type { FileSection } from '../concepts/fileSections';

export type { PairReference };

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
