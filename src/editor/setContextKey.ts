import * as vscode from 'vscode';
import type { ContextKey } from './contextKeys';

/** Sets a key that `when` and `enablement` in package.json read as `conceptProbe.KEY`. */
export function setContextKey(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `conceptProbe.${key}`, value);
}
