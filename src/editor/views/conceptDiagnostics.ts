import * as vscode from 'vscode';
import { conceptFilePattern, type ConceptStore } from '../stores/conceptStore';
import { Disposable } from '../disposable';
import { CapitalsFixes } from './capitalsFixes';
import type { ProbeSession } from '../sessions/probeSession';

/** Reports errors in a concept file in the text and in the Problems view. */
export class ConceptDiagnostics extends Disposable {
  constructor(store: ConceptStore, session: ProbeSession) {
    super();
    const fixes = new CapitalsFixes(store, session);
    this.register(vscode.languages.registerCodeActionsProvider({ pattern: conceptFilePattern }, fixes));
    const diagnostics = this.register(vscode.languages.createDiagnosticCollection('conceptProbe'));
    this.register(
      store.onDidChange(() => {
        diagnostics.clear();
        if (store.state.kind !== 'invalid') return;
        const { line, column, message } = store.state.problem;
        const range = new vscode.Range(line - 1, column - 1, line - 1, Number.MAX_SAFE_INTEGER);
        const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
        const diagnostic = new vscode.Diagnostic(range, sentence, vscode.DiagnosticSeverity.Error);
        diagnostic.source = 'Concept Probe';
        diagnostics.set(store.state.uri, [diagnostic]);
      }),
    );
  }
}
