/**
 * The lower half of a symmetric or triangular matrix in panels of columns: panel k holds rows k·width … size − 1 of
 * columns k·width … , row-major. Half the memory of the square, and every panel is one operand of a matrix product.
 */
export interface Panels {
  readonly size: number;
  readonly width: number;
  readonly panels: readonly (Float32Array | Float64Array)[];
}

/** Wide enough for fast products, narrow enough that the plain work inside a block stays small. */
export const panelWidth = 256;

export interface PanelShape {
  /** First row, and first column. */
  readonly start: number;
  readonly columns: number;
  /** From the first row down. */
  readonly rows: number;
}

/** Where each panel of a `[size, size]` matrix begins and how large it is. */
export function panelShapes(size: number, width = panelWidth): PanelShape[] {
  return Array.from({ length: Math.ceil(size / width) }, (_, k) => ({
    start: k * width,
    columns: Math.min(width, size - k * width),
    rows: size - k * width,
  }));
}

/** All zero. */
export function emptyPanels(
  size: number,
  Numbers: typeof Float32Array | typeof Float64Array = Float64Array,
): Panels {
  const panels = panelShapes(size).map(({ rows, columns }) => new Numbers(rows * columns));
  return { size, width: panelWidth, panels };
}

/** Where panels `row` and `column` ≤ `row` meet, `[columns of row, columns of column]`: a view, or a copy in single precision. */
export function panelBlock({ size, width, panels }: Panels, row: number, column: number): Float32Array {
  const columns = Math.min(width, size - column * width);
  const [from, to] = [(row - column) * width, Math.min((row - column + 1) * width, size - column * width)];
  const block = panels[column]!.subarray(from * columns, to * columns);
  return block instanceof Float32Array ? block : new Float32Array(block);
}
