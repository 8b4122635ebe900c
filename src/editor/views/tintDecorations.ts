import * as vscode from 'vscode';
import { standardized } from '../../reading/standardize';
import { tokensWithin, type Span } from '../../reading/textTint';
import { tintPeaks } from '../../reading/tintPeaks';
import { stepOf, stepsOf, strongestZ } from '../../reading/tintScale';
import { Disposable } from '../disposable';
import type { DocumentTint } from '../sessions/documentTint';
import type { Tints } from '../sessions/tints';
import { Throttle } from '../throttle';
import { spansOf } from '../visibleSpans';
import { cellOf, createRulerTypes, TintTypes } from './tintTypes';

/** Milliseconds between repaints while values arrive, which change the mean and the standard deviation. */
const colorInterval = 300;
/** The same for marks in the overview ruler, which take all tokens. */
const rulerInterval = 2000;
const scrollInterval = 40;
/** Characters painted before and after what is visible, so that scrolling rarely meets bare text. */
const margin = 6000;
/** Most marks in the overview ruler. */
const mostMarks = 200;

/** Colors the tokens of tinted documents: only where they are visible, and the peaks in the overview ruler. */
export class TintDecorations extends Disposable {
  readonly #types = this.register(new TintTypes());
  readonly #rulerTypes = createRulerTypes().map((type) => this.register(type));
  /** What is painted in each editor. */
  readonly #painted = new Map<
    vscode.TextEditor,
    { readonly spans: readonly Span[]; readonly concepts: number }
  >();
  readonly #colors = this.register(
    new Throttle(() => {
      this.#paintAll();
    }, colorInterval),
  );
  readonly #ruler = this.register(
    new Throttle(() => {
      this.#markAll();
    }, rulerInterval),
  );
  readonly #scrolled = this.register(
    new Throttle(() => {
      this.#paintScrolled();
    }, scrollInterval),
  );

  constructor(private readonly tints: Tints) {
    super();
    this.register(
      tints.onDidChange(() => {
        this.#colors.request();
        this.#ruler.request();
      }),
    );
    this.register(
      vscode.window.onDidChangeTextEditorVisibleRanges(() => {
        this.#scrolled.request();
      }),
    );
  }

  #paintAll(): void {
    const { visibleTextEditors } = vscode.window;
    for (const editor of this.#painted.keys())
      if (!visibleTextEditors.includes(editor)) this.#painted.delete(editor);
    for (const editor of visibleTextEditors) this.#paint(editor);
  }

  #paintScrolled(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const painted = this.#painted.get(editor);
      const isCovered = spansOf(editor).every(({ start, end }) =>
        painted?.spans.some((span) => span.start <= start && end <= span.end),
      );
      if (painted && !isCovered) this.#paint(editor);
    }
  }

  #paint(editor: vscode.TextEditor): void {
    const { document } = editor;
    const tint = this.tints.of(document);
    const concepts = this.#painted.get(editor)?.concepts;
    if (concepts !== undefined && concepts !== tint?.names.length) {
      for (const type of [...this.#types.of(concepts), ...this.#rulerTypes]) editor.setDecorations(type, []);
      this.#painted.delete(editor);
    }
    // VS Code moves the colors with the text until the places are known again.
    if (!tint || tint.isBehind) return;
    const spans = spansOf(editor).map(({ start, end }) => ({
      start: Math.max(0, start - margin),
      end: Math.min(tint.text.length, end + margin),
    }));
    const types = this.#types.of(tint.names.length);
    const ranges = rangesOf(tint, document, spans, types.length);
    types.forEach((type, cell) => {
      editor.setDecorations(type, ranges[cell]!);
    });
    this.#painted.set(editor, { spans, concepts: tint.names.length });
  }

  #markAll(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const tint = this.tints.of(editor.document);
      if (tint?.isBehind) continue;
      const marks: vscode.Range[][] = this.#rulerTypes.map(() => []);
      for (const { index, concept, z } of tint ? peaksIn(tint) : [])
        marks[2 * concept + Number(z > 0)]!.push(tokenRange(editor.document, tint!, index));
      this.#rulerTypes.forEach((type, i) => {
        editor.setDecorations(type, marks[i]!);
      });
    }
  }
}

function peaksIn({ tokens, references }: DocumentTint): ReturnType<typeof tintPeaks> {
  return tintPeaks(tokens, references, mostMarks, strongestZ);
}

/** The place of a token in the text. */
export function tokenRange(
  document: vscode.TextDocument,
  { tokens: { starts, ends } }: DocumentTint,
  index: number,
): vscode.Range {
  return new vscode.Range(document.positionAt(starts[index]!), document.positionAt(ends[index]!));
}

/** The places of the tokens within spans, by cell of the scale. */
function rangesOf(
  tint: DocumentTint,
  document: vscode.TextDocument,
  spans: readonly Span[],
  cells: number,
): vscode.Range[][] {
  const { tokens, references } = tint;
  const most = stepsOf(references.length);
  const ranges: vscode.Range[][] = Array.from({ length: cells }, () => []);
  for (const span of spans) {
    const [first, last] = tokensWithin(tokens, span);
    for (let token = first; token < last; token++) {
      if (tokens.starts[token] === tokens.ends[token]) continue;
      const steps = references.map((reference, concept) =>
        stepOf(standardized(tokens.values[concept]![token]!, reference), most),
      );
      const cell = cellOf(steps, most);
      if (cell !== undefined) ranges[cell]!.push(tokenRange(document, tint, token));
    }
  }
  return ranges;
}
