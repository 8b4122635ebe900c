import * as vscode from 'vscode';
import type { PairReference } from '../../protocol/panelMessages';
import { Disposable } from '../disposable';
import type { ConceptStore } from '../stores/conceptStore';
import type { TextOccurrences } from '../views/textOccurrences';

const pauseMilliseconds = 120;

/** The pairs of the word at the cursor, so that the panel can highlight them. */
export class CursorPairs extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<readonly PairReference[]>());
  readonly onDidChange = this.#changed.event;
  #timer: NodeJS.Timeout | undefined;
  #last = '[]';

  constructor(
    private readonly store: ConceptStore,
    private readonly occurrences: TextOccurrences,
  ) {
    super();
    const later = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#look();
      }, pauseMilliseconds);
    };
    this.register(vscode.window.onDidChangeTextEditorSelection(later));
    this.register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
  }

  #look(): void {
    const editor = vscode.window.activeTextEditor;
    const occurrence = editor && this.occurrences.at(editor.document, editor.selection.active);
    const pairs = (occurrence?.ends ?? []).flatMap(({ concept, pair }) => {
      const found = this.store.concepts[concept];
      const { base, target } = found?.pairs[pair] ?? {};
      return found && base !== undefined && target !== undefined
        ? [{ concept: found.name, pair: { base, target } }]
        : [];
    });
    const text = JSON.stringify(pairs);
    if (text === this.#last) return;
    this.#last = text;
    this.#changed.fire(pairs);
  }
}
