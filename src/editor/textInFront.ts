import * as vscode from 'vscode';
import { conceptFileSuffix } from '../concepts/conceptFile';
import type { Situation } from './contextKeys';

const schemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs']);

/** Whether it is a text that a person reads: not the other side of a diff, and not an output channel. */
export function isReadable({ uri }: { readonly uri: vscode.Uri }): boolean {
  return schemes.has(uri.scheme);
}

/**
 * The editor of the text that a person reads: the active one; while the panel or the tree has the focus, the visible one
 * with a selection; and if another tab hides the text, the text is shown again.
 */
export async function textInFront(): Promise<vscode.TextEditor | undefined> {
  const visible = visibleText();
  if (visible) return visible;
  const hidden = hiddenText();
  return hidden && vscode.window.showTextDocument(hidden.uri, { viewColumn: hidden.viewColumn });
}

/** What commands on the text in front can act on. */
export function textState(): Situation['text'] {
  const editor = visibleText();
  if (!editor) return hiddenText() ? 'visible' : 'none';
  return hasSelection(editor) ? 'selected' : 'visible';
}

function visibleText(): vscode.TextEditor | undefined {
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
  // An output channel is a text editor, too.
  if (active && active.document.uri.scheme !== 'output') return active;
  return [...visible.filter(hasSelection), ...visible].find(({ document }) => isReadable(document));
}

function hasSelection({ selections }: vscode.TextEditor): boolean {
  return selections.some(({ isEmpty }) => !isEmpty);
}

/**
 * The text behind other tabs, such as the walkthrough: the nearest tab on the left, where a tab was opened from, or else on
 * the right.
 */
function hiddenText(): { readonly uri: vscode.Uri; readonly viewColumn: vscode.ViewColumn } | undefined {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const groups = [activeTabGroup, ...all.filter((group) => group !== activeTabGroup)];
  for (const { tabs, viewColumn } of groups) {
    const active = tabs.findIndex(({ isActive }) => isActive);
    const byDistance = [...tabs.slice(0, active + 1).reverse(), ...tabs.slice(active + 1)];
    for (const { input } of byDistance) {
      const isText = input instanceof vscode.TabInputText && isReadable(input);
      if (isText && !input.uri.path.endsWith(conceptFileSuffix)) return { uri: input.uri, viewColumn };
    }
  }
  return undefined;
}
