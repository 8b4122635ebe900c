import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

use([
  BarChart,
  CustomChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  LabelLayout,
  CanvasRenderer,
]);

/** An empty ECharts canvas with only the components registered above. */
export function newChart(element: HTMLElement, devicePixelRatio: number): ECharts {
  return init(element, null, { renderer: 'canvas', devicePixelRatio });
}
