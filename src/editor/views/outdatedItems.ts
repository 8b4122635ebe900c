import * as vscode from 'vscode';

/** What a row of a tree stands for while its numbers are old: VS Code colours rows by what they stand for. */
export const outdatedUri = vscode.Uri.from({ scheme: 'concept-probe-outdated', path: '/' });

/** Dims the rows that stand for {@link outdatedUri}. */
export class OutdatedItems implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    return uri.scheme === outdatedUri.scheme
      ? new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor('disabledForeground'))
      : undefined;
  }
}
