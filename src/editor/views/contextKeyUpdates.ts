import * as vscode from 'vscode';
import { isHubReference } from '../../protocol/hubReference';
import { contextValues, type ContextKey, type Situation } from '../contextKeys';
import { Disposable } from '../disposable';
import type { ProbeSession } from '../sessions/probeSession';
import { setContextKey } from '../setContextKey';
import type { ConceptStore } from '../stores/conceptStore';
import { readSettings, settingsSection } from '../stores/settings';
import { textState } from '../textInFront';

/** What the context keys follow. */
export interface ContextKeySources {
  readonly store: ConceptStore;
  readonly session: ProbeSession;
  readonly panel: {
    readonly isVisible: boolean;
    onDidChangeVisibility(listener: () => void): vscode.Disposable;
  };
  /** The folder of the example. */
  readonly example: vscode.Uri;
}

/** Keeps the context keys up to date, on which commands and the walkthrough depend. */
export class ContextKeyUpdates extends Disposable {
  readonly #shown = new Map<ContextKey, boolean>();

  constructor(private readonly sources: ContextKeySources) {
    super();
    const update = (): void => {
      this.#update();
    };
    const { store, session, panel } = sources;
    this.register(store.onDidChange(update));
    this.register(session.onDidChange(update));
    this.register(panel.onDidChangeVisibility(update));
    this.register(vscode.window.onDidChangeVisibleTextEditors(update));
    this.register(vscode.window.onDidChangeActiveTextEditor(update));
    this.register(vscode.window.tabGroups.onDidChangeTabs(update));
    this.register(vscode.window.onDidChangeTextEditorSelection(update));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingsSection)) update();
      }),
    );
    update();
  }

  #update(): void {
    const values = Object.entries(contextValues(this.#situation())) as [ContextKey, boolean][];
    for (const [key, value] of values) {
      if (this.#shown.get(key) === value) continue;
      this.#shown.set(key, value);
      setContextKey(key, value);
    }
  }

  #situation(): Situation {
    const { store, session, panel, example } = this.sources;
    const { modelFolder } = readSettings();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    return {
      file: store.file,
      isInvalid: store.state.kind === 'invalid',
      can: { undo: store.canMove('undo'), redo: store.canMove('redo') },
      session: session.state,
      modelFolder,
      readsFromHub: isHubReference(modelFolder),
      text: textState(),
      isPanelVisible: panel.isVisible,
      isExample: folder?.uri.toString() === example.toString(),
    };
  }
}
