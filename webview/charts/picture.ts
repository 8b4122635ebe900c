import type { EChartsCoreOption } from 'echarts/core';
import type { Pen } from './pen';
import type { Theme } from './theme';
import type { Share, Zoom } from './zoom';

/** The space that a picture is drawn in. */
export interface DrawingSpace {
  /** Full width in CSS pixels. */
  readonly width: number;
  readonly theme: Theme;
  readonly devicePixelRatio: number;
  /** The part of the plot that is shown; all of it by default. */
  readonly zoom?: Zoom | undefined;
  /** A figure for a paper: nothing can be scrolled or pointed at, and colour may be missing. */
  readonly isPaper?: boolean;
}

/** Position of one value. Bars have one column. */
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

/** A laid-out chart. Its size follows from its data and the space, so that nothing moves when it is drawn. */
export type Picture = LaidOut & (ChartPicture | PaintedPicture);

export interface ChartPicture {
  /** The ECharts option. */
  option(scrollTop: number): EChartsCoreOption;
}

/** Painted directly, which is much faster, for charts that change many times per second. */
export interface PaintedPicture {
  /** In CSS pixels. */
  paint(context: Pen): void;
}

export interface LaidOut {
  readonly width: number;
  readonly height: number;
  /** Greater than `height` if only a part is drawn at a time, the one at `scrollTop`. */
  readonly scrollHeight: number;
  readonly rows: number;
  readonly columns: number;
  /** The part that can be enlarged, in which rows and columns can be selected, and by how much at most. */
  readonly zoomable?: Zoomable;
  cellAt(x: number, y: number, scrollTop: number): Cell | undefined;
  boxOf(cell: Cell, scrollTop: number): Box;
  /** The scroll position closest to `scrollTop` at which the cell is visible. */
  scrollTopFor(cell: Cell, scrollTop: number): number;
  /** A note on what the picture at `scrollTop` omits and how to see it; `undefined` if it shows everything. */
  note?(scrollTop: number): string | undefined;
  /** Whether negative cells are hatched, because the colour may be missing and no number is printed. */
  readonly isHatched?: boolean;
  /** The lines of the tooltip: names first, then the value. */
  describe(cell: Cell): readonly string[];
}

export interface Zoomable {
  readonly plot: Box;
  readonly mostScale: number;
  /** Where a cell is in the whole plot. */
  shareOf(cell: Cell): Share;
  /** What part is shown, in a sentence. */
  readonly shownText: string;
  /** What the selected cells are; missing where there is nothing to select, and dragging moves the picture. */
  readonly rangeText?: (range: CellRange) => string;
}

/** A rectangle of cells. */
export interface CellRange {
  readonly first: Cell;
  readonly last: Cell;
}

/** Lays out a chart; called again for every size and theme. */
export type Drawing = (space: DrawingSpace) => Picture;
