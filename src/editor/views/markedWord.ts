import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { setContextKey } from '../setContextKey';

/** A word marked as the base of the next pair. */
export interface MarkedWord {
  readonly word: string;
  readonly document: vscode.Uri;
  readonly range: vscode.Range;
}

/** Shows the mark in the text, and clears it when that text changes. */
export class Mark extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #decoration = this.register(
    vscode.window.createTextEditorDecorationType({
      borderWidth: '1px',
      borderStyle: 'dashed',
      borderColor: new vscode.ThemeColor('focusBorder'),
      after: { contentText: ' → …', color: new vscode.ThemeColor('descriptionForeground') },
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
  #marked: MarkedWord | undefined;

  constructor() {
    super();
    this.register(
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#show();
      }),
    );
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#marked?.document.toString() === document.uri.toString())
          this.clear();
      }),
    );
  }

  get marked(): MarkedWord | undefined {
    return this.#marked;
  }

  set(marked: MarkedWord): void {
    this.#change(marked);
  }

  clear(): void {
    if (this.#marked) this.#change(undefined);
  }

  #change(marked: MarkedWord | undefined): void {
    this.#marked = marked;
    setContextKey('hasMark', marked !== undefined);
    this.#show();
    this.#changed.fire();
  }

  #show(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const isHere = this.#marked?.document.toString() === editor.document.uri.toString();
      editor.setDecorations(this.#decoration, this.#marked && isHere ? [this.#marked.range] : []);
    }
  }
}
