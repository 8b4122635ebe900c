import { t } from '@vscode/l10n';
import { formatCosine, formatCount } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { HeatMap, ZoomedLayout } from './heatMapLayout';
import type { CellRange } from './picture';
import { shownRange } from './zoom';

/* What a map says of the part that is shown, and of the cells that are selected. */

export function shownText({ zoom: { scale, x, y } }: ZoomedLayout, rows: number, columns: number): string {
  const range = (from: number, count: number) => {
    const [first, end] = shownRange(from, scale, count);
    return t`${spanText(first, end - 1)} of ${formatCount(count)}`;
  };
  return t`Shown: rows ${range(y, rows)}, columns ${range(x, columns)}.`;
}

export function rangeText(map: HeatMap, { first, last }: CellRange): string {
  const { labels, columnLabels, cosine } = map;
  const isSquare = columnLabels === undefined;
  let [sum, count] = [0, 0];
  for (let row = first.row; row <= last.row; row++) {
    for (let column = first.column; column <= last.column; column++) {
      const value = cosine.data[row * cosine.columns + column]!;
      if (Number.isNaN(value) || (isSquare && row === column)) continue;
      sum += value;
      count++;
    }
  }
  const names = (all: readonly string[], from: number, to: number) =>
    from === to ? all[from]! : t`${all[from]!} to ${all[to]!}`;
  const [rows, columns] = [
    names(labels, first.row, last.row),
    names(columnLabels ?? labels, first.column, last.column),
  ];
  const [mean, cells] = [formatCosine(sum / count), plural(count, 'cell')];
  const found =
    count === 0
      ? t('no cosine off the diagonal')
      : isSquare
        ? t`mean cosine ${mean} of ${cells} off the diagonal`
        : t`mean cosine ${mean} of ${cells}`;
  return t`Selected: rows ${spanText(first.row, last.row)} (${rows}), columns ${spanText(first.column, last.column)} (${columns}); ${found}.`;
}

/** "3–17", counted from 1. */
function spanText(first: number, last: number): string {
  return first === last ? formatCount(first + 1) : `${formatCount(first + 1)}–${formatCount(last + 1)}`;
}
