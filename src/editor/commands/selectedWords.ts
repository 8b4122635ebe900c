import type * as vscode from 'vscode';

/**
 * Numbers such as 1,000 and 3.14, abbreviations such as U.S., and letters, marks and digits of any language with inner
 * apostrophes and hyphens, and with the signs at the end of C# and C++.
 */
const wordPattern =
  /\p{N}+(?:[.,]\p{N}+)+|(?:\p{L}\.){2,}|[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*(?:\+\+|#)?/u;

export interface SelectedWord {
  readonly text: string;
  readonly range: vscode.Range;
}

/** The selected words in the order of their selection; without a selection, the word at the cursor. */
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
