import type { Matrix } from '../../src/geometry/matrix';
import { formatCosine, formatCount } from '../../src/format/numbers';
import type { Cell, Drawing, DrawingSpace, Picture } from './picture';
import { measureIn, widthForLabels, type Measure, elided } from './textWidth';
import { cellImage } from './cellImage';
import { cosineColor, cosineTextColor } from './cosineScale';

/** A matrix of cosines with the names of its rows. */
export interface HeatMap {
  readonly labels: readonly string[];
  /** Names of the columns; by default those of the rows. */
  readonly columnLabels?: readonly string[] | undefined;
  readonly cosine: Matrix;
  readonly describe: (cell: Cell) => readonly string[];
  /** Cells with a dot in their corner; ignored where {@link canMarkCells} returns false. */
  readonly isMarked?: ((cell: Cell) => boolean) | undefined;
}

/** Maps with more rows are painted as a single image. */
const mostSeparateCells = 60;

/** Whether the cells of a map with this many rows are drawn one by one. */
export function canMarkCells(rows: number): boolean {
  return rows <= mostSeparateCells;
}

export function drawHeatMap(map: HeatMap): Drawing {
  return (space) => heatMapPicture(map, space);
}

function heatMapPicture(map: HeatMap, space: DrawingSpace): Picture {
  const { labels, columnLabels = labels } = map;
  const [rows, columns] = [labels.length, columnLabels.length];
  const layout = heatMapLayout(
    labels,
    space.width,
    canMarkCells(columns),
    (size) => measureIn(`${size}px ${space.theme.fontFamily}`),
    map.columnLabels,
  );
  return {
    width: layout.width,
    height: layout.height,
    scrollHeight: layout.height,
    rows,
    columns,
    paint: (context) => {
      paintHeatMap(context, map, layout, space);
    },
    cellAt: (x, y) => {
      const column = Math.floor((x - layout.left) / layout.cell);
      const row = Math.floor((y - layout.top) / layout.rowHeight);
      return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : undefined;
    },
    boxOf: ({ row, column }) => ({
      left: layout.left + column * layout.cell,
      top: layout.top + row * layout.rowHeight,
      width: layout.cell - layout.gap,
      height: layout.rowHeight - layout.gap,
    }),
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    note: () =>
      layout.labelStep === 1
        ? undefined
        : `One name in ${formatCount(layout.labelStep)} is shown. Point to a cell or use the arrow keys to read the others.`,
    describe: map.describe,
  };
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
  /** Maximum width of a row's label. */
  readonly labelWidth: number;
  readonly columnLabelWidth: number;
  /** Rotation of the column labels in degrees. */
  readonly rotate: 0 | 45 | 90;
  /** Only every `labelStep`-th column has a label, and every such row of a square map. */
  readonly labelStep: number;
}

const largestCell = 64;
/** Of a map whose rows are not its columns: each row has its label, however many columns there are. */
const shortestRow = 20;
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
): HeatMapLayout {
  const n = Math.max(1, (columnLabels ?? labels).length);
  const layoutOf = ({ labelSize, lineHeight }: (typeof lines)[number], mostWidth: number): HeatMapLayout => {
    const labelWidth = Math.min(mostWidth, widthForLabels(labels, spaceWidth, measureAt(labelSize)));
    const left = labelWidth + labelGap;
    const cell = cellSize((spaceWidth - left - margin) / n, inWholePixels);
    const plot = Math.round(n * cell);
    const rowHeight = columnLabels ? Math.max(cell, shortestRow) : cell;
    const plotHeight = columnLabels ? Math.round(labels.length * rowHeight) : plot;
    const columnLabelWidth = columnLabels
      ? widthForLabels(columnLabels, spaceWidth, measureAt(labelSize))
      : labelWidth;
    const rotate = columnLabelWidth + 6 <= cell ? 0 : cell >= 18 ? 45 : 90;
    return {
      cell,
      rowHeight,
      gap: cell >= 8 ? 1 : 0,
      left,
      top: margin,
      plot,
      plotHeight,
      width: left + plot + margin,
      height: margin + plotHeight + labelGap + Math.ceil(footerHeight(rotate, columnLabelWidth, lineHeight)),
      labelSize,
      labelWidth,
      columnLabelWidth,
      rotate,
      labelStep: Math.ceil(lineHeight / cell),
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

/** Font size of values in cells of at least this width. */
const valueSizes = [
  { from: 37, size: 11 },
  { from: 28, size: 9 },
] as const;
const rowLabelGap = 8;
const columnLabelGap = 6;

/** Paints cells and names without a chart library, because maps change many times per second during training. */
export function paintHeatMap(
  context: CanvasRenderingContext2D,
  map: HeatMap,
  layout: HeatMapLayout,
  space: DrawingSpace,
): void {
  if (map.columnLabels || canMarkCells(map.labels.length)) paintCells(context, map, layout, space);
  else {
    const { left, top, plot } = layout;
    const image = cellImage(map.cosine, Math.round(plot * space.devicePixelRatio), space.theme.isDark);
    context.drawImage(image, left, top, plot, plot);
  }
  paintLabels(context, map, layout, space);
}

function paintCells(
  context: CanvasRenderingContext2D,
  { cosine, isMarked }: HeatMap,
  { left, top, cell, rowHeight, gap }: HeatMapLayout,
  { theme }: DrawingSpace,
): void {
  const [width, height] = [cell - gap, rowHeight - gap];
  const corner = cell >= 20 ? 2 : 0;
  const valueSize = valueSizes.find(({ from }) => cell >= from)?.size;
  context.font = `${valueSize ?? valueSizes[0].size}px ${theme.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  cosine.data.forEach((value, index) => {
    const place = { row: Math.floor(index / cosine.columns), column: index % cosine.columns };
    const [x, y] = [left + place.column * cell, top + place.row * rowHeight];
    const isDefined = !Number.isNaN(value);
    context.fillStyle = isDefined ? cosineColor(value, theme.isDark) : 'rgba(128, 128, 128, 0.16)';
    context.beginPath();
    context.roundRect(x, y, width, height, corner);
    context.fill();
    const ink = isDefined ? cosineTextColor(value, theme.isDark) : theme.muted;
    context.fillStyle = ink;
    if (valueSize !== undefined || !isDefined)
      context.fillText(formatCosine(value), x + width / 2, y + height / 2 + 0.5);
    if (isMarked?.(place)) paintMark(context, x + width, y, cell);
  });
}

/** Paints a dot in the upper right corner of a cell. */
function paintMark(context: CanvasRenderingContext2D, right: number, top: number, cell: number): void {
  const radius = cell >= 20 ? 2 : cell >= 8 ? 1.5 : 1;
  context.beginPath();
  context.arc(right - 2 * radius, top + 2 * radius, radius, 0, 2 * Math.PI);
  context.fill();
}

function paintLabels(
  context: CanvasRenderingContext2D,
  { labels, columnLabels }: HeatMap,
  layout: HeatMapLayout,
  { theme }: DrawingSpace,
): void {
  const { left, top, cell, rowHeight, gap, plotHeight, rotate, labelStep } = layout;
  const font = `${layout.labelSize}px ${theme.fontFamily}`;
  const measure = measureIn(font);
  context.font = font;
  context.fillStyle = theme.foreground;
  const rowStep = columnLabels ? 1 : labelStep;
  for (let at = 0; at < labels.length; at += rowStep) {
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    const label = elided(labels[at]!, layout.labelWidth, measure);
    context.fillText(label, left - rowLabelGap, top + at * rowHeight + (rowHeight - gap) / 2);
  }
  const columns = columnLabels ?? labels;
  for (let at = 0; at < columns.length; at += labelStep) {
    context.save();
    context.translate(left + at * cell + (cell - gap) / 2, top + plotHeight + columnLabelGap);
    context.textAlign = rotate === 0 ? 'center' : 'right';
    context.textBaseline = rotate === 90 ? 'middle' : 'top';
    if (rotate !== 0) context.rotate((-rotate * Math.PI) / 180);
    context.fillText(elided(columns[at]!, layout.columnLabelWidth, measure), 0, 0);
    context.restore();
  }
}
