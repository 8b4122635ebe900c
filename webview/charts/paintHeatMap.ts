import { formatCosine } from '../../src/format/numbers';
import { cellImage, hatchedImage } from './cellImage';
import { cosineColor, cosineTextColor } from './cosineScale';
import { paintDendrogram } from './dendrogram';
import { hatch } from './hatch';
import {
  canMarkCells,
  mostSeparateCells,
  type HeatMap,
  type HeatMapLayout,
  type ZoomedLayout,
} from './heatMapLayout';
import type { Pen } from './pen';
import type { DrawingSpace } from './picture';
import { elided, measureIn } from './textWidth';
import { shownRange } from './zoom';

/** Font size of values in cells of at least this width that are higher than a line. */
const valueSizes = [
  { from: 37, size: 11 },
  { from: 28, size: 9 },
] as const;
const rowLabelGap = 8;
const columnLabelGap = 6;

/** Paints cells and names without a chart library, because maps change many times per second during training. */
export function paintHeatMap(context: Pen, map: HeatMap, layout: ZoomedLayout, space: DrawingSpace): void {
  const shown = shownPart(map, layout);
  const { left, top, plot, plotHeight, zoom } = layout;
  const cells = (shown.rows[1] - shown.rows[0]) * (shown.columns[1] - shown.columns[0]);
  context.save();
  context.beginPath();
  context.rect(left, top, plot, plotHeight);
  context.clip();
  if (cells <= mostSeparateCells ** 2) paintCells(context, map, shown, layout, space);
  else {
    const { originX, originY } = layout;
    // Values that share a pixel are averaged; the others keep their edges.
    context.imageSmoothingEnabled = layout.cell * space.devicePixelRatio < 1;
    context.imageSmoothingQuality = 'high';
    const image = isHatched(layout, space)
      ? hatchedImage(
          map.cosine,
          Math.round(plot * space.devicePixelRatio),
          Math.round(plotHeight * space.devicePixelRatio),
        )
      : cellImage(map.cosine, space.theme.isDark);
    context.drawImage(image, originX, originY, plot * zoom.scale, plotHeight * zoom.scale);
  }
  context.restore();
  paintLabels(context, map, shown, layout, space);
  if (map.tree) paintDendrogram(context, map.tree, layout, space);
}

/** The rows and columns that are shown, each from the first to the one after the last. */
interface Shown {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

function shownPart({ cosine }: HeatMap, { zoom }: ZoomedLayout): Shown {
  return {
    rows: shownRange(zoom.y, zoom.scale, cosine.rows),
    columns: shownRange(zoom.x, zoom.scale, cosine.columns),
  };
}

function paintCells(
  context: Pen,
  { cosine, isMarked, isSelfDiagonal = false }: HeatMap,
  { rows, columns }: Shown,
  layout: ZoomedLayout,
  space: DrawingSpace,
): void {
  const { originX, originY, cell, rowHeight, gap } = layout;
  const { theme } = space;
  const corner = cell >= 20 ? 2 : 0;
  const valueSize = valueSizeIn(layout);
  const hasEmptyDiagonal = isSelfDiagonal && canMarkCells(cosine.rows);
  context.font = `${valueSize ?? valueSizes[0].size}px ${theme.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let column = columns[0]; column < columns[1]; column++) {
      const value = cosine.data[row * cosine.columns + column]!;
      const isEmpty = hasEmptyDiagonal && row === column;
      const isDefined = !Number.isNaN(value) && !isEmpty;
      // Zoomed cells look uniform only with whole pixels, too.
      const [x, y] = [Math.round(originX + column * cell), Math.round(originY + row * rowHeight)];
      const width = Math.round(originX + (column + 1) * cell) - x - gap;
      const height = Math.round(originY + (row + 1) * rowHeight) - y - gap;
      context.fillStyle = isDefined ? cosineColor(value, theme.isDark) : 'rgba(128, 128, 128, 0.16)';
      context.beginPath();
      context.roundRect(x, y, width, height, corner);
      context.fill();
      if (isEmpty) continue;
      if (value < 0 && isHatched(layout, space)) hatch(context, { left: x, top: y, width, height });
      context.fillStyle = isDefined ? cosineTextColor(value, theme.isDark) : theme.muted;
      if (valueSize !== undefined || !isDefined)
        context.fillText(formatCosine(value), x + width / 2, y + height / 2 + 0.5);
      if (isMarked?.({ row, column })) paintMark(context, x + width, y, cell);
    }
  }
}

function valueSizeIn({ cell, rowHeight }: HeatMapLayout): number | undefined {
  return valueSizes.find(({ from, size }) => cell >= from && rowHeight >= size + 2)?.size;
}

/** On paper the sign must not be a matter of colour alone where no number is printed. */
export function isHatched(layout: HeatMapLayout, { isPaper = false }: DrawingSpace): boolean {
  if (!isPaper) return false;
  const { cell, rowHeight, plot, plotHeight } = layout;
  const cells = Math.round(plot / cell) * Math.round(plotHeight / rowHeight);
  return cells > mostSeparateCells ** 2 || valueSizeIn(layout) === undefined;
}

/** Paints a dot in the upper right corner of a cell. */
function paintMark(context: Pen, right: number, top: number, cell: number): void {
  const radius = cell >= 20 ? 2 : cell >= 8 ? 1.5 : 1;
  context.beginPath();
  context.arc(right - 2 * radius, top + 2 * radius, radius, 0, 2 * Math.PI);
  context.fill();
}

function paintLabels(
  context: Pen,
  { labels, columnLabels }: HeatMap,
  shown: Shown,
  layout: ZoomedLayout,
  { theme }: DrawingSpace,
): void {
  const { left, top, plot, plotHeight, originX, originY, cell, rowHeight, gap, rotate, labelStep } = layout;
  const font = `${layout.labelSize}px ${theme.fontFamily}`;
  const measure = measureIn(font);
  context.font = font;
  context.fillStyle = theme.foreground;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const at of every(layout.rowLabelStep, shown.rows)) {
    const y = originY + at * rowHeight + (rowHeight - gap) / 2;
    // A row that is cut by the plot's edge has its name only if its middle is seen.
    if (y < top || y > top + plotHeight) continue;
    context.fillText(elided(labels[at]!, layout.labelWidth, measure), left - rowLabelGap, y);
  }
  const columns = columnLabels ?? labels;
  for (const at of every(labelStep, shown.columns)) {
    const x = originX + at * cell + (cell - gap) / 2;
    if (x < left || x > left + plot) continue;
    context.save();
    context.translate(x, top + plotHeight + columnLabelGap);
    context.textAlign = rotate === 0 ? 'center' : 'right';
    context.textBaseline = rotate === 90 ? 'middle' : 'top';
    if (rotate !== 0) context.rotate((-rotate * Math.PI) / 180);
    context.fillText(elided(columns[at]!, layout.columnLabelWidth, measure), 0, 0);
    context.restore();
  }
}

/** Multiples of a step in a range, so that the same rows have their name wherever the plot is moved. */
function every(step: number, [first, end]: readonly [number, number]): readonly number[] {
  const start = Math.ceil(first / step) * step;
  return Array.from({ length: Math.max(0, Math.ceil((end - start) / step)) }, (_, i) => start + i * step);
}
