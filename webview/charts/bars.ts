import { t } from '@vscode/l10n';
import { formatCount, formatCosine } from '../../src/format/numbers';
import type { Drawing, DrawingSpace, Picture } from './picture';
import { measureIn, widthForLabels, elided, type Measure } from './textWidth';
import type { ValueAxis } from './valueAxis';

/** Number of bars drawn at a time; the rest can be scrolled to. */
const mostRows = 24;
const footer = 20;

export function drawBars(bars: Bars): Drawing {
  return (space) => barsPicture(bars, space);
}

function barsPicture(bars: Bars, space: DrawingSpace): Picture {
  const n = bars.labels.length;
  const rows = space.isPaper ? n : Math.min(n, mostRows);
  const measure = measureIn(`${labelSize}px ${space.theme.fontFamily}`);
  const labelWidth = widthForLabels(bars.labels, space.width, measure);
  const first = (scrollTop: number) => Math.max(0, Math.min(n - rows, Math.round(scrollTop / rowHeight)));
  return {
    width: space.width,
    height: header + rows * rowHeight + footer,
    scrollHeight: header + n * rowHeight + footer,
    rows: n,
    columns: 1,
    option: (scrollTop) => barsOption(bars, { first: first(scrollTop), rows, labelWidth }, space, measure),
    cellAt: (_x, y, scrollTop) => {
      const row = Math.floor((y - header) / rowHeight);
      return row >= 0 && row < rows ? { row: first(scrollTop) + row, column: 0 } : undefined;
    },
    boxOf: ({ row }, scrollTop) => ({
      left: 0,
      top: header + (row - first(scrollTop)) * rowHeight,
      width: space.width,
      height: rowHeight,
    }),
    scrollTopFor: ({ row }, scrollTop) => {
      const start = first(scrollTop);
      if (row >= start && row < start + rows) return scrollTop;
      return (row < start ? row : row - rows + 1) * rowHeight;
    },
    note: (scrollTop) =>
      rows === n
        ? undefined
        : t`${bars.noun ?? t('Pairs')} ${formatCount(first(scrollTop) + 1)}–${formatCount(first(scrollTop) + rows)} of ${formatCount(n)}. Scroll or use the arrow keys to see the others.`,
    describe: ({ row }) => bars.describe(row),
  };
}

/** One bar per label, on one axis. */
export interface Bars {
  readonly labels: readonly string[];
  /** NaN: no bar, a dash. */
  readonly values: Float64Array;
  readonly axis: ValueAxis;
  readonly mean: number | null;
  /** The interval of the mean, a band behind the bars. */
  readonly interval?: { readonly low: number; readonly high: number } | null;
  /** Rows whose bar ends in a mark, because they are outliers. */
  readonly marked: ReadonlySet<number>;
  /** Index of the concept, for its colour. */
  readonly concept: number;
  /** Rows whose bars have the concept's colour; all of them by default. The others are grey. */
  readonly colored?: ReadonlySet<number>;
  /** A line across each bar, such as the level of chance; NaN: none. */
  readonly levels?: Float64Array;
  /** What the rows are, for the note; pairs by default. */
  readonly noun?: string;
  readonly describe: (row: number) => readonly string[];
}

export const rowHeight = 20;
export const labelSize = 11;
/** Height of the axis above the bars. */
export const header = 22;
const valueWidth = 48;
const labelGap = 8;

/** The part of the bars that is drawn. */
interface Part {
  readonly first: number;
  readonly rows: number;
  readonly labelWidth: number;
}

/** The ECharts option: names, bars and values in rows under one axis, with a line at the mean. */
export function barsOption(
  bars: Bars,
  { first, rows, labelWidth }: Part,
  { theme, width, isPaper = false }: DrawingSpace,
  measure: Measure,
) {
  const values = bars.values.subarray(first, first + rows);
  const text = { fontSize: labelSize, fontFamily: theme.fontFamily };
  const axis = {
    type: 'category' as const,
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
  };
  const left = labelWidth + labelGap;
  return {
    animation: false,
    grid: {
      left,
      top: header,
      width: Math.max(20, width - left - valueWidth),
      height: rows * rowHeight,
      outerBoundsMode: 'none' as const,
    },
    xAxis: {
      type: 'value' as const,
      position: 'top' as const,
      min: bars.axis.min,
      max: bars.axis.max,
      interval: bars.axis.step,
      axisLabel: { ...text, color: theme.muted, margin: 6, formatter: bars.axis.format, hideOverlap: true },
      splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    },
    yAxis: [
      {
        ...axis,
        data: bars.labels.slice(first, first + rows).map((label) => elided(label, labelWidth, measure)),
        axisLabel: { ...text, color: theme.foreground, interval: 0, hideOverlap: false, margin: labelGap },
      },
      {
        ...axis,
        position: 'right' as const,
        data: Array.from(values, (value) => formatCosine(value)),
        axisLabel: {
          ...text,
          color: theme.foreground,
          interval: 0,
          align: 'right' as const,
          margin: valueWidth - 2,
        },
      },
    ],
    series: [
      {
        type: 'bar' as const,
        silent: true,
        barWidth: 12,
        itemStyle: { color: theme.concept(bars.concept), borderRadius: 1 },
        data: Array.from(values, (value, row) => ({
          value: Number.isNaN(value) ? '-' : value,
          ...(bars.colored &&
            !bars.colored.has(first + row) && {
              // Grey print makes the concept's colour a grey too.
              itemStyle: { color: isPaper ? theme.line : theme.muted },
            }),
        })),
        markLine: meanLine(bars.mean, theme.foreground, text),
        ...(bars.interval && { markArea: intervalBand(bars.interval, theme.muted) }),
      },
      {
        type: 'scatter' as const,
        silent: true,
        symbol: 'diamond',
        symbolSize: 11,
        itemStyle: { color: theme.background, borderColor: theme.foreground, borderWidth: 1.5 },
        data: Array.from(values.entries())
          .filter(([row]) => bars.marked.has(first + row))
          .map(([row, value]) => [value, row]),
      },
      {
        type: 'scatter' as const,
        silent: true,
        symbol: 'rect',
        symbolSize: [4, rowHeight - 2],
        // The border keeps it visible on a bar.
        itemStyle: { color: theme.foreground, borderColor: theme.background, borderWidth: 1 },
        data: Array.from(bars.levels?.subarray(first, first + rows) ?? [])
          .map((level, row) => [level, row])
          .filter(([level]) => !Number.isNaN(level)),
      },
    ],
  };
}

function intervalBand({ low, high }: NonNullable<Bars['interval']>, color: string) {
  return {
    silent: true,
    animation: false,
    z: 0,
    itemStyle: { color, opacity: 0.25 },
    data: [[{ xAxis: low }, { xAxis: high }]],
  };
}

function meanLine(mean: number | null, color: string, text: object) {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color, type: 'dashed' as const, width: 1, opacity: 0.9 },
    label: {
      ...text,
      color,
      position: 'end' as const,
      distance: 4,
      formatter: t`mean ${formatCosine(mean)}`,
    },
    data: mean === null ? [] : [{ xAxis: mean }],
  };
}
