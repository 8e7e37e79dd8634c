// The part of ECharts the page draws with. `.ci/build.mjs` makes it one script,
// global name `echarts`, which the page adds once the other answers are painted.
import { getInstanceByDom, init as start, registerPreprocessor, use } from 'echarts/core';
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { saveAs } from './save.js';

use([
  BarChart, CanvasRenderer, GridComponent, LineChart, MarkLineComponent, ScatterChart, SVGRenderer,
  TooltipComponent,
]);

// An HTML tooltip writes style attributes, which `style-src 'self'` refuses.
registerPreprocessor((option) => {
  for (const tooltip of [option.tooltip].flat()) {
    if (tooltip) tooltip.renderMode = 'richText';
  }
});

const options = new WeakMap(); // of each element, as it is drawn

export function init(element, theme, how) {
  const chart = start(element, theme, { ...how, renderer: 'svg' });
  const set = chart.setOption.bind(chart);
  // A scenario with one provider less has one series less: nothing is merged.
  chart.setOption = (option) => {
    options.set(element, option);
    set(option, { notMerge: true });
  };
  new ResizeObserver(() => chart.resize()).observe(element);
  return chart;
}

// The drawing of an element as pixels.
function paint(element, how) {
  const chart = start(document.createElement('canvas'), null, { ...how, renderer: 'canvas' });
  chart.setOption({ ...options.get(element), animation: false });
  return chart.renderToCanvas({ pixelRatio: how.devicePixelRatio });
}

export const save = (id, kind, title, texts) => saveAs(id, kind, title, texts, paint);

// The axis of the values of a drawing: the pixel of a value, the value of a pixel, its name.
const drawing = (id) => getInstanceByDom(document.getElementById(id));
export const place = (id, value) => drawing(id)?.convertToPixel({ yAxisIndex: 0 }, value) ?? NaN;
export const value = (id, pixel) => drawing(id)?.convertFromPixel({ yAxisIndex: 0 }, pixel) ?? NaN;
export const unit = (id) => drawing(id)?.getOption().yAxis[0].name ?? '';
