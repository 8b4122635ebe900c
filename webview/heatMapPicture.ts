import type { Matrix } from '../src/geometry/matrix';
import { formatCount } from '../src/protocol/formatNumbers';
import { heatMapLayout } from './heatMapLayout';
import { paintHeatMap } from './heatMapPainter';
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
  const n = map.labels.length;
  const layout = heatMapLayout(map.labels, space.width, canMarkCells(n), (size) =>
    measureIn(`${size}px ${space.theme.fontFamily}`),
  );
  return {
    width: layout.width,
    height: layout.height,
    scrollHeight: layout.height,
    rows: n,
    columns: n,
    paint: (context) => {
      paintHeatMap(context, map, layout, space);
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
    note: () =>
      layout.labelStep === 1
        ? undefined
        : `One name in ${formatCount(layout.labelStep)} is shown. Point at a cell, or use the arrow keys, to read the others.`,
    describe: map.describe,
  };
}
