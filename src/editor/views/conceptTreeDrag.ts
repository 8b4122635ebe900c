import * as vscode from 'vscode';
import { moveConcepts, movePairs, type MovedPair } from '../../concepts/moveRows';
import type { ConceptStore } from '../stores/conceptStore';
import type { ConceptTreeNode, EditableNode } from './conceptTreeNodes';

const rowsType = 'application/vnd.code.tree.conceptprobe.concepts';

/** Moves rows of the *Concepts* view with the mouse: pairs to another place or concept, and concepts to another place. */
export class ConceptTreeDrag implements vscode.TreeDragAndDropController<ConceptTreeNode> {
  readonly dragMimeTypes = [rowsType];
  readonly dropMimeTypes = [rowsType];

  /** @param attempt runs an edit and reports its failure */
  constructor(
    private readonly store: ConceptStore,
    private readonly attempt: (edit: () => Promise<void>) => Promise<unknown>,
  ) {}

  handleDrag(source: readonly ConceptTreeNode[], data: vscode.DataTransfer): void {
    const rows = source.filter((node) => node.kind === 'concept' || node.kind === 'pair');
    if (rows.length > 0) data.set(rowsType, new vscode.DataTransferItem(rows));
  }

  async handleDrop(target: ConceptTreeNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const rows = data.get(rowsType)?.value as readonly EditableNode[] | undefined;
    if (rows && rows.length > 0) await this.attempt(() => this.#move(rows, target));
  }

  /** Rows of one list only: words do not become contexts. */
  async #move(rows: readonly EditableNode[], target: ConceptTreeNode | undefined): Promise<void> {
    const { section } = rows[0]!;
    const own = rows.filter((row) => row.section === section);
    const names = own.flatMap((row) => (row.kind === 'concept' ? [row.concept] : []));
    const isRow = target?.kind === 'concept' || target?.kind === 'pair';
    if (isRow && target.section !== section) return;
    if (names.length > 0)
      return this.store.edit(
        (lists) => moveConcepts(lists, names, isRow ? target.concept : undefined),
        section,
      );
    if (!isRow) return;
    const pairs = own.flatMap((row): MovedPair[] => (row.kind === 'pair' ? [row] : []));
    const at = target.kind === 'pair' ? target.pair : undefined;
    await this.store.edit((lists) => movePairs(lists, pairs, target.concept, at), section);
  }
}
