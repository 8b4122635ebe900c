import * as vscode from 'vscode';

/** A folder of the user's choice for several files. */
export async function chooseFolder(title: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: 'Export Here',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

/** Where a save dialog begins: `name` in the first folder of the workspace. */
export function defaultUri(name: string): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {};
}

/** Writes files into a folder of the user's choice, and says so. */
export async function exportFiles(
  folder: vscode.Uri,
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
): Promise<void> {
  await Promise.all(files.map(({ name, content }) => writeFile(vscode.Uri.joinPath(folder, name), content)));
  sayExported(folder);
}

export function sayExported(target: vscode.Uri): void {
  vscode.window.setStatusBarMessage(`Exported to ${vscode.workspace.asRelativePath(target)}`, 8000);
}

export async function writeFile(target: vscode.Uri, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(target, bytes);
}
