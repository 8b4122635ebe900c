import { t } from '@vscode/l10n';
import { formatDecimal, productName } from '../../src/format/numbers';
import type { VocabularyAxis, VocabularyResult } from '../../src/protocol/vocabularyResult';
import { isolated } from '../../src/format/isolated';
import type { Cell, Drawing, DrawingSpace, Picture } from './picture';
import { openAxis, rangeAxis, ticksOf, type ValueAxis } from './valueAxis';
import { wholePlot, type Zoom } from './zoom';
import { ends, sideTexts } from './vocabularyStrip';
import type { VocabularyWord } from '../vocabulary/vocabularyWords';
import { elided, measureIn } from './textWidth';

/** All tokens on two axes, some of them labelled. */
export interface Scatter {
  readonly x: VocabularyAxis;
  readonly y: VocabularyAxis;
  readonly product: string;
  /** Alternating x and y, the format in which ECharts accepts very many points. */
  readonly points: Float32Array;
  readonly words: readonly VocabularyWord[];
  readonly xAxis: ValueAxis;
  readonly yAxis: ValueAxis;
}

export interface ScatterLayout {
  readonly left: number;
  readonly top: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  /** The parts of the axes that are shown. */
  readonly xAxis: ValueAxis;
  readonly yAxis: ValueAxis;
  /** Position of a token in pixels. */
  readonly at: (id: number) => readonly [number, number];
}

const left = 46;
const right = 16;
const top = 24;
const bottom = 44;
/** Largest distance in pixels at which the mouse selects a point. */
const reach = 7;
const markSize = 12;
const mostScale = 60;

export function drawScatter(
  { x, product, pieces }: VocabularyResult,
  y: VocabularyAxis,
  words: readonly VocabularyWord[],
): Drawing {
  const points = new Float32Array(2 * x.scores.length);
  x.scores.forEach((score, id) => {
    points[2 * id] = score;
    points[2 * id + 1] = y.scores[id]!;
  });
  const scatter = {
    x,
    y,
    points,
    words,
    product: productName(product),
    xAxis: openAxis(ends(x.scores), 10),
    yAxis: openAxis(ends(y.scores), 10),
  };
  return (space) => scatterPicture(scatter, pieces, space);
}

/** The keyboard moves through the words, the first row. The mouse also finds all other tokens, the second row. */
function scatterPicture(scatter: Scatter, pieces: readonly string[], space: DrawingSpace): Picture {
  const layout = layoutOf(scatter, space);
  const { words, x, y, product } = scatter;
  const height = top + layout.plotHeight + bottom;
  const idOf = ({ row, column }: Cell) => (row === 0 ? words[column]?.id : column) ?? 0;
  return {
    width: space.width,
    height,
    scrollHeight: height,
    rows: 1,
    columns: words.length,
    zoomable: {
      plot: { left, top, width: layout.plotWidth, height: layout.plotHeight },
      mostScale,
      shareOf: (cell) => {
        const [x, y] = shareOf(scatter, idOf(cell));
        return { left: x, top: y, right: x, bottom: y };
      },
      shownText: t`Shown: ${shownText(x, layout.xAxis)}, ${shownText(y, layout.yAxis)}.`,
    },
    option: () => scatterOption(scatter, layout, space),
    cellAt: (mouseX, mouseY) => nearest(scatter, layout, mouseX, mouseY),
    boxOf: (cell) => {
      const [pointX, pointY] = layout.at(idOf(cell));
      return { left: pointX - markSize / 2, top: pointY - markSize / 2, width: markSize, height: markSize };
    },
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: (cell) => {
      const id = idOf(cell);
      const word = words.find((candidate) => candidate.id === id);
      return [
        isolated(pieces[id] ?? ''),
        t`${formatDecimal(x.scores[id]!, 2)} on ${isolated(x.concept)}`,
        t`${formatDecimal(y.scores[id]!, 2)} on ${isolated(y.concept)}, ${product}`,
        ...(word ? [sideTexts[word.side]] : []),
      ];
    },
  };
}

/** Where a token is in the whole plot. */
function shareOf({ points, xAxis, yAxis }: Scatter, id: number): readonly [x: number, y: number] {
  return [
    (points[2 * id]! - xAxis.min) / (xAxis.max - xAxis.min),
    1 - (points[2 * id + 1]! - yAxis.min) / (yAxis.max - yAxis.min),
  ];
}

function shownText({ concept }: VocabularyAxis, { min, max }: ValueAxis): string {
  return t`${formatDecimal(min, 2)} to ${formatDecimal(max, 2)} on ${isolated(concept)}`;
}

/** From a share of an axis on, with ticks as close as they are on the whole axis. */
function partOf({ min, max }: ValueAxis, from: number, share: number): ValueAxis {
  const low = min + from * (max - min);
  const high = low + share * (max - min);
  return { ...rangeAxis([low, high], 10), min: low, max: high };
}

function shownAxes({ xAxis, yAxis }: Scatter, { scale, x, y }: Zoom): readonly [ValueAxis, ValueAxis] {
  if (scale === 1) return [xAxis, yAxis];
  return [partOf(xAxis, x, 1 / scale), partOf(yAxis, 1 - y - 1 / scale, 1 / scale)];
}

function layoutOf(scatter: Scatter, { width, zoom = wholePlot }: DrawingSpace): ScatterLayout {
  const { points } = scatter;
  const [xAxis, yAxis] = shownAxes(scatter, zoom);
  const plotWidth = Math.max(40, width - left - right);
  const plotHeight = Math.round(Math.max(220, Math.min(460, plotWidth * 0.62)));
  return {
    left,
    top,
    plotWidth,
    plotHeight,
    ...{ xAxis, yAxis },
    at: (id) => [
      left + ((points[2 * id]! - xAxis.min) / (xAxis.max - xAxis.min)) * plotWidth,
      top + (1 - (points[2 * id + 1]! - yAxis.min) / (yAxis.max - yAxis.min)) * plotHeight,
    ],
  };
}

function nearest({ points, words }: Scatter, layout: ScatterLayout, x: number, y: number): Cell | undefined {
  const { at, plotWidth, plotHeight } = layout;
  if (x < left || y < top || x > left + plotWidth || y > top + plotHeight) return undefined;
  const away = (id: number) => {
    const [pointX, pointY] = at(id);
    return Math.hypot(pointX - x, pointY - y);
  };
  let found: Cell | undefined;
  let distance = reach;
  const consider = (id: number, cell: Cell) => {
    const candidate = away(id);
    if (!(candidate < distance)) return;
    distance = candidate;
    found = cell;
  };
  words.forEach(({ id }, column) => {
    consider(id, { row: 0, column });
  });
  if (found) return found;
  for (let id = 0; id < points.length / 2; id++) consider(id, { row: 1, column: id });
  return found;
}

const labelSize = 11;

/** On paper the concepts also differ in shape: the colour may be missing. */
export function wordSymbol(concept: number, words: readonly VocabularyWord[]): 'circle' | 'triangle' {
  return concept === words[0]?.concept ? 'circle' : 'triangle';
}

/** The ECharts option: all tokens as one cloud, and above it the concepts' words, labelled where labels fit. */
export function scatterOption(
  scatter: Scatter,
  layout: ScatterLayout,
  { theme, width, isPaper = false }: DrawingSpace,
) {
  const text = { fontSize: labelSize, fontFamily: theme.fontFamily };
  const measure = measureIn(`${labelSize}px ${theme.fontFamily}`);
  const axisName = ({ concept }: VocabularyAxis) => {
    const ending = `, ${scatter.product}`;
    return `${isolated(elided(concept, 0.8 * width - measure(ending), measure))}${ending}`;
  };
  const axis = ({ min, max, step, format }: ValueAxis) => ({
    type: 'value' as const,
    min,
    max,
    interval: step,
    axisLine: { show: false, onZero: false },
    axisTick: { show: false, customValues: ticksOf({ min, max, step }) },
    axisLabel: {
      ...text,
      color: theme.muted,
      margin: 6,
      formatter: format,
      hideOverlap: true,
      customValues: ticksOf({ min, max, step }),
    },
    splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    nameTextStyle: { ...text, color: theme.foreground },
  });
  const words = (side: VocabularyWord['side']) => ({
    type: 'scatter' as const,
    silent: true,
    symbolSize: side === 'found' ? 13 : 7,
    z: side === 'found' ? 4 : 3,
    data: scatter.words
      .filter((word) => word.side === side)
      .map(({ id, piece, concept }) => ({
        value: [scatter.points[2 * id]!, scatter.points[2 * id + 1]!],
        symbol: side === 'found' ? 'diamond' : isPaper ? wordSymbol(concept, scatter.words) : 'circle',
        name: isolated(piece),
        // Labels would be cut off at the right edge.
        label: {
          position: layout.at(id)[0] > layout.left + layout.plotWidth * 0.8 ? 'left' : 'right',
        } as const,
        itemStyle: {
          color:
            side === 'base' ? theme.background : side === 'found' ? theme.foreground : theme.concept(concept),
          borderColor: side === 'found' ? theme.background : theme.concept(concept),
          borderWidth: 1.5,
          opacity: 1,
        },
      })),
    label: {
      ...text,
      show: true,
      position: 'right' as const,
      formatter: '{b}',
      color: theme.foreground,
      textBorderColor: theme.background,
      textBorderWidth: 3,
    },
    labelLayout: { hideOverlap: true },
  });
  return {
    animation: false,
    grid: {
      left: layout.left,
      top: layout.top,
      width: layout.plotWidth,
      height: layout.plotHeight,
      outerBoundsMode: 'none' as const,
    },
    xAxis: {
      ...axis(layout.xAxis),
      name: axisName(scatter.x),
      nameLocation: 'middle' as const,
      nameGap: 26,
    },
    yAxis: {
      ...axis(layout.yAxis),
      name: axisName(scatter.y),
      nameLocation: 'end' as const,
      nameGap: 8,
      nameTextStyle: { ...text, color: theme.foreground, align: 'left' as const, padding: [0, 0, 0, -40] },
    },
    series: [
      {
        type: 'scatter' as const,
        silent: true,
        large: true,
        largeThreshold: 0,
        dimensions: ['x', 'y'],
        data: scatter.points,
        symbolSize: 2,
        // Faint enough to show the inner shape of the cloud, strong enough to show a single token.
        itemStyle: {
          color: theme.muted,
          opacity: Math.max(0.1, Math.min(0.5, 8000 / scatter.x.scores.length)),
        },
      },
      words('base'),
      words('target'),
      words('found'),
    ],
  };
}
