import { formatDecimal } from '../../src/format/numbers';
import { parametersText } from '../../src/format/modelLabels';
import { mean } from '../../src/geometry/moments';
import type { Pen } from './pen';
import type { Box, Cell, Drawing, DrawingSpace, Picture } from './picture';
import { rangeAxis, ticksOf, type ValueAxis } from './valueAxis';

/** Values of models over their numbers of parameters, on a logarithmic axis, with intervals and a line through them. */
export interface Trend {
  readonly points: readonly TrendPoint[];
  /** Change per factor of ten; the line goes through the means. */
  readonly slope: number;
  readonly describe: (point: number) => readonly string[];
}

export interface TrendPoint {
  readonly label: string;
  readonly parameters: number;
  readonly value: number;
  /** NaN without an interval. */
  readonly low: number;
  readonly high: number;
}

const [left, right, top, bottom] = [48, 16, 18, 24];
const plotHeight = 180;
const radius = 4;
const fontSize = 11;

export function drawTrend(trend: Trend): Drawing {
  return (space) => trendPicture(trend, space);
}

function trendPicture(trend: Trend, space: DrawingSpace): Picture {
  const { points } = trend;
  const width = space.width;
  const height = top + plotHeight + bottom;
  const layout = layoutOf(trend, width);
  const places = points.map(({ parameters, value }) => ({ x: layout.xOf(parameters), y: layout.yOf(value) }));
  return {
    ...{ width, height, scrollHeight: height, rows: 1, columns: points.length },
    paint: (context) => {
      paintTrend(context, trend, layout, space);
    },
    cellAt: (x, y): Cell | undefined => {
      if (x < left - 8 || x > width || y < 0 || y > height) return undefined;
      const distances = places.map((place) => Math.hypot(place.x - x, place.y - y));
      return { row: 0, column: distances.indexOf(Math.min(...distances)) };
    },
    boxOf: ({ column }): Box => {
      const { x, y } = places[column]!;
      return { left: x - radius - 2, top: y - radius - 2, width: 2 * radius + 4, height: 2 * radius + 4 };
    },
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: ({ column }) => trend.describe(column),
  };
}

interface Layout {
  readonly axis: ValueAxis;
  readonly plotWidth: number;
  readonly xOf: (parameters: number) => number;
  readonly yOf: (value: number) => number;
}

function layoutOf({ points }: Trend, width: number): Layout {
  const axis = rangeAxis(points.flatMap(({ value, low, high }) => [value, low, high]));
  const plotWidth = Math.max(40, width - left - right);
  const logs = points.map(({ parameters }) => Math.log10(parameters));
  const [from, to] = [Math.min(...logs), Math.max(...logs)];
  const room = (to - from) * 0.08;
  return {
    axis,
    plotWidth,
    xOf: (parameters) => left + ((Math.log10(parameters) - from + room) / (to - from + 2 * room)) * plotWidth,
    yOf: (value) => top + (1 - (value - axis.min) / (axis.max - axis.min)) * plotHeight,
  };
}

function paintTrend(
  context: Pen,
  { points, slope }: Trend,
  { axis, plotWidth, xOf, yOf }: Layout,
  { theme }: DrawingSpace,
): void {
  context.font = `${fontSize}px ${theme.fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of ticksOf(axis)) {
    const y = Math.round(yOf(value)) + 0.5;
    line(context, [left, y, left + plotWidth, y], { color: theme.line, width: 1, dash: [] });
    context.fillStyle = theme.muted;
    context.fillText(axis.format(value), left - 6, y);
  }
  const centre = mean(points.map(({ parameters }) => Math.log10(parameters)));
  const height = mean(points.map(({ value }) => value));
  const sizes = points.map(({ parameters }) => parameters);
  const fitted = (parameters: number): number => height + slope * (Math.log10(parameters) - centre);
  const [start, end] = [Math.min(...sizes), Math.max(...sizes)];
  const style = { color: theme.muted, width: 1.5, dash: [5, 4] };
  line(context, [xOf(start), yOf(fitted(start)), xOf(end), yOf(fitted(end))], style);
  context.textAlign = 'center';
  let lastLabel = -Infinity;
  const bySize = [...points].sort((a, b) => a.parameters - b.parameters);
  for (const { label, parameters, value, low, high } of bySize) {
    const [x, y] = [xOf(parameters), yOf(value)];
    const color = theme.concept(0);
    if (!Number.isNaN(low)) line(context, [x, yOf(low), x, yOf(high)], { color, width: 1.5, dash: [] });
    context.fillStyle = color;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = theme.foreground;
    context.fillText(label, x + 9, y - 9);
    const size = parametersText(parameters);
    // Sizes close to each other share a label.
    if (x - lastLabel < context.measureText(size).width + 8) continue;
    lastLabel = x;
    context.fillStyle = theme.muted;
    context.fillText(size, x, top + plotHeight + bottom / 2 + 3);
  }
}

function line(
  context: Pen,
  [x, y, toX, toY]: readonly [number, number, number, number],
  {
    color,
    width,
    dash,
  }: { readonly color: string; readonly width: number; readonly dash: readonly number[] },
): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  context.stroke();
  context.setLineDash([]);
}

/** "+0.042" per factor of ten. */
export function slopeText(slope: number): string {
  return `${slope > 0 ? '+' : ''}${formatDecimal(slope, 3)}`;
}
