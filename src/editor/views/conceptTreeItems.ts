import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { includedPairs, type Concept } from '../../concepts/concept';
import { meanLeaveOneOut } from '../../format/conceptMetrics';
import { leftOutText } from '../../format/conceptSummary';
import { verdictOf } from '../../format/conceptVerdict';
import { capital, formatCosine } from '../../format/numbers';
import { isolated, isolatedPairLabel } from '../../format/isolated';
import type { Asked } from '../../format/statisticsText';
import { shortDropReason } from '../../format/shortDropReason';
import type { ConceptResult, PairResult } from '../../protocol/probeResult';
import type { ConceptReference, PairReference } from '../conceptReference';
import type { FilePlace } from '../stores/conceptStore';
import { conceptColor } from './conceptColor';
import { cosineText } from './cosineText';
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

/** The concept file in use; a click selects another. The view's title is often too narrow for its name. */
export function fileItem({ label, position, count }: FilePlace): vscode.TreeItem {
  const item = new vscode.TreeItem(isolated(label), vscode.TreeItemCollapsibleState.None);
  item.iconPath = new vscode.ThemeIcon('files');
  item.contextValue = 'conceptFile';
  item.description = t`in use, ${position} of ${count}`;
  item.tooltip = t`${isolated(label)} is in use. Click to select another of the ${count} concept files.`;
  item.command = { command: 'conceptProbe.selectConceptFile', title: t('Select Concept File…') };
  return item;
}

export function conceptItem(
  { concept, index }: ConceptReference & { readonly index: number },
  result: ConceptResult | undefined,
  asked: Asked | null,
  own: Concept | undefined,
): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(isolated(concept), own?.pairs.length === 0 ? Expanded : Collapsed);
  item.iconPath = new vscode.ThemeIcon('circle-filled', conceptColor(index));
  item.contextValue = 'concept';
  if (!result || !asked) {
    item.description = String(own ? includedPairs(own).length : 0);
    item.tooltip = withNote(isolated(concept), own);
    return item;
  }
  const { kept, given } = result;
  const { geometry, product } = shownGeometry(result);
  const mean = meanLeaveOneOut.value(geometry);
  const more = [...(mean === null ? [] : [formatCosine(mean)]), ...leftOutText(result)];
  item.description = [`${kept}/${given}`, ...more].join(' · ');
  const parallel =
    mean === null ? '' : `; ${meanLeaveOneOut.label} ${meanLeaveOneOut.format(mean)} (${product})`;
  const { text } = verdictOf(geometry, asked);
  const pairs = [t`${isolated(concept)}: ${kept} of ${given} pairs kept`, ...leftOutText(result)];
  item.tooltip = withNote(`${pairs.join(', ')}${parallel}\n${capital(text)}`, own);
  return item;
}

/** The row under a concept without pairs; a click asks for one. */
export function noPairsItem({ concept }: ConceptReference): vscode.TreeItem {
  const item = new vscode.TreeItem(t('No pairs yet: add one…'), vscode.TreeItemCollapsibleState.None);
  item.iconPath = new vscode.ThemeIcon('add');
  item.contextValue = 'noPairs';
  item.tooltip = t('No pairs yet: click to type one, or select two words in a text and press Ctrl+Alt+P');
  item.command = {
    command: 'conceptProbe.typePairs',
    title: t('Add Pair…'),
    arguments: [{ concept } satisfies ConceptReference],
  };
  return item;
}

/** A text rather than Markdown, so that a note creates no links. */
function withNote(text: string, concept: Concept | undefined): string {
  return concept?.note === undefined ? text : `${text}\n\n${concept.note}`;
}

export function pairItem(
  reference: PairReference,
  concept: ConceptResult | undefined,
  result: PairResult | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(isolatedPairLabel(reference.pair), vscode.TreeItemCollapsibleState.None);
  item.contextValue = 'pair';
  item.command = { command: 'conceptProbe.revealPair', title: t('Reveal in Text'), arguments: [reference] };
  if (reference.pair.leftOut) return leftOut(item);
  if (!concept || !result) {
    item.iconPath = new vscode.ThemeIcon('circle-outline');
    return item;
  }
  const reason = shortDropReason(result);
  item.iconPath =
    reason === undefined
      ? new vscode.ThemeIcon('check')
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const cosine = shownCosine(concept, result);
  item.description =
    reason === undefined ? (cosine === null ? '' : formatCosine(cosine)) : t`${reason}, not used`;
  item.tooltip = cosineText(result, concept);
  return item;
}

/** A pair that stays in the concept file and changes no number. */
function leftOut(item: vscode.TreeItem): vscode.TreeItem {
  item.contextValue = 'pairLeftOut';
  item.iconPath = new vscode.ThemeIcon('circle-slash');
  item.description = t('left out');
  item.tooltip = t('Left out in the concept file: not counted until you include it again');
  return dimmed(item);
}

/** Dims a row that does not count now. */
export function dimmed(item: vscode.TreeItem): vscode.TreeItem {
  item.resourceUri = outdatedUri;
  if (item.iconPath instanceof vscode.ThemeIcon)
    item.iconPath = new vscode.ThemeIcon(item.iconPath.id, new vscode.ThemeColor('disabledForeground'));
  return item;
}
