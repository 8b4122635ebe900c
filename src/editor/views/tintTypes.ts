import * as vscode from 'vscode';
import { stepsOf } from '../../reading/tintScale';
import { conceptColor } from './conceptColor';
import { tintColor } from './tintColors';

type Type = vscode.TextEditorDecorationType;

const fixed = { rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed };

/** A decoration type for each cell of the scale of one concept or two, created when first used. */
export class TintTypes implements vscode.Disposable {
  readonly #cells = new Map<number, readonly Type[]>();

  /** In the order of {@link cellOf}. */
  of(concepts: number): readonly Type[] {
    const known = this.#cells.get(concepts) ?? createCells(concepts);
    this.#cells.set(concepts, known);
    return known;
  }

  dispose(): void {
    for (const type of [...this.#cells.values()].flat()) type.dispose();
  }
}

/** The place of a cell among the types; `undefined` without a value. */
export function cellOf(steps: readonly number[], most: number): number | undefined {
  const cell = steps.reduce((sum, step) => sum * (2 * most + 1) + step + most, 0);
  return Number.isNaN(cell) ? undefined : cell;
}

/** The steps of every cell in order: those of the last concept change fastest. */
export function cellsOf(concepts: number): [number, number?][] {
  const most = stepsOf(concepts);
  const line = Array.from({ length: 2 * most + 1 }, (_, i) => i - most);
  return concepts === 1
    ? line.map((step): [number] => [step])
    : line.flatMap((x) => line.map((y): [number, number] => [x, y]));
}

function createCells(concepts: number): Type[] {
  const most = stepsOf(concepts);
  return cellsOf(concepts).map((steps) =>
    vscode.window.createTextEditorDecorationType({
      ...fixed,
      light: { backgroundColor: tintColor('light', steps, most) },
      dark: { backgroundColor: tintColor('dark', steps, most) },
    }),
  );
}

/** Marks in the overview ruler: below and above the mean, of the first concept and the second, in hues as in the text. */
export function createRulerTypes(): readonly Type[] {
  return [0, 1, 2, 3].map((index) =>
    vscode.window.createTextEditorDecorationType({
      ...fixed,
      overviewRulerColor: conceptColor(index),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    }),
  );
}
