import type { Histogram } from '../../src/protocol/geometryResult';
import type { Cell, Drawing, DrawingSpace, Picture } from './picture';
import { measureIn, widthForLabels } from './textWidth';
import { openAxis, type ValueAxis } from './valueAxis';
import type { CustomSeriesOption } from 'echarts/charts';

/** One value to compare with the histogram. */
export interface Mark {
  readonly value: number;
  /** Position of its concept, for its colour. */
  readonly concept: number;
  readonly describe: () => readonly string[];
}

/** Values shown in one row below the histogram, ascending. */
export interface Lane {
  /** Label of the row; empty if it is the only one. */
  readonly label: string;
  readonly marks: readonly Mark[];
}

/** A histogram of very many values, with individual values below it for comparison. */
export interface HistogramChart {
  readonly histogram: Histogram;
  readonly lanes: readonly Lane[];
  /** A vertical line with a label at its upper end. */
  readonly line?: { readonly value: number; readonly text: string };
  /** By default as long as the values need. */
  readonly axis?: ValueAxis;
  /** What the axis measures, below it. */
  readonly axisTitle?: string;
}

export interface HistogramLayout {
  readonly left: number;
  readonly top: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly axis: ValueAxis;
  readonly x: (value: number) => number;
  /** Upper edge of a lane. */
  readonly laneTop: (lane: number) => number;
}

export const laneHeight = 18;
export const tickWidth = 3;
export const labelSize = 11;
/** Half the width of the first and last label of the axis. */
const margin = 22;
const top = 18;
const plotHeight = 110;
const laneGap = 4;
const axisHeight = 22;
const titleHeight = 16;
/** Largest distance in pixels at which the mouse selects a mark. */
const reach = 8;

export function drawHistogram(chart: HistogramChart): Drawing {
  return (space) => histogramPicture(chart, space);
}

function histogramPicture(chart: HistogramChart, space: DrawingSpace): Picture {
  const layout = layoutOf(chart, space);
  const { lanes } = chart;
  const height = layout.laneTop(lanes.length) + axisHeight + (chart.axisTitle ? titleHeight : 0);
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

function layoutOf(
  { histogram, lanes, axis: given }: HistogramChart,
  { width, theme }: DrawingSpace,
): HistogramLayout {
  const measure = measureIn(`${labelSize}px ${theme.fontFamily}`);
  const labels = lanes.map(({ label }) => label).filter((label) => label !== '');
  const left = labels.length === 0 ? margin : widthForLabels(labels, width / 2, measure) + 8;
  const plotWidth = Math.max(40, width - left - margin);
  const axis =
    given ??
    openAxis([...occupied(histogram), ...lanes.flatMap(({ marks }) => marks.map(({ value }) => value))]);
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

/** The ends of the range with non-zero counts. */
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

const mostRimmed = 100;

/** The ECharts option: the histogram as one grey shape, the line, the marks in their lanes, and the axis below. */
export function histogramOption(chart: HistogramChart, layout: HistogramLayout, { theme }: DrawingSpace) {
  const text = { fontSize: labelSize, fontFamily: theme.fontFamily };
  const { left, top, plotWidth, plotHeight, axis } = layout;
  const bottom = layout.laneTop(chart.lanes.length);
  return {
    animation: false,
    grid: { left, top, width: plotWidth, height: bottom - top, outerBoundsMode: 'none' as const },
    xAxis: {
      type: 'value' as const,
      min: axis.min,
      max: axis.max,
      interval: axis.step,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text, color: theme.muted, margin: 6, formatter: axis.format, hideOverlap: true },
      splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
      ...(chart.axisTitle && {
        name: chart.axisTitle,
        nameLocation: 'middle' as const,
        nameGap: axisHeight + 2,
        nameTextStyle: { ...text, color: theme.muted },
      }),
    },
    yAxis: { type: 'value' as const, min: 0, max: 1, show: false },
    series: [
      shapeSeries(chart, layout, theme.muted),
      ...(chart.line ? [lineSeries(chart.line, layout, theme.foreground, text)] : []),
      ...chart.lanes.map(({ marks, label }, lane): CustomSeriesOption => {
        const y = layout.laneTop(lane);
        const name = { x: left - 8, y: y + laneHeight / 2, text: label, align: 'right' as const };
        return {
          type: 'custom',
          silent: true,
          data: [...marks.keys(), marks.length].map((index) => [index, 0]),
          renderItem: ({ dataIndex }) => {
            const mark = marks[dataIndex];
            if (!mark)
              return {
                type: 'text',
                style: { ...text, ...name, verticalAlign: 'middle', fill: theme.muted },
              };
            return {
              type: 'rect',
              shape: {
                x: layout.x(mark.value) - tickWidth / 2,
                y,
                width: tickWidth,
                height: laneHeight,
                r: 1,
              },
              // Outlines separate a few marks, but would hide many.
              style:
                marks.length > mostRimmed
                  ? { fill: theme.concept(mark.concept), opacity: 0.4 }
                  : { fill: theme.concept(mark.concept), stroke: theme.background, lineWidth: 0.5 },
            };
          },
        };
      }),
    ],
  };

  function shapeSeries(
    { histogram }: HistogramChart,
    { x }: HistogramLayout,
    color: string,
  ): CustomSeriesOption {
    const { from, to, counts } = histogram;
    const highest = counts.reduce((most, count) => Math.max(most, count), 1);
    const width = (to - from) / counts.length;
    const ground = top + plotHeight;
    const points: number[][] = [[x(from), ground]];
    counts.forEach((count, bin) => {
      const y = ground - (count / highest) * plotHeight;
      points.push([x(from + bin * width), y], [x(from + (bin + 1) * width), y]);
    });
    points.push([x(to), ground]);
    return {
      type: 'custom',
      silent: true,
      clip: true,
      data: [[0, 0]],
      renderItem: () => ({ type: 'polygon', shape: { points }, style: { fill: color, opacity: 0.45 } }),
    };
  }

  function lineSeries(
    line: NonNullable<HistogramChart['line']>,
    { x }: HistogramLayout,
    color: string,
    font: typeof text,
  ): CustomSeriesOption {
    const at = x(line.value);
    const isRight = at > left + plotWidth - 40;
    return {
      type: 'custom',
      silent: true,
      data: [[0, 0]],
      renderItem: () => ({
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: at, y1: top - 4, x2: at, y2: bottom },
            style: { stroke: color, lineWidth: 1, lineDash: [4, 3], opacity: 0.9 },
          },
          {
            type: 'text',
            style: {
              ...font,
              x: at + (isRight ? -4 : 4),
              y: 4,
              text: line.text,
              align: isRight ? 'right' : 'left',
              fill: color,
            },
          },
        ],
      }),
    };
  }
}

/** The share of counted values at or above a value. */
export interface ShareAtLeast {
  readonly share: number;
  /**
   * True if the value is in or beyond the outermost bin, which also counts values outside the range: the share is an upper
   * bound.
   */
  readonly isBound: boolean;
}

/** Number of values. */
export function drawsIn({ counts }: Histogram): number {
  return sum(counts);
}

/** Assumes a uniform distribution within each bin. */
export function shareAtLeast({ from, to, counts }: Histogram, value: number): ShareAtLeast {
  const total = sum(counts);
  const last = counts.length - 1;
  const position = ((value - from) / (to - from)) * counts.length;
  if (position >= last) return { share: counts[last]! / total, isBound: true };
  const bin = Math.max(0, Math.floor(position));
  const within = Math.min(1, Math.max(0, position - bin));
  return { share: (sum(counts.subarray(bin + 1)) + counts[bin]! * (1 - within)) / total, isBound: false };
}

/** The value with this share of values at or above it; the lower end of the last bin if that bin holds a larger share. */
export function valueWithShareAbove({ from, to, counts }: Histogram, share: number): number {
  const wanted = share * sum(counts);
  const width = (to - from) / counts.length;
  let above = 0;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    const count = counts[bin]!;
    if (above + count >= wanted) {
      const within = bin === counts.length - 1 ? 1 : (wanted - above) / count;
      return from + (bin + 1 - within) * width;
    }
    above += count;
  }
  return from;
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
