import * as vscode from 'vscode';
import { conceptColor, conceptColorCount } from './conceptColor';
import type { ConceptStore } from '../stores/conceptStore';
import { Disposable } from '../disposable';
import { rangeOf, type TextOccurrences } from './textOccurrences';

const pauseMilliseconds = 100;

/**
 * Underlines the words of pairs in their concept's colour wherever both words of a pair occur in a text, and emphasizes those of the
 * concept that is selected in the panel.
 */
export class PairDecorations extends Disposable {
  readonly #types = Array.from({ length: conceptColorCount }, (_, index) =>
    this.register(underline(conceptColor(index))),
  );
  /** Used while the concept file is invalid. */
  readonly #dimmed = this.register(underline(new vscode.ThemeColor('disabledForeground')));
  readonly #emphasis = this.register(
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
      // High-contrast themes have no such background.
      fontWeight: 'bold',
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
  #emphasized: string | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: ConceptStore,
    private readonly occurrences: TextOccurrences,
  ) {
    super();
    const later = (): void => {
      this.#later();
    };
    this.register(store.onDidChange(later));
    this.register(vscode.window.onDidChangeVisibleTextEditors(later));
    this.register(vscode.workspace.onDidChangeTextDocument(later));
    this.register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
    later();
  }

  /** Emphasizes the words of one concept, or none. */
  emphasize(concept: string | null): void {
    if (concept === this.#emphasized) return;
    this.#emphasized = concept;
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const editor of vscode.window.visibleTextEditors) this.#decorate(editor);
    }, pauseMilliseconds);
  }

  #decorate(editor: vscode.TextEditor): void {
    const ranges: vscode.Range[][] = this.#types.map(() => []);
    const emphasized: vscode.Range[] = [];
    const isDimmed = this.store.state.kind === 'invalid';
    for (const occurrence of this.occurrences.in(editor.document)) {
      // A word of several concepts has the first one's colour; its hover lists them all.
      const range = rangeOf(editor.document, occurrence);
      ranges[occurrence.ends[0]!.concept % conceptColorCount]!.push(range);
      const names = occurrence.ends.map(({ concept }) => this.store.concepts[concept]?.name);
      if (this.#emphasized !== null && names.includes(this.#emphasized)) emphasized.push(range);
    }
    this.#types.forEach((type, index) => {
      editor.setDecorations(type, isDimmed ? [] : ranges[index]!);
    });
    editor.setDecorations(this.#emphasis, isDimmed ? [] : emphasized);
    editor.setDecorations(this.#dimmed, isDimmed ? ranges.flat() : []);
  }
}

function underline(color: vscode.ThemeColor): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    borderWidth: '0 0 2px 0',
    borderStyle: 'solid',
    borderColor: color,
    overviewRulerColor: color,
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
