import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Concept, CounterfactualPair } from '../../concepts/concept';
import { contextLabel } from '../../format/contextText';
import { isolated } from '../../format/isolated';
import { plural } from '../../format/plural';
import type { ContextReference } from '../conceptReference';

/* The rows of contexts in the *Concepts* view. */

/** Characters of a context: the end of a long one should be visible in a side bar of usual width. */
const mostInTree = 26;

export function contextsItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Contexts'), vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon('quote');
  item.contextValue = 'contexts';
  item.tooltip = t('Contexts that the concepts are measured in or aligned with');
  return item;
}

/** @param list the set as {@link sectionOf} has it */
export function contextSetItem(reference: ContextReference, list: Concept | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(isolated(reference.concept), vscode.TreeItemCollapsibleState.Collapsed);
  const isPairs = reference.section === 'contextPairs';
  item.iconPath = new vscode.ThemeIcon(isPairs ? 'arrow-swap' : 'tag');
  item.contextValue = 'contextSet';
  item.description = plural(list?.pairs.length ?? 0, isPairs ? 'pair' : 'text');
  const name = isolated(reference.concept);
  item.tooltip = isPairs ? t`${name}: pairs of contexts` : t`${name}: contexts with this label`;
  return item;
}

export function contextItem(
  reference: ContextReference & { readonly pair: CounterfactualPair },
): vscode.TreeItem {
  const { section, concept, pair } = reference;
  const item = new vscode.TreeItem(contextLabel(pair, mostInTree), vscode.TreeItemCollapsibleState.None);
  item.contextValue = 'contextEntry';
  item.tooltip =
    pair.target === '' ? isolated(pair.base) : `${isolated(pair.base)}\n→\n${isolated(pair.target)}`;
  item.command = {
    command: 'conceptProbe.revealContexts',
    title: t('Reveal in Concept File'),
    arguments: [{ section, concept, pair } satisfies ContextReference],
  };
  return item;
}
