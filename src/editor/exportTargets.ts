import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { npyFile } from '../export/npy';
import { writeFileAside } from '../export/resultFile';
import type { Matrix } from '../geometry/matrix';
import { showInformation } from './notify';

/** Asks for a folder for several files. */
export async function chooseFolder(title: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: t('Export Here'),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

/** The initial file of a save dialog: `name` in the first workspace folder. */
export function defaultUri(name: string): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {};
}

/** Writes tables to a folder that the user selects, and confirms it. */
export function exportTables(
  folder: vscode.Uri,
  tables: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  return exportFiles(
    folder,
    tables.map(({ name, text }) => ({ name, content: text })),
  );
}

/** Writes matrices as NumPy files to a folder that the user selects, and confirms it. */
export function exportMatrices(
  folder: vscode.Uri,
  matrices: readonly { readonly name: string; readonly values: Matrix }[],
): Promise<void> {
  return exportFiles(
    folder,
    matrices.map(({ name, values }) => ({ name: `${name}.npy`, content: npyFile(values) })),
  );
}

async function exportFiles(
  folder: vscode.Uri,
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
): Promise<void> {
  await Promise.all(files.map(({ name, content }) => writeFile(vscode.Uri.joinPath(folder, name), content)));
  sayExported(folder);
}

/** Confirms an export with what people do next: *Open* a file that VS Code or the browser can show, and *Reveal*. */
export function sayExported(target: vscode.Uri, details?: string): void {
  const canOpen = /\.(?:csv|html|json|png|svg|tsv|txt)$/u.test(target.path);
  const path = vscode.workspace.asRelativePath(target);
  const message = details === undefined ? t`Exported to ${path}.` : t`Exported to ${path} (${details}).`;
  const [open, reveal] = [t('Open'), t('Reveal')];
  // The export itself does not wait for an answer.
  void showInformation(message, ...(canOpen ? [open, reveal] : [reveal])).then((choice) =>
    choice === open ? openExported(target) : choice === reveal ? revealExported(target) : undefined,
  );
}

async function openExported(target: vscode.Uri): Promise<void> {
  // A report is a page for the browser.
  if (target.path.endsWith('.html') && (await vscode.env.openExternal(target))) return;
  await vscode.commands.executeCommand('vscode.open', target);
}

/** In the *Explorer* if it is in the workspace, otherwise where the system shows its files. */
async function revealExported(target: vscode.Uri): Promise<void> {
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(target) !== undefined;
  await vscode.commands.executeCommand(isInWorkspace ? 'revealInExplorer' : 'revealFileInOS', target);
}

/** On a local disk the file is replaced only once the new one is complete; other file systems follow their own rules. */
export async function writeFile(target: vscode.Uri, content: string | Uint8Array): Promise<void> {
  if (target.scheme === 'file') return writeFileAside(target.fsPath, content);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(target, bytes);
}
