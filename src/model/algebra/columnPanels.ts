/**
 * The lower triangle of a symmetric or triangular matrix in panels of columns: panel k contains rows k·width … size − 1 of
 * columns k·width … , row-major. It takes half the memory of the square, and every panel is one operand of a matrix product.
 */
export interface Panels {
  readonly size: number;
  readonly width: number;
  readonly panels: readonly (Float32Array | Float64Array)[];
}

/** Wide enough for fast products, narrow enough for little work in plain loops within a block. */
export const panelWidth = 256;

export interface PanelShape {
  /** Index of the first row and of the first column. */
  readonly start: number;
  readonly columns: number;
  /** Number of rows from the first one down. */
  readonly rows: number;
}

/** Start and size of each panel of a `[size, size]` matrix. */
export function panelShapes(size: number, width = panelWidth): PanelShape[] {
  return Array.from({ length: Math.ceil(size / width) }, (_, k) => ({
    start: k * width,
    columns: Math.min(width, size - k * width),
    rows: size - k * width,
  }));
}

/** Panels filled with zeros. */
export function emptyPanels(
  size: number,
  Numbers: typeof Float32Array | typeof Float64Array = Float64Array,
): Panels {
  const panels = panelShapes(size).map(({ rows, columns }) => new Numbers(rows * columns));
  return { size, width: panelWidth, panels };
}

/**
 * The block at panels `row` and `column` ≤ `row`, `[columns of row, columns of column]`: a view, or a copy in single
 * precision.
 */
export function panelBlock({ size, width, panels }: Panels, row: number, column: number): Float32Array {
  const columns = Math.min(width, size - column * width);
  const [from, to] = [(row - column) * width, Math.min((row - column + 1) * width, size - column * width)];
  const block = panels[column]!.subarray(from * columns, to * columns);
  return block instanceof Float32Array ? block : new Float32Array(block);
}
