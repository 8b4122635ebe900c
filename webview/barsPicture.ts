import { formatCount } from '../src/protocol/formatNumbers';
import { barsOption, header, labelSize, rowHeight, type Bars } from './barsOption';
import type { Drawing, DrawingSpace, Picture } from './picture';
import { measureIn, widthForLabels } from './textWidth';

/** So many bars are drawn at a time; more are scrolled through. */
const mostRows = 24;
const footer = 20;

export function drawBars(bars: Bars): Drawing {
  return (space) => barsPicture(bars, space);
}

function barsPicture(bars: Bars, space: DrawingSpace): Picture {
  const n = bars.labels.length;
  const rows = Math.min(n, mostRows);
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
        : `Pairs ${formatCount(first(scrollTop) + 1)}–${formatCount(first(scrollTop) + rows)} of ${formatCount(n)}. Scroll, or use the arrow keys, to see the others.`,
    describe: ({ row }) => bars.describe(row),
  };
}
