// Pictures of the built page at four widths in both themes, whole page.
//
//   node tests/page/screens.mjs FOLDER [--hash '#…'] [--width 360] [--fold]
//
// With --fold only what is seen without scrolling: so public/preview.png is made.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chartsDrawn, startSite } from './browser.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hash: { type: 'string', default: '' },
    width: { type: 'string', multiple: true },
    fold: { type: 'boolean', default: false },
  },
});
const folder = positionals[0];
if (!folder) throw new Error('usage: node tests/page/screens.mjs FOLDER [--hash #…] [--width 360]');
const widths = values.width?.map(Number) ?? [1440, 1280, 768, 360];

await mkdir(folder, { recursive: true });
const site = await startSite();
try {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of widths) {
      const tab = await site.open({ hash: values.hash, width, height: 900, colorScheme });
      const missing = await chartsDrawn(tab.page);
      const path = join(folder, `${width}-${colorScheme}.png`);
      await tab.page.screenshot({ path, fullPage: !values.fold, animations: 'disabled' });
      const notes = [...tab.problems, ...(missing ? [`${missing} charts not drawn`] : [])];
      console.log([path, ...notes].join('\n  '));
      await tab.close();
    }
  }
} finally {
  await site.close();
}
