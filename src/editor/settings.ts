import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { ModelChoice } from '../protocol/engineMessages';

/** What the user may set, read when needed. */
export interface Settings {
  readonly model: ModelChoice;
  readonly seed: number;
}

export const settingsSection = 'conceptProbe';

export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration(settingsSection);
  const folder = configuration.get<string>('modelFolder', '').trim();
  return { model: folder === '' ? null : resolveFolder(folder), seed: configuration.get<number>('seed', 0) };
}

/** `~` is the home folder; a relative path is one in the first workspace folder. */
function resolveFolder(folder: string): string {
  if (folder === '~' || /^~[\\/]/u.test(folder)) return join(homedir(), folder.slice(1));
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return root === undefined ? folder : resolve(root, folder);
}
