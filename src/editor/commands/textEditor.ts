import * as vscode from 'vscode';

/** The active text editor; while the panel or the tree has the focus, the visible one with a selection. */
export function textEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return (
    activeTextEditor ??
    visibleTextEditors.find(({ selection }) => !selection.isEmpty) ??
    visibleTextEditors[0]
  );
}
