import * as vscode from 'vscode';

/** Colours that package.json contributes. In the webview they are `--vscode-conceptProbe-concept1` and so on. */
export const conceptColorCount = 8;

/** The colour of the concept at `index` of the file; they repeat after eight. */
export function conceptColor(index: number): vscode.ThemeColor {
  return new vscode.ThemeColor(`conceptProbe.concept${(index % conceptColorCount) + 1}`);
}
