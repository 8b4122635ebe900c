import type { CustomSeriesOption } from 'echarts/charts';
import type { Matrix } from '../src/geometry/matrix';
import { formatCell } from '../src/protocol/formatNumbers';
import { cellImage } from './cellImage';
import { cosineColor, cosineTextColor } from './cosineScale';
import { heatMapLayout, type HeatMapLayout } from './heatMapLayout';
import type { Cell, Drawing, DrawingSpace, Picture } from './picture';
import { elided, measureIn, type Measure } from './textWidth';

/** A symmetric matrix of cosines with the names of its rows, which are those of its columns. */
export interface HeatMap {
  readonly labels: readonly string[];
  readonly cosine: Matrix;
  readonly describe: (cell: Cell) => readonly string[];
  /** Cells that get a dot in their corner; none where {@link canMarkCells} says no. */
  readonly isMarked?: ((cell: Cell) => boolean) | undefined;
}

const labelSize = 11;
/** Maps with more rows are painted as one image. */
const mostSeparateCells = 60;
const smallestCellWithValue = 27;
const smallestCellWithZero = 34;

/** Whether the cells of a map of so many rows are drawn one by one. */
export function canMarkCells(rows: number): boolean {
  return rows <= mostSeparateCells;
}

export function drawHeatMap(map: HeatMap): Drawing {
  return (space) => heatMapPicture(map, space);
}

function heatMapPicture(map: HeatMap, space: DrawingSpace): Picture {
  const measure = measureIn(`${labelSize}px ${space.theme.fontFamily}`);
  const layout = heatMapLayout(map.labels, space.width, measure);
  const n = map.labels.length;
  return {
    width: layout.width,
    height: layout.height,
    scrollHeight: layout.height,
    rows: n,
    columns: n,
    option: () => option(map, layout, space, measure),
    cellAt: (x, y) => {
      const column = Math.floor((x - layout.left) / layout.cell);
      const row = Math.floor((y - layout.top) / layout.cell);
      return row >= 0 && row < n && column >= 0 && column < n ? { row, column } : undefined;
    },
    boxOf: ({ row, column }) => ({
      left: layout.left + column * layout.cell,
      top: layout.top + row * layout.cell,
      width: layout.cell - layout.gap,
      height: layout.cell - layout.gap,
    }),
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: map.describe,
  };
}

function option(map: HeatMap, layout: HeatMapLayout, space: DrawingSpace, measure: Measure) {
  const { theme } = space;
  const axis = {
    type: 'category' as const,
    data: [...map.labels],
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  const axisLabel = {
    color: theme.foreground,
    fontSize: labelSize,
    fontFamily: theme.fontFamily,
    hideOverlap: false,
    interval: (index: number) => index % layout.labelStep === 0,
    formatter: (label: string) => elided(label, layout.labelWidth, measure),
  };
  return {
    animation: false,
    grid: {
      left: layout.left,
      top: layout.top,
      width: layout.plot,
      height: layout.plot,
      outerBoundsMode: 'none' as const,
    },
    xAxis: { ...axis, axisLabel: { ...axisLabel, rotate: layout.rotate, margin: 6 } },
    yAxis: { ...axis, inverse: true, axisLabel: { ...axisLabel, margin: 8 } },
    series: [
      canMarkCells(map.labels.length) ? cellSeries(map, layout, space) : imageSeries(map, layout, space),
    ],
  };
}

function cellSeries(map: HeatMap, layout: HeatMapLayout, { theme }: DrawingSpace): CustomSeriesOption {
  const { columns, data } = map.cosine;
  const size = layout.cell - layout.gap;
  return {
    type: 'custom',
    silent: true,
    data: Array.from(data, (_, index) => [index % columns, Math.floor(index / columns)]),
    renderItem: (params) => {
      const index = params.dataIndex;
      const value = data[index]!;
      const isDefined = !Number.isNaN(value);
      const x = layout.left + (index % columns) * layout.cell;
      const y = layout.top + Math.floor(index / columns) * layout.cell;
      const isMarked = map.isMarked?.({ row: Math.floor(index / columns), column: index % columns }) ?? false;
      const fill = isDefined ? cosineColor(value, theme.isDark) : 'rgba(128, 128, 128, 0.16)';
      const text =
        layout.cell < smallestCellWithValue && isDefined
          ? ''
          : formatCell(value, layout.cell < smallestCellWithZero);
      const ink = isDefined ? cosineTextColor(value, theme.isDark) : theme.muted;
      const rect = {
        type: 'rect' as const,
        shape: { x, y, width: size, height: size, r: layout.cell >= 20 ? 2 : 0 },
        style: { fill },
        textConfig: { position: 'inside' as const },
        textContent: {
          type: 'text' as const,
          style: { text, fill: ink, fontSize: labelSize, fontFamily: theme.fontFamily },
        },
      };
      if (!isMarked) return rect;
      const r = layout.cell >= 20 ? 2 : 1.5;
      const dot = {
        type: 'circle' as const,
        shape: { cx: x + size - 2 * r, cy: y + 2 * r, r },
        style: { fill: ink },
      };
      return { type: 'group', children: [rect, dot] };
    },
  };
}

function imageSeries(map: HeatMap, layout: HeatMapLayout, space: DrawingSpace): CustomSeriesOption {
  const { left: x, top: y, plot } = layout;
  const image = cellImage(map.cosine, Math.round(plot * space.devicePixelRatio), space.theme.isDark);
  return {
    type: 'custom',
    silent: true,
    data: [[0, 0]],
    renderItem: () => ({ type: 'image', style: { image, x, y, width: plot, height: plot } }),
  };
}
