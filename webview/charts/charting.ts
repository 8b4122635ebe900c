import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  ...[BarChart, CustomChart, ScatterChart, GridComponent, MarkAreaComponent, MarkLineComponent, LabelLayout],
  ...[CanvasRenderer, SVGRenderer],
]);

/** An empty ECharts canvas with only the components registered above. */
export function newChart(element: HTMLElement, devicePixelRatio: number): ECharts {
  return init(element, null, { renderer: 'canvas', devicePixelRatio });
}

/** The elements of a chart as SVG, without a root element. */
export function chartSvg(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
}
