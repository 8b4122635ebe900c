import * as vscode from 'vscode';
import { conceptColor, conceptColorCount } from './conceptColor';
import type { ConceptStore } from '../stores/conceptStore';
import { Disposable } from '../disposable';
import { isCounted } from '../sessions/pairResults';
import type { ProbeSession } from '../sessions/probeSession';
import { rangeOf, type TextOccurrences } from './textOccurrences';

const pauseMilliseconds = 100;

/**
 * Underlines the words of pairs in their concept's colour wherever both words of a pair occur in a text, with dashes if no pair of the
 * word counts, and emphasizes those of the concept that is selected in the panel.
 */
export class PairDecorations extends Disposable {
  readonly #types = Array.from({ length: conceptColorCount }, (_, index) =>
    this.register(underline(conceptColor(index))),
  );
  /** For words whose pairs do not count. */
  readonly #dashed = Array.from({ length: conceptColorCount }, (_, index) =>
    this.register(underline(conceptColor(index), 'dashed')),
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
    private readonly session: ProbeSession,
    private readonly occurrences: TextOccurrences,
  ) {
    super();
    const later = (): void => {
      this.#later();
    };
    this.register(store.onDidChange(later));
    let { result } = session.state;
    this.register(
      session.onDidChange((state) => {
        if (state.result !== result) later();
        ({ result } = state);
      }),
    );
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
    const { concepts } = this.store;
    const { result } = this.session.state;
    const counted: vscode.Range[][] = this.#types.map(() => []);
    const others: vscode.Range[][] = this.#dashed.map(() => []);
    const emphasized: vscode.Range[] = [];
    const isDimmed = this.store.state.kind === 'invalid';
    for (const occurrence of this.occurrences.in(editor.document)) {
      // A word of several concepts has the colour of the first one in which it counts; its hover lists them all.
      const range = rangeOf(editor.document, occurrence);
      const first = occurrence.ends.find(({ concept, pair }) => isCounted(result, concepts[concept]!, pair));
      const { concept: shown } = first ?? occurrence.ends[0]!;
      (first ? counted : others)[shown % conceptColorCount]!.push(range);
      const names = occurrence.ends.map(({ concept }) => concepts[concept]?.name);
      if (this.#emphasized !== null && names.includes(this.#emphasized)) emphasized.push(range);
    }
    const show = (types: readonly vscode.TextEditorDecorationType[], ranges: vscode.Range[][]): void => {
      types.forEach((type, index) => {
        editor.setDecorations(type, isDimmed ? [] : ranges[index]!);
      });
    };
    show(this.#types, counted);
    show(this.#dashed, others);
    editor.setDecorations(this.#emphasis, isDimmed ? [] : emphasized);
    editor.setDecorations(this.#dimmed, isDimmed ? [...counted, ...others].flat() : []);
  }
}

function underline(color: vscode.ThemeColor, borderStyle = 'solid'): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    borderWidth: '0 0 2px 0',
    borderStyle,
    borderColor: color,
    overviewRulerColor: color,
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
