import type * as vscode from 'vscode';

/** Letters, marks and digits of any language, with apostrophes and hyphens inside. */
const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/u;

export interface SelectedWord {
  readonly text: string;
  readonly range: vscode.Range;
}

/** What is selected, in the order in which it was selected; where nothing is, the word at the caret. */
export function selectedWords({ document, selections }: vscode.TextEditor): SelectedWord[] {
  return selections.flatMap((selection) => {
    const range = selection.isEmpty
      ? document.getWordRangeAtPosition(selection.active, wordPattern)
      : selection;
    if (!range) return [];
    const text = document.getText(range).trim();
    return text === '' ? [] : [{ text, range }];
  });
}
