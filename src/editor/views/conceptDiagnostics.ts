import * as vscode from 'vscode';
import { conceptFilePattern, type ConceptStore } from '../stores/conceptStore';
import { openDocument } from '../stores/conceptDocument';
import { Disposable } from '../disposable';
import { isConceptText } from './conceptFileText';
import { DropActions, dropHints } from './dropActions';
import type { ProbeSession } from '../sessions/probeSession';

/** Reports errors in a concept file in the text and in the Problems view, and marks pairs that do not count. */
export class ConceptDiagnostics extends Disposable {
  readonly #diagnostics = this.register(vscode.languages.createDiagnosticCollection('conceptProbe'));

  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
  ) {
    super();
    const actions = new DropActions(store, session);
    this.register(vscode.languages.registerCodeActionsProvider({ pattern: conceptFilePattern }, actions));
    const update = (): void => {
      this.#update();
    };
    this.register(store.onDidChange(update));
    this.register(
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isConceptText(store, document)) update();
      }),
    );
    let shown = session.state.result;
    this.register(
      session.onDidChange(({ result }) => {
        if (result !== shown) update();
        shown = result;
      }),
    );
  }

  #update(): void {
    const { state } = this.store;
    this.#diagnostics.clear();
    if (state.kind === 'none') return;
    if (state.kind === 'valid') {
      const document = openDocument(state.uri);
      if (document) this.#diagnostics.set(state.uri, dropHints(document, this.store, this.session));
      return;
    }
    const { line, column, message } = state.problem;
    const range = new vscode.Range(line - 1, column - 1, line - 1, Number.MAX_SAFE_INTEGER);
    const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
    const diagnostic = new vscode.Diagnostic(range, sentence, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'Concept Probe';
    this.#diagnostics.set(state.uri, [diagnostic]);
  }
}
