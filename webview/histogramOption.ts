import type { CustomSeriesOption } from 'echarts/charts';
import {
  labelSize,
  laneHeight,
  tickWidth,
  type HistogramChart,
  type HistogramLayout,
} from './histogramPicture';
import type { DrawingSpace } from './picture';

const mostRimmed = 100;

/** What ECharts is to draw: the histogram as one grey shape, the line, the marks in their lanes, and the axis below. */
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
              // Rims set a few marks apart, and would cover very many.
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
