import * as vscode from 'vscode';
import type { Place } from '../../concepts/conceptPlaces';
import type { ConceptStore } from '../stores/conceptStore';

export function rangeAt(document: vscode.TextDocument, { start, end }: Place): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Whether the text is that of the current concept file. */
export function isConceptText({ state }: ConceptStore, document: vscode.TextDocument): boolean {
  return state.kind !== 'none' && state.uri.toString() === document.uri.toString();
}
