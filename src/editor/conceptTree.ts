import * as vscode from 'vscode';
import { pairLabel, type Concept, type CounterfactualPair } from '../concepts/concept';
import { dropReason, type ConceptResult, type PairResult } from '../protocol/probeResult';
import type { ConceptReference, PairReference } from './commandTable';
import { conceptColor } from './conceptColor';
import type { ConceptStore } from './conceptStore';
import { Disposable } from './disposable';
import { conceptResultOf, pairResultOf } from './pairResults';
import type { ProbeSession } from './probeSession';

interface ConceptNode extends ConceptReference {
  readonly kind: 'concept';
  readonly index: number;
}

interface PairNode extends PairReference {
  readonly kind: 'pair';
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
    const update = (): void => {
      const { conceptFile, problem } = session.state;
      view.description = conceptFile ?? '';
      view.message = problem ?? '';
      this.#changed.fire(undefined);
    };
    this.register(store.onDidChange(update));
    this.register(session.onDidChange(update));
  }

  getChildren(node?: ConceptTreeNode): ConceptTreeNode[] {
    const { concepts } = this.store;
    if (!node) return concepts.map(({ name }, index) => ({ kind: 'concept', concept: name, index }));
    if (node.kind === 'pair') return [];
    const pairs = concepts[node.index]?.pairs ?? [];
    return pairs.map((pair, position) => ({ kind: 'pair', concept: node.concept, pair, position }));
  }

  getTreeItem(node: ConceptTreeNode): vscode.TreeItem {
    const result = conceptResultOf(this.session.state.result, node.concept);
    if (node.kind === 'pair')
      return pairItem(node.pair, pairResultOf(result, node.pair, node.position), node);
    return conceptItem(this.store.concepts[node.index]!, result, node.index);
  }
}

function conceptItem(concept: Concept, result: ConceptResult | undefined, index: number): vscode.TreeItem {
  const item = new vscode.TreeItem(concept.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = new vscode.ThemeIcon('circle-filled', conceptColor(index));
  item.contextValue = 'concept';
  if (!result) {
    item.description = `${concept.pairs.length}`;
    return item;
  }
  const { kept, given, euclidean } = result;
  const { mean } = euclidean.leaveOneOut;
  item.description = `${kept}/${given}${mean === null ? '' : ` · ${mean.toFixed(2)}`}`;
  const parallel =
    mean === null ? 'two kept pairs are needed' : `mean leave-one-out cosine ${mean.toFixed(3)} (Euclidean)`;
  item.tooltip = `${concept.name}: ${kept} of ${given} pairs kept; ${parallel}`;
  return item;
}

function pairItem(
  pair: CounterfactualPair,
  result: PairResult | undefined,
  reference: PairReference,
): vscode.TreeItem {
  const item = new vscode.TreeItem(pairLabel(pair), vscode.TreeItemCollapsibleState.None);
  item.contextValue = 'pair';
  item.command = { command: 'conceptProbe.revealPair', title: 'Reveal in the Text', arguments: [reference] };
  if (!result) {
    item.iconPath = new vscode.ThemeIcon('circle-outline');
    return item;
  }
  const reason = dropReason(result);
  item.iconPath =
    reason === undefined
      ? new vscode.ThemeIcon('check')
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.description = reason ?? (result.cosine === null ? '' : result.cosine.toFixed(2));
  item.tooltip =
    reason ??
    `Cosine with the concept’s direction: ${result.cosine?.toFixed(3) ?? 'needs a second pair'} (Euclidean)`;
  return item;
}
