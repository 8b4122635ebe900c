import * as vscode from 'vscode';
import { meanLeaveOneOut } from '../../format/conceptMetrics';
import { verdictOf } from '../../format/conceptVerdict';
import { capital, formatCosine, plural } from '../../format/numbers';
import { isolated, isolatedPair, isolatedPairLabel } from '../../format/isolated';
import type { Asked } from '../../format/statisticsText';
import { dropReason, type ConceptResult, type PairResult } from '../../protocol/probeResult';
import type { ConceptReference, PairReference } from '../conceptReference';
import { conceptColor } from './conceptColor';
import { outdatedUri } from './outdatedItems';
import { shownCosine, shownGeometry } from '../sessions/pairResults';
import { openLineTitle } from '../showLine';

/* The rows of the *Concepts* view. */

/** An error in the concept file; a click opens its line. */
export function problemItem(line: number, message: string): vscode.TreeItem {
  const item = new vscode.TreeItem(openLineTitle(line), vscode.TreeItemCollapsibleState.None);
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = 'problem';
  item.description = message;
  item.tooltip = item.description;
  item.command = { command: 'conceptProbe.openProblem', title: item.label as string };
  return item;
}

export function conceptItem(
  { concept, index }: ConceptReference & { readonly index: number },
  result: ConceptResult | undefined,
  asked: Asked | null,
  pairs: number,
): vscode.TreeItem {
  const item = new vscode.TreeItem(isolated(concept), vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = new vscode.ThemeIcon('circle-filled', conceptColor(index));
  item.contextValue = 'concept';
  if (!result || !asked) {
    item.description = String(pairs);
    return item;
  }
  const { kept, given } = result;
  const { geometry, product } = shownGeometry(result);
  const mean = meanLeaveOneOut.value(geometry);
  item.description = `${kept}/${given}${mean === null ? '' : ` · ${formatCosine(mean)}`}`;
  const parallel =
    mean === null ? '' : `; ${meanLeaveOneOut.label} ${meanLeaveOneOut.format(mean)} (${product})`;
  const { text } = verdictOf(geometry, asked);
  item.tooltip = `${isolated(concept)}: ${kept} of ${given} pairs kept${parallel}\n${capital(text)}`;
  return item;
}

export function pairItem(
  reference: PairReference,
  concept: ConceptResult | undefined,
  result: PairResult | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(isolatedPairLabel(reference.pair), vscode.TreeItemCollapsibleState.None);
  item.contextValue = 'pair';
  item.command = { command: 'conceptProbe.revealPair', title: 'Reveal in Text', arguments: [reference] };
  if (!concept || !result) {
    item.iconPath = new vscode.ThemeIcon('circle-outline');
    return item;
  }
  const reason = dropReason(isolatedPair(result));
  item.iconPath =
    reason === undefined
      ? new vscode.ThemeIcon('check')
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const cosine = shownCosine(concept, result);
  item.description = reason ?? (cosine === null ? '' : formatCosine(cosine));
  const { product } = shownGeometry(concept);
  const others = `the direction of the other ${plural(concept.kept - 1, 'pair')} (${product})`;
  item.tooltip = reason ?? `Leave-one-out cosine ${formatCosine(cosine)}, with ${others}`;
  return item;
}

/** Dims a row whose numbers are out of date. */
export function dimmed(item: vscode.TreeItem): vscode.TreeItem {
  item.resourceUri = outdatedUri;
  if (item.iconPath instanceof vscode.ThemeIcon)
    item.iconPath = new vscode.ThemeIcon(item.iconPath.id, new vscode.ThemeColor('disabledForeground'));
  return item;
}
