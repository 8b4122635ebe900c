import { t } from '@vscode/l10n';
import { formatCount } from '../../src/format/numbers';
import { treeRoom } from './dendrogram';
import { canMarkCells, heatMapLayout, largestCell, zoomedLayout, type HeatMap } from './heatMapLayout';
import { rangeText, shownText } from './heatMapText';
import { isHatched, paintHeatMap } from './paintHeatMap';
import type { Drawing, DrawingSpace, Picture } from './picture';
import { measureIn } from './textWidth';

export function drawHeatMap(map: HeatMap): Drawing {
  return (space) => heatMapPicture(map, space);
}

function heatMapPicture(map: HeatMap, space: DrawingSpace): Picture {
  const { labels, columnLabels = labels } = map;
  const [rows, columns] = [labels.length, columnLabels.length];
  const room = map.tree ? treeRoom(space.width) : 0;
  const layout = heatMapLayout(
    labels,
    space.width - room,
    canMarkCells(columns),
    (size) => measureIn(`${size}px ${space.theme.fontFamily}`),
    map.columnLabels,
    map.isWhole,
  );
  const zoomed = zoomedLayout(layout, space.zoom);
  const { left, top, plot, plotHeight } = layout;
  const labelStep = Math.max(zoomed.labelStep, zoomed.rowLabelStep);
  return {
    width: layout.width + room,
    height: layout.height,
    scrollHeight: layout.height,
    isHatched: isHatched(layout, space),
    rows,
    columns,
    zoomable: {
      plot: { left, top, width: plot, height: plotHeight },
      mostScale: Math.max(1, largestCell / Math.min(layout.cell, layout.rowHeight)),
      shareOf: ({ row, column }) => ({
        left: column / columns,
        top: row / rows,
        right: (column + 1) / columns,
        bottom: (row + 1) / rows,
      }),
      shownText: shownText(zoomed, rows, columns),
      rangeText: (range) => rangeText(map, range),
    },
    paint: (context) => {
      paintHeatMap(context, map, zoomed, space);
    },
    cellAt: (x, y) => {
      if (x < left || y < top || x >= left + plot || y >= top + plotHeight) return undefined;
      const column = Math.floor((x - zoomed.originX) / zoomed.cell);
      const row = Math.floor((y - zoomed.originY) / zoomed.rowHeight);
      return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : undefined;
    },
    boxOf: ({ row, column }) => {
      const clamp = (value: number, low: number, length: number) =>
        Math.max(low, Math.min(low + length, value));
      const [x, y] = [zoomed.originX + column * zoomed.cell, zoomed.originY + row * zoomed.rowHeight];
      const from = [clamp(x, left, plot), clamp(y, top, plotHeight)] as const;
      return {
        left: from[0],
        top: from[1],
        width: clamp(x + zoomed.cell - zoomed.gap, left, plot) - from[0],
        height: clamp(y + zoomed.rowHeight - zoomed.gap, top, plotHeight) - from[1],
      };
    },
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    note: () =>
      labelStep === 1
        ? undefined
        : t`One name in ${formatCount(labelStep)} is shown. Point to a cell or use the arrow keys to read the others, or zoom in.`,
    describe: map.describe,
  };
}
