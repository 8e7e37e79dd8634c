// The part of ECharts the page draws with. `.ci/build.mjs` makes it one script,
// global name `echarts`, which the page adds once the other answers are painted.
export { save } from './save.js';
import { init as start, registerPreprocessor, use } from 'echarts/core';
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart, GridComponent, LineChart, MarkLineComponent, ScatterChart, SVGRenderer, TooltipComponent,
]);

// An HTML tooltip writes style attributes, which `style-src 'self'` refuses.
registerPreprocessor((option) => {
  for (const tooltip of [option.tooltip].flat()) {
    if (tooltip) tooltip.renderMode = 'richText';
  }
});

export function init(element, theme, options) {
  const chart = start(element, theme, { ...options, renderer: 'svg' });
  const set = chart.setOption.bind(chart);
  // A scenario with one provider less has one series less: nothing is merged.
  chart.setOption = (option) => set(option, { notMerge: true });
  new ResizeObserver(() => chart.resize()).observe(element);
  return chart;
}
