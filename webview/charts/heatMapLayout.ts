import type { ClusterTree } from '../../src/geometry/clusterTree';
import type { Matrix } from '../../src/geometry/matrix';
import type { Cell } from './picture';
import { widthForLabels, type Measure } from './textWidth';
import { wholePlot, type Zoom } from './zoom';

/** A matrix of cosines with the names of its rows. */
export interface HeatMap {
  readonly labels: readonly string[];
  /** Names of the columns; by default those of the rows. */
  readonly columnLabels?: readonly string[] | undefined;
  /** Whether rows that are not the columns may be lower than their names, so that the whole map is seen. */
  readonly isWhole?: boolean | undefined;
  readonly cosine: Matrix;
  readonly describe: (cell: Cell) => readonly string[];
  /** Cells with a dot in their corner; ignored where {@link canMarkCells} returns false. */
  readonly isMarked?: ((cell: Cell) => boolean) | undefined;
  /**
   * Whether the diagonal compares each row with itself, which is 1 by definition: it stays empty, so that nobody takes it for a
   * finding. Ignored where {@link canMarkCells} returns false.
   */
  readonly isSelfDiagonal?: boolean | undefined;
  /** Drawn beside a map in its order. */
  readonly tree?: ClusterTree | null | undefined;
}

/** Maps with more rows are painted as a single image. */
export const mostSeparateCells = 60;

/** Whether the cells of a map with this many rows are drawn one by one. */
export function canMarkCells(rows: number): boolean {
  return rows <= mostSeparateCells;
}

/** The layout of a heat map, in CSS pixels. The cells of a map with the same rows and columns are square. */
export interface HeatMapLayout {
  /** Width of a cell. */
  readonly cell: number;
  readonly rowHeight: number;
  readonly gap: number;
  readonly left: number;
  readonly top: number;
  readonly plot: number;
  readonly plotHeight: number;
  readonly width: number;
  readonly height: number;
  /** Font size of the labels. */
  readonly labelSize: number;
  readonly lineHeight: number;
  /** Maximum width of a row's label. */
  readonly labelWidth: number;
  readonly columnLabelWidth: number;
  /** Rotation of the column labels in degrees. */
  readonly rotate: 0 | 45 | 90;
  /** Only every `labelStep`-th column has a label, and every such row of a square map. */
  readonly labelStep: number;
  readonly rowLabelStep: number;
}

export const largestCell = 64;
/** Of a map whose rows are not its columns: each row has its label, however many columns there are. */
const shortestRow = 20;
/** A map of very many rows that is to be seen as a whole is as high as it is wide, or at least this. */
const wholeHeight = 600;
const narrowestLabel = 64;
const labelGap = 9;
/** Half a line, for the labels of the first and last row. */
const margin = 6;
/** Line height of labels by font size. A smaller font is used if it leaves a label for every row. */
const lines = [
  { labelSize: 11, lineHeight: 13 },
  { labelSize: 10, lineHeight: 11 },
  { labelSize: 9, lineHeight: 10 },
] as const;

/**
 * The whole map always fits into `spaceWidth`, so that every row and column is visible. If the cells are too small for a
 * label each, only every `labelStep`-th row and column has one.
 *
 * @param inWholePixels whether cells are drawn one by one, which looks uniform only with whole pixels
 * @param measureAt measures text at a font size
 * @param columnLabels of a map whose columns are not its rows
 */
export function heatMapLayout(
  labels: readonly string[],
  spaceWidth: number,
  inWholePixels: boolean,
  measureAt: (labelSize: number) => Measure,
  columnLabels?: readonly string[],
  isWhole = false,
): HeatMapLayout {
  const n = Math.max(1, (columnLabels ?? labels).length);
  const layoutOf = ({ labelSize, lineHeight }: (typeof lines)[number], mostWidth: number): HeatMapLayout => {
    const labelWidth = Math.min(mostWidth, widthForLabels(labels, spaceWidth, measureAt(labelSize)));
    const left = labelWidth + labelGap;
    const cell = cellSize((spaceWidth - left - margin) / n, inWholePixels);
    const plot = Math.round(n * cell);
    const readable = columnLabels ? Math.max(cell, shortestRow) : cell;
    const rowHeight = isWhole ? Math.min(readable, Math.max(wholeHeight, plot) / labels.length) : readable;
    const labelStep = Math.ceil(lineHeight / cell);
    const plotHeight = columnLabels ? Math.round(labels.length * rowHeight) : plot;
    const columnLabelWidth = columnLabels
      ? widthForLabels(columnLabels, spaceWidth, measureAt(labelSize))
      : labelWidth;
    const rotate = columnLabelWidth + 6 <= cell ? 0 : cell >= 18 ? 45 : 90;
    return {
      cell,
      rowHeight,
      gap: Math.min(cell, rowHeight) >= 8 ? 1 : 0,
      left,
      top: margin,
      plot,
      plotHeight,
      width: left + plot + margin,
      height: margin + plotHeight + labelGap + Math.ceil(footerHeight(rotate, columnLabelWidth, lineHeight)),
      labelSize,
      lineHeight,
      labelWidth,
      columnLabelWidth,
      rotate,
      labelStep,
      rowLabelStep: !columnLabels ? labelStep : isWhole ? Math.ceil(lineHeight / rowHeight) : 1,
    };
  };
  for (const line of lines) {
    const left = spaceWidth - labelGap - margin - n * line.lineHeight;
    const layout = layoutOf(line, Math.max(narrowestLabel, Math.floor(left)));
    if (layout.labelStep === 1) return layout;
  }
  return layoutOf(lines[0], Infinity);
}

function cellSize(widest: number, inWholePixels: boolean): number {
  const size = Math.min(largestCell, widest);
  return inWholePixels ? Math.max(1, Math.floor(size)) : size;
}

function footerHeight(rotate: HeatMapLayout['rotate'], labelWidth: number, lineHeight: number): number {
  if (rotate === 0) return lineHeight;
  return rotate === 45 ? (labelWidth + lineHeight) * Math.SQRT1_2 : labelWidth;
}

/** A layout with cells and label steps as they are in the part that is shown. */
export interface ZoomedLayout extends HeatMapLayout {
  readonly zoom: Zoom;
  /** Where the first cell is, which may be outside the plot. */
  readonly originX: number;
  readonly originY: number;
}

export function zoomedLayout(layout: HeatMapLayout, zoom: Zoom = wholePlot): ZoomedLayout {
  const { cell, rowHeight, lineHeight, left, top, plot, plotHeight } = layout;
  const zoomedCell = cell * zoom.scale;
  return {
    ...layout,
    zoom,
    cell: zoomedCell,
    rowHeight: rowHeight * zoom.scale,
    gap: zoom.scale * Math.min(cell, rowHeight) >= 8 ? 1 : 0,
    labelStep: Math.ceil(lineHeight / zoomedCell),
    rowLabelStep: layout.rowLabelStep === 1 ? 1 : Math.ceil(lineHeight / (rowHeight * zoom.scale)),
    originX: left - zoom.x * zoom.scale * plot,
    originY: top - zoom.y * zoom.scale * plotHeight,
  };
}
