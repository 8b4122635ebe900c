import type { FileSection } from '../../concepts/fileSections';
import type { ConceptReference, PairReference } from '../conceptReference';

/* What the rows of the *Concepts* view represent. */

interface ProblemNode {
  readonly kind: 'problem';
  readonly id: string;
}

/** The concept file in use, if there are several. */
export interface FileNode {
  readonly kind: 'file';
  readonly id: string;
}

/** The row above all sets of contexts. */
export interface ContextsNode {
  readonly kind: 'contexts';
  readonly id: string;
}

/** A concept or a set of contexts. */
export interface ConceptNode extends ConceptReference {
  readonly kind: 'concept';
  readonly id: string;
  readonly section: FileSection;
  readonly index: number;
}

/** A pair of words or contexts, or a single context. */
export interface PairNode extends PairReference {
  readonly kind: 'pair';
  readonly id: string;
  readonly section: FileSection;
  readonly position: number;
  readonly parent: ConceptNode;
}

/** The row under a concept without pairs, which offers to add one. */
export interface NoPairsNode {
  readonly kind: 'noPairs';
  readonly id: string;
  readonly parent: ConceptNode;
}

/** A row that represents a list of the concept file, or an entry of it. */
export type EditableNode = ConceptNode | PairNode;
export type ConceptTreeNode = ProblemNode | FileNode | ContextsNode | NoPairsNode | EditableNode;
