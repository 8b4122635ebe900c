import * as vscode from 'vscode';

/** The resource of a tree row that does not count now, such as one whose numbers are out of date: VS Code colours rows by their resource. */
export const outdatedUri = vscode.Uri.from({ scheme: 'concept-probe-outdated', path: '/' });

/** Dims the rows whose resource is {@link outdatedUri}. */
export class OutdatedItems implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    return uri.scheme === outdatedUri.scheme
      ? new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor('disabledForeground'))
      : undefined;
  }
}
