import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { isSamePair } from '../../concepts/concept';
import type { Deleted } from '../../concepts/editConcepts';
import type { FileSection } from '../../concepts/fileSections';
import { isolated } from '../../format/isolated';
import type { ConceptStore } from '../stores/conceptStore';
import { ClickedConcept } from './clickedConcept';
import { ConceptTreeDrag } from './conceptTreeDrag';
import type {
  ConceptNode,
  ConceptTreeNode,
  ContextsNode,
  EditableNode,
  FileNode,
  PairNode,
} from './conceptTreeNodes';
import { conceptItem, dimmed, fileItem, noPairsItem, pairItem, problemItem } from './conceptTreeItems';
import { contextItem, contextSetItem, contextsItem } from './contextTreeItems';
import { attempt } from '../attempt';
import { Disposable } from '../disposable';
import { OutdatedItems } from './outdatedItems';
import { conceptResultOf, pairResultOf } from '../sessions/pairResults';
import type { ProbeSession } from '../sessions/probeSession';

const fileNode: FileNode = { kind: 'file', id: '\u0000file' };
const contextsNode: ContextsNode = { kind: 'contexts', id: '\u0000contexts' };

export const conceptTreeId = 'conceptProbe.concepts';

/** The *Concepts* view: concepts, their pairs, and whether each pair is counted; below them the contexts. */
export class ConceptTree extends Disposable implements vscode.TreeDataProvider<ConceptTreeNode> {
  readonly #changed = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<ConceptTreeNode>;
  readonly #clicked = this.register(new vscode.EventEmitter<string>());
  /** The user clicked a concept, or chose it with Enter. */
  readonly onDidClickConcept = this.#clicked.event;
  /** While the extension itself selects rows. */
  #isSelecting = false;

  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
    log: vscode.LogOutputChannel,
  ) {
    super();
    this.register(vscode.window.registerFileDecorationProvider(new OutdatedItems()));
    const view = this.register(
      vscode.window.createTreeView(conceptTreeId, {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
        dragAndDropController: new ConceptTreeDrag(store, (edit) => attempt(edit, log)),
      }),
    );
    this.#view = view;
    const rows = new ClickedConcept();
    const report = (concept: string | undefined): void => {
      if (concept !== undefined && !this.#isSelecting) this.#clicked.fire(concept);
    };
    const toggled = ({ element }: vscode.TreeViewExpansionEvent<ConceptTreeNode>): void => {
      report(rows.toggled(element, view.selection));
    };
    this.register(
      view.onDidChangeSelection(({ selection }) => {
        report(rows.selected(selection));
      }),
    );
    this.register(view.onDidExpandElement(toggled));
    this.register(view.onDidCollapseElement(toggled));
    const rebuild = (): void => {
      this.#changed.fire(undefined);
    };
    this.register(
      store.onDidChange(() => {
        rebuild();
        const others = store.others.flatMap(pathsOf);
        void vscode.commands.executeCommand('setContext', 'conceptProbe.otherConceptFiles', others);
      }),
    );
    let shown = session.state;
    this.register(
      session.onDidChange((state) => {
        view.description = isolated(store.place?.label ?? '');
        view.message = state.problem ?? '';
        // Items cannot be used while a tree is rebuilt (microsoft/vscode 144250), so progress does not refresh it.
        const isSame = state.result === shown.result && state.isOutdated === shown.isOutdated;
        shown = state;
        if (!isSame) rebuild();
      }),
    );
  }

  getChildren(node?: ConceptTreeNode): ConceptTreeNode[] {
    if (!node) {
      const problem: ConceptTreeNode[] =
        this.store.state.kind === 'invalid' ? [{ kind: 'problem', id: '' }] : [];
      const contexts: ConceptTreeNode[] = this.#contexts().length > 0 ? [contextsNode] : [];
      const isOneOfSeveral = (this.store.place?.count ?? 0) > 1;
      return [...(isOneOfSeveral ? [fileNode] : []), ...problem, ...this.#lists('concepts'), ...contexts];
    }
    if (node.kind === 'contexts') return this.#contexts();
    if (node.kind !== 'concept') return [];
    const pairs = this.#pairsOf(node);
    return pairs.length > 0 || node.section !== 'concepts'
      ? pairs
      : [{ kind: 'noPairs', id: JSON.stringify([node.id]), parent: node }];
  }

  getParent(node: ConceptTreeNode): ConceptTreeNode | undefined {
    if (node.kind === 'pair' || node.kind === 'noPairs') return node.parent;
    return node.kind === 'concept' && node.section !== 'concepts' ? contextsNode : undefined;
  }

  getTreeItem(node: ConceptTreeNode): vscode.TreeItem {
    const item = this.#item(node);
    // Keeps an item the same, and expanded, when the tree is rebuilt, even if rows before it were added or removed.
    item.id = node.id;
    return item;
  }

  /**
   * The rows that a key applies to: the focused one, or all selected ones if it is among them. VS Code reports only the
   * selection to extensions (microsoft/vscode 170248); its own toggle command reveals the focus.
   */
  async rowsOfKey(): Promise<readonly EditableNode[]> {
    let last: readonly EditableNode[] = [];
    // While the tree is rebuilt the selection lacks rows, so two reads must agree.
    for (let look = 0; look < 20; look++) {
      const rows = await this.#rowsOfFocus();
      if (rows.length > 0 && areSame(rows, last)) return rows;
      last = rows;
      if (rows.length === 0) await sleep(50);
    }
    return [];
  }

  async #rowsOfFocus(): Promise<readonly EditableNode[]> {
    const before = this.#view.selection;
    const toggle = () => vscode.commands.executeCommand('list.toggleSelection');
    await this.#select(toggle);
    const toggled = this.#view.selection;
    await this.#select(toggle);
    if (!areSame([...before].sort(byId), [...this.#view.selection].sort(byId))) return [];
    const ids = new Set(before.map(({ id }) => id));
    const added = toggled.filter(({ id }) => !ids.has(id));
    const isSelected = added.length === 0 && toggled.length < before.length;
    return (isSelected ? before : added)
      .filter((node) => node.kind === 'concept' || node.kind === 'pair')
      .filter((node) => this.#exists(node));
  }

  /** The row that takes the place of the given ones once they are deleted. */
  neighbour(nodes: readonly EditableNode[]): EditableNode | undefined {
    const gone = new Set(nodes.map(({ id }) => id));
    const last = nodes.at(-1);
    if (!last) return undefined;
    const siblings =
      last.kind === 'pair'
        ? this.#pairsOf(last.parent)
        : last.section === 'concepts'
          ? this.#lists('concepts')
          : this.#contexts();
    const place = siblings.findIndex(({ id }) => id === last.id);
    const isLeft = (node: EditableNode): boolean => !gone.has(node.id);
    const next = siblings.slice(place).find(isLeft) ?? siblings.slice(0, Math.max(place, 0)).findLast(isLeft);
    return next ?? (last.kind === 'pair' && isLeft(last.parent) ? last.parent : undefined);
  }

  /** Moves the tree's focus to a row, if it exists. */
  async focus({ section = 'concepts', concept, pair }: Deleted): Promise<void> {
    const parent = this.#lists(section).find((node) => node.concept === concept);
    if (!parent) return;
    const node = pair ? this.#pairsOf(parent).find((child) => isSamePair(child.pair, pair)) : parent;
    if (node) await this.#select(() => this.#view.reveal(node, { select: true, focus: true }));
  }

  async #select(select: () => Thenable<unknown>): Promise<void> {
    this.#isSelecting = true;
    try {
      await select();
    } finally {
      this.#isSelecting = false;
    }
  }

  #lists(section: FileSection): ConceptNode[] {
    return this.store.section(section).map(({ name }, index) => ({
      kind: 'concept',
      id: section === 'concepts' ? name : JSON.stringify([section, name]),
      section,
      concept: name,
      index,
    }));
  }

  #contexts(): ConceptNode[] {
    return [...this.#lists('contextPairs'), ...this.#lists('contextSets')];
  }

  /** A row that was deleted is selected until VS Code has rebuilt the tree. */
  #exists(node: EditableNode): boolean {
    const all = node.kind === 'pair' ? this.#pairsOf(node.parent) : this.#lists(node.section);
    return all.some(({ id }) => id === node.id);
  }

  #pairsOf(parent: ConceptNode): PairNode[] {
    const { section, concept, index, id } = parent;
    const times = new Map<string, number>();
    return (this.store.section(section)[index]?.pairs ?? []).map((pair, position) => {
      const name = JSON.stringify([id, pair.base, pair.target]);
      const time = times.get(name) ?? 0;
      times.set(name, time + 1);
      return { kind: 'pair', id: `${name}${time}`, section, concept, pair, position, parent };
    });
  }

  #item(node: ConceptTreeNode): vscode.TreeItem {
    const { state } = this.store;
    if (node.kind === 'problem')
      return state.kind === 'invalid'
        ? problemItem(state.problem.line, state.problem.message)
        : new vscode.TreeItem('');
    if (node.kind === 'file') return fileItem(this.store.place!);
    if (node.kind === 'contexts') return contextsItem();
    if (node.kind === 'noPairs') return noPairsItem(node.parent);
    if (node.section !== 'concepts') {
      const item =
        node.kind === 'pair'
          ? contextItem({ ...node, section: node.section })
          : contextSetItem({ ...node, section: node.section }, this.store.section(node.section)[node.index]);
      return state.kind === 'invalid' ? dimmed(item) : item;
    }
    const { result, isOutdated } = this.session.state;
    const concept = conceptResultOf(result, node.concept);
    const item =
      node.kind === 'pair'
        ? pairItem(node, concept, pairResultOf(concept, node.pair, node.position))
        : conceptItem(node, concept, result, this.store.concepts[node.index]);
    return isOutdated || state.kind === 'invalid' ? dimmed(item) : item;
  }
}

/** A path as the window may spell it, which can run on another operating system than the extension. */
function pathsOf({ path, fsPath }: vscode.Uri): string[] {
  return [...new Set([path, fsPath, path.replaceAll('/', '\\')])];
}

function byId(a: ConceptTreeNode, b: ConceptTreeNode): number {
  return a.id < b.id ? -1 : 1;
}

function areSame(some: readonly ConceptTreeNode[], others: readonly ConceptTreeNode[]): boolean {
  return some.length === others.length && some.every(({ id }, index) => id === others[index]!.id);
}
