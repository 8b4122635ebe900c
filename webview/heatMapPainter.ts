import { formatCell } from '../src/protocol/formatNumbers';
import { cellImage } from './cellImage';
import { cosineColor, cosineTextColor } from './cosineScale';
import type { HeatMapLayout } from './heatMapLayout';
import { canMarkCells, type HeatMap } from './heatMapPicture';
import type { DrawingSpace } from './picture';
import { elided, measureIn } from './textWidth';

const valueSize = 11;
const smallestCellWithValue = 27;
const smallestCellWithZero = 37;
const rowLabelGap = 8;
const columnLabelGap = 6;

/** Paints cells and names: by hand, because maps change many times a second while something is trained. */
export function paintHeatMap(
  context: CanvasRenderingContext2D,
  map: HeatMap,
  layout: HeatMapLayout,
  space: DrawingSpace,
): void {
  if (canMarkCells(map.labels.length)) paintCells(context, map, layout, space);
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
  { left, top, cell, gap }: HeatMapLayout,
  { theme }: DrawingSpace,
): void {
  const size = cell - gap;
  const corner = cell >= 20 ? 2 : 0;
  context.font = `${valueSize}px ${theme.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  cosine.data.forEach((value, index) => {
    const place = { row: Math.floor(index / cosine.columns), column: index % cosine.columns };
    const [x, y] = [left + place.column * cell, top + place.row * cell];
    const isDefined = !Number.isNaN(value);
    context.fillStyle = isDefined ? cosineColor(value, theme.isDark) : 'rgba(128, 128, 128, 0.16)';
    context.beginPath();
    context.roundRect(x, y, size, size, corner);
    context.fill();
    const ink = isDefined ? cosineTextColor(value, theme.isDark) : theme.muted;
    context.fillStyle = ink;
    if (cell >= smallestCellWithValue || !isDefined)
      context.fillText(formatCell(value, cell < smallestCellWithZero), x + size / 2, y + size / 2 + 0.5);
    if (isMarked?.(place)) paintMark(context, x + size, y, cell);
  });
}

/** A dot in the upper right corner of a cell. */
function paintMark(context: CanvasRenderingContext2D, right: number, top: number, cell: number): void {
  const radius = cell >= 20 ? 2 : cell >= 8 ? 1.5 : 1;
  context.beginPath();
  context.arc(right - 2 * radius, top + 2 * radius, radius, 0, 2 * Math.PI);
  context.fill();
}

function paintLabels(
  context: CanvasRenderingContext2D,
  { labels }: HeatMap,
  layout: HeatMapLayout,
  { theme }: DrawingSpace,
): void {
  const { left, top, cell, gap, plot, rotate, labelStep } = layout;
  const font = `${layout.labelSize}px ${theme.fontFamily}`;
  const measure = measureIn(font);
  context.font = font;
  context.fillStyle = theme.foreground;
  for (let at = 0; at < labels.length; at += labelStep) {
    const label = elided(labels[at]!, layout.labelWidth, measure);
    const middle = at * cell + (cell - gap) / 2;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(label, left - rowLabelGap, top + middle);
    context.save();
    context.translate(left + middle, top + plot + columnLabelGap);
    if (rotate === 0) {
      context.textAlign = 'center';
      context.textBaseline = 'top';
    } else {
      context.rotate((-rotate * Math.PI) / 180);
      if (rotate === 45) context.textBaseline = 'top';
    }
    context.fillText(label, 0, 0);
    context.restore();
  }
}
