import * as vscode from 'vscode';
import type { Span } from '../reading/textTint';

/** Characters of a visible range that count: more fit on no screen, but a line without a break may be much longer. */
const most = 30_000;

/** What is visible of a document, in all editors. */
export function visibleSpans(document: vscode.TextDocument): Span[] {
  return vscode.window.visibleTextEditors.filter((editor) => editor.document === document).flatMap(spansOf);
}

/** What is visible in an editor. */
export function spansOf({ document, visibleRanges }: vscode.TextEditor): Span[] {
  return visibleRanges.map((range) => {
    const start = document.offsetAt(range.start);
    // The last line is reported up to its beginning.
    const end = document.offsetAt(document.lineAt(range.end.line).range.end);
    return { start, end: Math.min(end, start + most) };
  });
}
