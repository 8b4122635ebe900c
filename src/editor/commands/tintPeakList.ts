import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { UserError } from '../../errors';
import { formatDecimal } from '../../format/numbers';
import { plural } from '../../format/plural';
import { standardized } from '../../reading/standardize';
import { tintPeaks } from '../../reading/tintPeaks';
import { plainText } from '../plainText';
import type { DocumentTint } from '../sessions/documentTint';
import { tokenRange } from '../views/tintDecorations';

const mostPeaks = 50;
/** Characters of text shown before and after a peak. */
const around = 40;

interface PeakItem extends vscode.QuickPickItem {
  readonly range: vscode.Range;
}

/**
 * *Show Tint Peaks…*: a list of the strongest places, strongest first. The text follows the list; Escape brings it back to
 * where it was.
 */
export async function showPeaks(tint: DocumentTint): Promise<void> {
  const items = peakItems(tint);
  if (items.length === 0) throw new UserError(t('Nothing is measured yet; try again in a moment.'));
  const editor = await vscode.window.showTextDocument(tint.document, {
    viewColumn: columnOf(tint.document),
    preserveFocus: true,
  });
  const { selections, visibleRanges } = editor;
  const pick = vscode.window.createQuickPick<PeakItem>();
  pick.title = t`Peaks of ${tint.names.join(' × ')}, Strongest First`;
  pick.placeholder = t`${plural(items.length, 'place')} where |z| is largest. Arrow keys preview them`;
  pick.items = items;
  pick.matchOnDescription = pick.matchOnDetail = true;
  const reveal = ({ range }: PeakItem): void => {
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  };
  let isAccepted = false;
  pick.onDidChangeActive(([item]) => {
    if (item) reveal(item);
  });
  pick.onDidAccept(() => {
    isAccepted = pick.activeItems.length > 0;
    pick.hide();
  });
  pick.onDidHide(() => {
    pick.dispose();
    if (isAccepted)
      void vscode.window.showTextDocument(tint.document, { viewColumn: columnOf(tint.document) });
    else {
      editor.selections = selections;
      if (visibleRanges[0]) editor.revealRange(visibleRanges[0], vscode.TextEditorRevealType.AtTop);
    }
  });
  pick.show();
}

function columnOf(document: vscode.TextDocument): vscode.ViewColumn {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  return shown?.viewColumn ?? vscode.ViewColumn.Active;
}

function peakItems(tint: DocumentTint): PeakItem[] {
  const { document, tokens, references, names } = tint;
  const text = document.getText();
  return tintPeaks(tokens, references, mostPeaks).map(({ index, concept }) => {
    const [start, end] = [tokens.starts[index]!, tokens.ends[index]!];
    const range = tokenRange(document, tint, index);
    const z = references.map((reference, i) =>
      formatDecimal(standardized(tokens.values[i]![index]!, reference), 2),
    );
    const which = names.length === 1 ? '' : ` (${names[concept]!})`;
    return {
      label: plainText(visibleToken(text.slice(start, end))),
      description: plainText(`${t`line ${range.start.line + 1}`} · z ${z.join(', ')}${which}`),
      detail: plainText(snippet(text, start, end)),
      range,
    };
  });
}

/** "… beside a [queen], and neither …" in whole words and on one line. */
function snippet(text: string, start: number, end: number): string {
  const token = text.slice(start, end);
  const spaces = token.length - token.trimStart().length;
  const before = text.slice(Math.max(0, start - around), start + spaces);
  const after = text.slice(end, end + around);
  const parts = [
    start > around ? before.replace(/^\S*\s/u, '… ') : before,
    `[${visibleToken(token)}]`,
    end + around < text.length ? after.replace(/\s\S*$/u, ' …') : after,
  ];
  return parts.join('').replace(/\s+/gu, ' ');
}

function visibleToken(token: string): string {
  return token.trim() || (token.includes('\n') ? '⏎' : '␣');
}
