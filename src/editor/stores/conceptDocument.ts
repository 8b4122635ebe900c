import { UserError } from '../../errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { emptyConceptFile, serializeConceptFile } from '../../concepts/conceptFile';
import { smallestChange } from '../../concepts/smallestChange';
import { whyNotWritable } from './whyNotWritable';

/* A concept file as VS Code sees it: the text in the editor takes precedence over the file on disk. */

const emptyText = serializeConceptFile(emptyConceptFile);

export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1)!;
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Whether the text is in a tab or has unsaved changes. */
export function isKept(document: vscode.TextDocument): boolean {
  return document.isDirty || isInTab(document.uri);
}

function isInTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** @throws vscode.FileSystemError */
export async function textOnDisk(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** The concept file that is created in a folder without one. */
export function conceptFileIn(folder: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(folder, 'pairs.concepts.json');
}

/** Creates the concept file of a workspace without one. It may exist already if the file search excludes it. */
export async function newConceptFile(folder: vscode.Uri): Promise<vscode.Uri> {
  const uri = conceptFileIn(folder);
  await createConceptFile(uri);
  return uri;
}

/** Creates an empty concept file. @returns false if there is such a file or an open text already */
export async function createConceptFile(uri: vscode.Uri): Promise<boolean> {
  // An empty file under a text that is already open would cause a conflict between the two.
  if (openDocument(uri) || (await exists(uri))) return false;
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(emptyText));
  } catch (error) {
    const why = (await reasonOf(uri, emptyText)) ?? (error instanceof Error ? error.message : String(error));
    throw new UserError(t`${nameOf(uri)} could not be written: ${why}.`);
  }
  return true;
}

/** The text that an edit starts from: the open text, or that of an empty file if the file was deleted and is not open. */
export async function startingText(document: vscode.TextDocument): Promise<string> {
  if (isKept(document)) return followDisk(document);
  return (await exists(document.uri)) ? followDisk(document) : emptyText;
}

/** Waits until a text without unsaved edits has caught up with the file on disk. */
async function followDisk(document: vscode.TextDocument): Promise<string> {
  for (let look = 0; look < 20 && !document.isDirty; look++) {
    const saved = await textOnDisk(document.uri).catch(() => document.getText());
    if (inLines(saved) === inLines(document.getText())) break;
    await sleep(50);
  }
  return document.getText();
}

/**
 * Replaces the text through the editor, so that undo works. @returns false if it has changed meanwhile or cannot be changed
 */
export async function replaceText(document: vscode.TextDocument, after: string): Promise<boolean> {
  const { start, end, replacement } = smallestChange(document.getText(), after);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  edit.replace(document.uri, range, replacement);
  return vscode.workspace.applyEdit(edit);
}

/** Why a save failed, as far as can be determined. @param saved the text last known to be on disk */
export async function saveProblem(
  document: vscode.TextDocument,
  saved: string | undefined,
): Promise<{ readonly reason: string | undefined; readonly isConflict: boolean }> {
  const reason = await reasonOf(document.uri, document.getText());
  if (reason !== undefined) return { reason, isConflict: false };
  const now = await textOnDisk(document.uri).catch(() => undefined);
  const isConflict = now !== undefined && saved !== undefined && inLines(now) !== inLines(saved);
  return {
    reason: isConflict ? t('the file on disk was changed by another program') : undefined,
    isConflict,
  };
}

function reasonOf({ scheme, fsPath }: vscode.Uri, text: string): Promise<string | undefined> {
  return scheme === 'file' ? whyNotWritable(fsPath, text.length) : Promise.resolve(undefined);
}

/** Normalizes line endings for comparison. */
function inLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
