import * as vscode from 'vscode';
import { findOccurrences, type Occurrence } from '../../concepts/occurrences';
import type { ConceptStore } from '../stores/conceptStore';
import { Disposable } from '../disposable';

/** Longer texts are not decorated: searching them at every keystroke would be noticeable. */
const longestText = 5_000_000;

/** The occurrences of pairs in the open texts, computed once for each version of a text and of the concepts. */
export class TextOccurrences extends Disposable {
  #cache = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly found: readonly Occurrence[] }
  >();

  constructor(private readonly store: ConceptStore) {
    super();
    this.register(
      store.onDidChange(() => {
        this.#cache = new WeakMap();
      }),
    );
  }

  in(document: vscode.TextDocument): readonly Occurrence[] {
    const known = this.#cache.get(document);
    if (known?.version === document.version) return known.found;
    const text = document.getText();
    const found = text.length > longestText ? [] : findOccurrences(text, this.store.concepts);
    this.#cache.set(document, { version: document.version, found });
    return found;
  }

  at(document: vscode.TextDocument, position: vscode.Position): Occurrence | undefined {
    const offset = document.offsetAt(position);
    return this.in(document).find(({ start, end }) => start <= offset && offset <= end);
  }
}

export function rangeOf(document: vscode.TextDocument, { start, end }: Occurrence): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
