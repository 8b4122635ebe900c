import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import type { Tints } from '../sessions/tints';
import { ContextKeyUpdates, type ContextKeySources } from './contextKeyUpdates';
import type { Mark } from './markedWord';
import { ModelStatus } from './modelStatus';
import { showOpenings } from './showOpenings';
import { showTints } from './showTints';
import { StatusBar } from './statusBar';

/** Shows the state of the extension outside its views: in the status bar, in tinted texts, and to commands. */
export function showState(
  sources: ContextKeySources & {
    readonly engine: EngineClient;
    readonly mark: Mark;
    readonly tints: Tints;
  },
): vscode.Disposable {
  const { engine, store, session, mark, tints } = sources;
  return vscode.Disposable.from(
    new StatusBar(store, session, mark),
    new ModelStatus(session),
    showOpenings(engine),
    showTints(tints),
    new ContextKeyUpdates(sources),
  );
}
