import type { Matrix } from '../src/geometry/matrix';
import { heatMapLayout } from './heatMapLayout';
import { labelSize, paintHeatMap } from './heatMapPainter';
import type { Cell, Drawing, DrawingSpace, Picture } from './picture';
import { measureIn } from './textWidth';

/** A symmetric matrix of cosines with the names of its rows, which are those of its columns. */
export interface HeatMap {
  readonly labels: readonly string[];
  readonly cosine: Matrix;
  readonly describe: (cell: Cell) => readonly string[];
  /** Cells that get a dot in their corner; none where {@link canMarkCells} says no. */
  readonly isMarked?: ((cell: Cell) => boolean) | undefined;
}

/** Maps with more rows are painted as one image. */
const mostSeparateCells = 60;

/** Whether the cells of a map of so many rows are drawn one by one. */
export function canMarkCells(rows: number): boolean {
  return rows <= mostSeparateCells;
}

export function drawHeatMap(map: HeatMap): Drawing {
  return (space) => heatMapPicture(map, space);
}

function heatMapPicture(map: HeatMap, space: DrawingSpace): Picture {
  const measure = measureIn(`${labelSize}px ${space.theme.fontFamily}`);
  const layout = heatMapLayout(map.labels, space.width, measure);
  const n = map.labels.length;
  return {
    width: layout.width,
    height: layout.height,
    scrollHeight: layout.height,
    rows: n,
    columns: n,
    paint: (context) => {
      paintHeatMap(context, map, layout, space, measure);
    },
    cellAt: (x, y) => {
      const column = Math.floor((x - layout.left) / layout.cell);
      const row = Math.floor((y - layout.top) / layout.cell);
      return row >= 0 && row < n && column >= 0 && column < n ? { row, column } : undefined;
    },
    boxOf: ({ row, column }) => ({
      left: layout.left + column * layout.cell,
      top: layout.top + row * layout.cell,
      width: layout.cell - layout.gap,
      height: layout.cell - layout.gap,
    }),
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: map.describe,
  };
}
