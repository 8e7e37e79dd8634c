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

// An HTML tooltip writes style attributes, which `style-src 'self'` refuses. The color that a
// label gives its border is its halo: it goes around the letters, not around their box. The axes
// that count pixels hold words, also beyond the edges, and have nothing to say at the pointer.
registerPreprocessor((option) => {
  for (const tooltip of [option.tooltip].flat()) {
    if (tooltip) Object.assign(tooltip, { renderMode: 'richText', confine: true });
  }
  for (const series of [option.series].flat()) {
    if (series?.xAxisIndex) series.clip = false;
    const label = series?.label;
    if (!label?.borderColor) continue;
    Object.assign(label, { textBorderColor: label.borderColor, textBorderWidth: 3 });
    delete label.borderColor;
  }
  for (const axis of [option.xAxis, option.yAxis].flat()) {
    if (axis?.show === false) axis.axisPointer = { show: false };
  }
});

// What is said at the pointer: the element's own lines, in the colors of the page.
function tell(element, option) {
  const { color, fontFamily } = getComputedStyle(element);
  const rich = Object.fromEntries(element.tints.map((tint, at) => [`t${at}`, { color: tint }]));
  // A brace or a bar in a name would be read as a style.
  const plain = (text) => text.replaceAll(/[{}|]/g, '');
  const line = ([text, tint]) => (tint === null ? plain(text) : `{t${tint}|■} ${plain(text)}`);
  Object.assign(option.tooltip, {
    textStyle: { color, fontFamily, fontSize: 12, lineHeight: 18, rich },
    formatter: (at) => element.lines([at].flat()[0].dataIndex).map(line).join('\n'),
  });
}

const options = new WeakMap(); // of each element, as it is drawn

export function init(element, theme, how) {
  const chart = start(element, theme, { ...how, renderer: 'svg' });
  const set = chart.setOption.bind(chart);
  // A scenario with one provider less has one series less: nothing is merged.
  chart.setOption = (option) => {
    if (option.tooltip && element.lines) tell(element, option);
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
