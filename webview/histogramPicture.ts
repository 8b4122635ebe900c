import type { Histogram } from '../src/protocol/geometryResult';
import { histogramOption } from './histogramOption';
import type { Cell, Drawing, DrawingSpace, Picture } from './picture';
import { measureIn, widthForLabels } from './textWidth';
import { openAxis, type ValueAxis } from './valueAxis';

/** One value to compare with the histogram. */
export interface Mark {
  readonly value: number;
  /** Position of its concept, for its colour. */
  readonly concept: number;
  readonly describe: () => readonly string[];
}

/** Values that stand in one row below the histogram, ascending. */
export interface Lane {
  /** Beside the row; empty where there is one row only. */
  readonly label: string;
  readonly marks: readonly Mark[];
}

/** A histogram of very many values, and below it single ones to compare with it. */
export interface HistogramChart {
  readonly histogram: Histogram;
  readonly lanes: readonly Lane[];
  /** An upright line with a word at its upper end. */
  readonly line?: { readonly value: number; readonly text: string };
}

export interface HistogramLayout {
  readonly left: number;
  readonly top: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly axis: ValueAxis;
  readonly x: (value: number) => number;
  /** Upper end of a lane. */
  readonly laneTop: (lane: number) => number;
}

export const laneHeight = 18;
export const tickWidth = 3;
export const labelSize = 11;
const margin = 16;
const top = 18;
const plotHeight = 110;
const laneGap = 4;
const axisHeight = 22;
/** How far from a mark the mouse still means it. */
const reach = 8;

export function drawHistogram(chart: HistogramChart): Drawing {
  return (space) => histogramPicture(chart, space);
}

function histogramPicture(chart: HistogramChart, space: DrawingSpace): Picture {
  const layout = layoutOf(chart, space);
  const { lanes } = chart;
  const height = layout.laneTop(lanes.length) + axisHeight;
  const markAt = ({ row, column }: Cell) => {
    const { marks } = lanes[row]!;
    return marks[Math.min(column, marks.length - 1)];
  };
  return {
    width: space.width,
    height,
    scrollHeight: height,
    rows: lanes.length,
    columns: Math.max(0, ...lanes.map(({ marks }) => marks.length)),
    option: () => histogramOption(chart, layout, space),
    cellAt: (x, y) => nearest(chart, layout, x, y),
    boxOf: (cell) => ({
      left: layout.x(markAt(cell)?.value ?? 0) - tickWidth / 2 - 1,
      top: layout.laneTop(cell.row) - 1,
      width: tickWidth + 2,
      height: laneHeight + 2,
    }),
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: (cell) => markAt(cell)?.describe() ?? [],
  };
}

function layoutOf({ histogram, lanes }: HistogramChart, { width, theme }: DrawingSpace): HistogramLayout {
  const measure = measureIn(`${labelSize}px ${theme.fontFamily}`);
  const labels = lanes.map(({ label }) => label).filter((label) => label !== '');
  const left = labels.length === 0 ? margin : widthForLabels(labels, width / 2, measure) + 8;
  const plotWidth = Math.max(40, width - left - margin);
  const axis = openAxis([
    ...occupied(histogram),
    ...lanes.flatMap(({ marks }) => marks.map(({ value }) => value)),
  ]);
  return {
    left,
    top,
    plotWidth,
    plotHeight,
    axis,
    x: (value) => left + ((value - axis.min) / (axis.max - axis.min)) * plotWidth,
    laneTop: (lane) => top + plotHeight + laneGap + lane * (laneHeight + laneGap),
  };
}

/** The ends of the part in which there is anything. */
function occupied({ from, to, counts }: Histogram): number[] {
  const width = (to - from) / counts.length;
  const first = counts.findIndex((count) => count > 0);
  if (first < 0) return [];
  const last = counts.findLastIndex((count) => count > 0);
  return [from + first * width, from + (last + 1) * width];
}

function nearest({ lanes }: HistogramChart, layout: HistogramLayout, x: number, y: number): Cell | undefined {
  const row = Math.max(
    0,
    lanes.findIndex((_, lane) => y >= layout.laneTop(lane) && y < layout.laneTop(lane + 1)),
  );
  let found: Cell | undefined;
  let distance = reach;
  lanes[row]?.marks.forEach(({ value }, column) => {
    const away = Math.abs(layout.x(value) - x);
    if (away >= distance) return;
    distance = away;
    found = { row, column };
  });
  return found;
}
