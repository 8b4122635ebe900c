import * as vscode from 'vscode';
import { pairLabel, type CounterfactualPair } from '../concepts/concept';
import { formatCosine } from '../protocol/formatNumbers';
import { dropReason, type ConceptResult, type PairResult, type ProbeResult } from '../protocol/probeResult';
import type { ConceptReference, PairReference } from './commandTable';
import { conceptColor } from './conceptColor';
import type { ConceptStore } from './conceptStore';
import { Disposable } from './disposable';
import { conceptResultOf, pairResultOf, shownCosine, shownGeometry } from './pairResults';
import type { ProbeSession } from './probeSession';

interface ConceptNode extends ConceptReference {
  readonly kind: 'concept';
  readonly id: string;
  readonly index: number;
}

interface PairNode extends PairReference {
  readonly kind: 'pair';
  readonly id: string;
  readonly position: number;
}

export type ConceptTreeNode = ConceptNode | PairNode;

export const conceptTreeId = 'conceptProbe.concepts';

/** The *Concepts* view: concepts, their pairs, and of each pair whether it counts. */
export class ConceptTree extends Disposable implements vscode.TreeDataProvider<ConceptTreeNode> {
  readonly #changed = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
  ) {
    super();
    const view = this.register(
      vscode.window.createTreeView(conceptTreeId, { treeDataProvider: this, showCollapseAll: true }),
    );
    const rebuild = (): void => {
      this.#changed.fire(undefined);
    };
    this.register(store.onDidChange(rebuild));
    let shown: ProbeResult | null = null;
    this.register(
      session.onDidChange(({ conceptFile, problem, result }) => {
        view.description = conceptFile ?? '';
        view.message = problem ?? '';
        // While a tree is built anew its items cannot be acted on (microsoft/vscode 144250), so progress leaves it alone.
        if (result === shown) return;
        shown = result;
        rebuild();
      }),
    );
  }

  getChildren(node?: ConceptTreeNode): ConceptTreeNode[] {
    const { concepts } = this.store;
    if (!node)
      return concepts.map(({ name }, index) => ({ kind: 'concept', id: name, concept: name, index }));
    if (node.kind === 'pair') return [];
    const { concept, index } = node;
    const times = new Map<string, number>();
    return (concepts[index]?.pairs ?? []).map((pair, position) => {
      const name = JSON.stringify([concept, pair.base, pair.target]);
      const time = times.get(name) ?? 0;
      times.set(name, time + 1);
      return { kind: 'pair', id: `${name}${time}`, concept, pair, position };
    });
  }

  getTreeItem(node: ConceptTreeNode): vscode.TreeItem {
    const result = conceptResultOf(this.session.state.result, node.concept);
    const item =
      node.kind === 'pair'
        ? pairItem(node.pair, result, pairResultOf(result, node.pair, node.position), node)
        : conceptItem(node, result, this.store.concepts[node.index]?.pairs.length ?? 0);
    // Keeps an item the same, and open, when the tree is built anew, also where others came or went before it.
    item.id = node.id;
    return item;
  }
}

function conceptItem(
  { concept, index }: ConceptNode,
  result: ConceptResult | undefined,
  pairs: number,
): vscode.TreeItem {
  const item = new vscode.TreeItem(concept, vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = new vscode.ThemeIcon('circle-filled', conceptColor(index));
  item.contextValue = 'concept';
  if (!result) {
    item.description = String(pairs);
    return item;
  }
  const { kept, given } = result;
  const { geometry, product } = shownGeometry(result);
  const { mean } = geometry.leaveOneOut;
  item.description = `${kept}/${given}${mean === null ? '' : ` · ${formatCosine(mean, 2)}`}`;
  const parallel =
    mean === null
      ? 'two kept pairs are needed'
      : `mean leave-one-out cosine ${formatCosine(mean)} (${product})`;
  item.tooltip = `${concept}: ${kept} of ${given} pairs kept; ${parallel}`;
  return item;
}

function pairItem(
  pair: CounterfactualPair,
  concept: ConceptResult | undefined,
  result: PairResult | undefined,
  reference: PairReference,
): vscode.TreeItem {
  const item = new vscode.TreeItem(pairLabel(pair), vscode.TreeItemCollapsibleState.None);
  item.contextValue = 'pair';
  item.command = { command: 'conceptProbe.revealPair', title: 'Reveal in the Text', arguments: [reference] };
  if (!concept || !result) {
    item.iconPath = new vscode.ThemeIcon('circle-outline');
    return item;
  }
  const reason = dropReason(result);
  item.iconPath =
    reason === undefined
      ? new vscode.ThemeIcon('check')
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const cosine = shownCosine(concept, result);
  item.description = reason ?? (cosine === null ? '' : formatCosine(cosine, 2));
  const { product } = shownGeometry(concept);
  item.tooltip = reason ?? `Cosine with the concept’s direction: ${formatCosine(cosine)} (${product})`;
  return item;
}
