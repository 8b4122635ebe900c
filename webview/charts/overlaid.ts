import { t } from '@vscode/l10n';
import { histogram } from '../../src/geometry/histogram';
import { formatCount, formatDecimal } from '../../src/format/numbers';
import type { Pen } from './pen';
import type { Drawing, DrawingSpace, Picture } from './picture';
import { rangeAxis, type ValueAxis } from './valueAxis';

/** Values of one set; NaN for those that are missing. */
export interface OverlaidSet {
  readonly label: string;
  readonly values: Float64Array;
  /** Index of its colour. */
  readonly color: number;
}

/** Histograms of one or two sets over each other, as shares of each set, so that sets of other sizes can be compared. */
export interface Overlaid {
  readonly sets: readonly OverlaidSet[];
  /** Height of the bars in pixels. */
  readonly plotHeight: number;
  /** Whether every value has a tick below the bars, if there are not too many. */
  readonly hasRug: boolean;
}

/** Room for half a tick label at both ends. */
const margin = 20;
const top = 6;
const axisHeight = 20;
const rugHeight = 8;
const labelSize = 11;
const mostTicks = 200;

interface Binned {
  readonly axis: ValueAxis;
  readonly from: number;
  readonly width: number;
  readonly bins: number;
  /** `[sets][bins]` */
  readonly counts: readonly Float64Array[];
  readonly sizes: readonly number[];
}

export function drawOverlaid(chart: Overlaid): Drawing {
  const binned = binnedOf(chart);
  return (space) => overlaidPicture(chart, binned, space);
}

function binnedOf({ sets }: Overlaid): Binned {
  const defined = sets.map(({ values }) => values.filter((value) => !Number.isNaN(value)));
  const all = defined.flatMap((values) => [...values]);
  const axis = rangeAxis(all);
  const from = all.reduce((low, value) => Math.min(low, value), Infinity);
  const to = all.reduce((high, value) => Math.max(high, value), -Infinity);
  // As many bins as the square root of the larger set, which shows its shape and not its noise.
  const largest = Math.max(1, ...defined.map(({ length }) => length));
  const bins = Math.max(5, Math.min(30, Math.ceil(Math.sqrt(largest) * 1.5)));
  const [first, last] = from < to ? [from, to] : [axis.min, axis.max];
  return {
    axis,
    from: first,
    width: (last - first) / bins,
    bins,
    counts: defined.map((values) => histogram(values, first, last, bins).counts),
    sizes: defined.map(({ length }) => length),
  };
}

function overlaidPicture(chart: Overlaid, binned: Binned, space: DrawingSpace): Picture {
  const { sets, plotHeight } = chart;
  const { axis, from, width, bins, counts, sizes } = binned;
  const rugs = chart.hasRug && sizes.every((size) => size <= mostTicks) ? sets.length : 0;
  const plotWidth = Math.max(40, space.width - 2 * margin);
  const ground = top + plotHeight;
  const height = ground + rugs * rugHeight + axisHeight;
  const x = (value: number) => margin + ((value - axis.min) / (axis.max - axis.min)) * plotWidth;
  const edge = (bin: number) => from + bin * width;
  return {
    width: space.width,
    height,
    scrollHeight: height,
    rows: 1,
    columns: bins,
    paint: (context) => {
      paint(context, chart, binned, { space, x, ground, rugs });
    },
    cellAt: (at, y) => {
      const bin = Math.floor((at - x(from)) / (x(edge(1)) - x(from)));
      return y >= 0 && y < ground + rugs * rugHeight && bin >= 0 && bin < bins
        ? { row: 0, column: bin }
        : undefined;
    },
    boxOf: ({ column }) => ({
      left: x(edge(column)),
      top,
      width: Math.max(2, x(edge(column + 1)) - x(edge(column))),
      height: plotHeight,
    }),
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: ({ column }) => [
      t`${formatDecimal(edge(column), 2)} to ${formatDecimal(edge(column + 1), 2)}`,
      ...sets.map(
        ({ label }, set) => t`${label}: ${formatCount(counts[set]![column]!)} of ${formatCount(sizes[set]!)}`,
      ),
    ],
  };
}

/** The outline of a set, so that colour alone does not tell the two apart. */
export function setDash(set: number): number[] {
  return set === 0 ? [] : [4, 2];
}

interface Place {
  readonly space: DrawingSpace;
  readonly x: (value: number) => number;
  readonly ground: number;
  readonly rugs: number;
}

function paint(
  context: Pen,
  { sets, plotHeight }: Overlaid,
  { axis, from, width, counts, sizes }: Binned,
  { space: { theme, width: fullWidth }, x, ground, rugs }: Place,
): void {
  const shares = counts.map((own, set) => own.map((count) => count / Math.max(1, sizes[set]!)));
  const highest = shares.reduce((most, own) => own.reduce((m, share) => Math.max(m, share), most), 0) || 1;
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(margin, ground + 0.5);
  context.lineTo(fullWidth - margin, ground + 0.5);
  context.stroke();
  shares.forEach((own, set) => {
    context.beginPath();
    context.moveTo(x(from), ground);
    own.forEach((share, bin) => {
      const y = ground - (share / highest) * plotHeight;
      context.lineTo(x(from + bin * width), y);
      context.lineTo(x(from + (bin + 1) * width), y);
    });
    context.lineTo(x(from + own.length * width), ground);
    context.fillStyle = context.strokeStyle = theme.concept(sets[set]!.color);
    context.globalAlpha = 0.3;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.setLineDash(setDash(set));
    context.stroke();
    context.setLineDash([]);
  });
  for (let set = 0; set < rugs; set++) {
    context.fillStyle = theme.concept(sets[set]!.color);
    context.globalAlpha = 0.75;
    for (const value of sets[set]!.values)
      if (!Number.isNaN(value))
        context.fillRect(x(value) - 0.75, ground + 2 + set * rugHeight, 1.5, rugHeight - 2);
    context.globalAlpha = 1;
  }
  paintAxis(context, axis, {
    x,
    y: ground + rugs * rugHeight + 5,
    color: theme.muted,
    font: theme.fontFamily,
  });
}

function paintAxis(
  context: Pen,
  { min, max, step, format }: ValueAxis,
  { x, y, color, font }: { x: (value: number) => number; y: number; color: string; font: string },
): void {
  context.font = `${labelSize}px ${font}`;
  context.fillStyle = color;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const ticks = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => min + i * step);
  const room = x(min + step) - x(min);
  const widest = ticks.reduce((most, tick) => Math.max(most, context.measureText(format(tick)).width), 0);
  const every = Math.max(1, Math.ceil((widest + 8) / room));
  ticks.forEach((tick, i) => {
    if (i % every === 0) context.fillText(format(tick), x(tick), y);
  });
}
