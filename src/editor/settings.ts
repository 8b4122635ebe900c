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
  return { model: folder === '' ? null : folder, seed: configuration.get<number>('seed', 0) };
}
