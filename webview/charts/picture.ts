import type { EChartsCoreOption } from 'echarts/core';
import type { Theme } from './theme';

/** What a picture is drawn into. */
export interface DrawingSpace {
  /** CSS pixels from edge to edge. */
  readonly width: number;
  readonly theme: Theme;
  readonly devicePixelRatio: number;
}

/** Position of one value: bars have one column. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** A rectangle in CSS pixels from the picture's upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A laid-out chart: its size follows from its data and the space, so that nothing jumps when it is drawn. */
export type Picture = LaidOut & (ChartPicture | PaintedPicture);

export interface ChartPicture {
  /** What ECharts is to draw. */
  option(scrollTop: number): EChartsCoreOption;
}

/** Painted by itself: a small part of the work, for what changes many times a second. */
export interface PaintedPicture {
  /** In CSS pixels. */
  paint(context: CanvasRenderingContext2D): void;
}

export interface LaidOut {
  readonly width: number;
  readonly height: number;
  /** More than `height` if only a part is drawn at a time, the part at `scrollTop`. */
  readonly scrollHeight: number;
  readonly rows: number;
  readonly columns: number;
  cellAt(x: number, y: number, scrollTop: number): Cell | undefined;
  boxOf(cell: Cell, scrollTop: number): Box;
  /** The scroll position nearest to `scrollTop` at which the cell is drawn. */
  scrollTopFor(cell: Cell, scrollTop: number): number;
  /** What the picture at `scrollTop` leaves out and how to see it; `undefined` if everything is there. */
  note?(scrollTop: number): string | undefined;
  /** What hovering says: the names first, then the value. */
  describe(cell: Cell): readonly string[];
}

/** Lays a chart out; called again for every size and theme. */
export type Drawing = (space: DrawingSpace) => Picture;
