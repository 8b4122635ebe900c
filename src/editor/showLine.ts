import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConceptFileProblem } from '../concepts/conceptFile';
import type { UserAction } from './attempt';

type Place = Pick<ConceptFileProblem, 'line' | 'column'>;

/** Places the cursor at the error in a concept file. */
export async function showLine(uri: vscode.Uri, { line, column }: Place): Promise<void> {
  const position = new vscode.Position(line - 1, column - 1);
  const shown = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(position, position),
    // Not in the panel's column, from where this may be called.
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
  });
}

/** *Open Line 3* */
export function openLine(uri: vscode.Uri, place: Place): UserAction {
  return { title: openLineTitle(place.line), run: () => showLine(uri, place) };
}

export function openLineTitle(line: number): string {
  return t`Open Line ${line}`;
}
