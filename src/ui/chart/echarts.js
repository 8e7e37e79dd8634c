// The part of ECharts the page draws with. `.ci/bundle.mjs` makes it one script,
// global name `echarts`, which the page adds after its first paint.
import { init as start, registerPreprocessor, use } from 'echarts/core';
import { BarChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([
  AriaComponent, BarChart, GridComponent, LineChart, MarkAreaComponent, MarkLineComponent,
  MarkPointComponent, SVGRenderer, TooltipComponent,
]);

// An HTML tooltip writes style attributes, which `style-src 'self'` refuses.
registerPreprocessor((option) => {
  for (const tooltip of [option.tooltip].flat()) {
    if (tooltip) tooltip.renderMode = 'richText';
  }
});

export function init(element, theme, options) {
  return start(element, theme, { ...options, renderer: 'svg' });
}
