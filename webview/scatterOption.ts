import { isolated } from '../src/protocol/isolated';
import type { VocabularyAxis } from '../src/protocol/vocabularyResult';
import type { DrawingSpace } from './picture';
import type { Scatter, ScatterLayout } from './scatterPicture';
import { elided, measureIn } from './textWidth';
import type { ValueAxis } from './valueAxis';
import type { VocabularyWord } from './vocabularyWords';

const labelSize = 11;

/** What ECharts is to draw: all tokens as one cloud, the concepts' words above it with their names where they fit. */
export function scatterOption(scatter: Scatter, layout: ScatterLayout, { theme, width }: DrawingSpace) {
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
    axisTick: { show: false },
    axisLabel: { ...text, color: theme.muted, margin: 6, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    nameTextStyle: { ...text, color: theme.foreground },
  });
  const words = (side: VocabularyWord['side']) => ({
    type: 'scatter' as const,
    silent: true,
    symbolSize: 7,
    z: 3,
    data: scatter.words
      .filter((word) => word.side === side)
      .map(({ id, piece, concept }) => ({
        value: [scatter.points[2 * id]!, scatter.points[2 * id + 1]!],
        name: isolated(piece),
        // Names would be cut at the right edge.
        label: {
          position: layout.at(id)[0] > layout.left + layout.plotWidth * 0.8 ? 'left' : 'right',
        } as const,
        itemStyle: {
          color: side === 'base' ? theme.background : theme.concept(concept),
          borderColor: theme.concept(concept),
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
      ...axis(scatter.xAxis),
      name: axisName(scatter.x),
      nameLocation: 'middle' as const,
      nameGap: 26,
    },
    yAxis: {
      ...axis(scatter.yAxis),
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
        // So faint that the cloud keeps its inner shape, so strong that a single token is seen.
        itemStyle: {
          color: theme.muted,
          opacity: Math.max(0.1, Math.min(0.5, 8000 / scatter.x.scores.length)),
        },
      },
      words('base'),
      words('target'),
    ],
  };
}
