import * as vscode from 'vscode';
import type { Tints } from '../sessions/tints';
import { ContextKeyUpdates, type ContextKeySources } from './contextKeyUpdates';
import type { Mark } from './markedWord';
import { ModelStatus } from './modelStatus';
import { showTints } from './showTints';
import { StatusBar } from './statusBar';

/** Shows the state of the extension outside its views: in the status bar, in tinted texts, and to commands. */
export function showState(
  sources: ContextKeySources & { readonly mark: Mark; readonly tints: Tints },
): vscode.Disposable {
  const { store, session, mark, tints } = sources;
  return vscode.Disposable.from(
    new StatusBar(store, session, mark),
    new ModelStatus(session),
    showTints(tints),
    new ContextKeyUpdates(sources),
  );
}
