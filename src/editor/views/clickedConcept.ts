import type { ConceptTreeNode } from './conceptTreeNodes';

/**
 * Tells clicks on a concept's row from what else happens to the selection. VS Code reports no clicks on rows that expand
 * (a row with a command would no longer do so), only that the selection changed, also while a tree is rebuilt, and that a row
 * was expanded or collapsed, as a second click on it does.
 */
export class ClickedConcept {
  /** The row that was selected last, also while a tree that is rebuilt selects nothing. */
  #last: string | undefined;

  /** @returns the concept, if a click selected it */
  selected(selection: readonly ConceptTreeNode[]): string | undefined {
    const [node, ...more] = selection;
    if (!node || node.id === this.#last) return undefined;
    this.#last = node.id;
    return more.length === 0 ? conceptOf(node) : undefined;
  }

  /** @returns the concept, if it was selected already and clicked again */
  toggled(node: ConceptTreeNode, [selected, ...more]: readonly ConceptTreeNode[]): string | undefined {
    return selected?.id === node.id && more.length === 0 ? conceptOf(node) : undefined;
  }
}

function conceptOf(node: ConceptTreeNode): string | undefined {
  return node.kind === 'concept' && node.section === 'concepts' ? node.concept : undefined;
}
