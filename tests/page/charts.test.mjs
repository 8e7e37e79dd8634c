// A chart as a file of its own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { chartsDrawn } from './browser.mjs';
import { pageTests } from './parts.mjs';

const check = pageTests();

async function saved(page, name) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await download;
  return [file.suggestedFilename(), await readFile(await file.path())];
}

for (const colorScheme of ['light', 'dark']) {
  check(`a chart is saved with its title, sentence, source and link, ${colorScheme}`, { hash: '#v=2&requests-per-day=70000', colorScheme }, async ({ page }) => {
    await page.locator('#chart-tokens svg').waitFor();
    const title = 'Tokens per minute over the day';
    const [name, bytes] = await saved(page, `${title}, save as SVG`);
    assert.equal(name, 'tokens.svg');
    const sentence = await page.locator('#chart-tokens').getAttribute('aria-label');
    // A page of its own: this one's content policy refuses the file's styles.
    const blank = await page.context().newPage();
    const texts = await blank.evaluate((text) => {
      const xml = new DOMParser().parseFromString(text, 'image/svg+xml');
      if (xml.querySelector('parsererror')) return ['broken'];
      return [...xml.documentElement.children].filter((it) => it.localName === 'text').map((it) => it.textContent);
    }, bytes.toString());
    await blank.close();
    assert.equal(texts[0], title);
    const said = texts.slice(1).join(' ');
    assert.ok(said.startsWith(sentence), said);
    assert.match(said, /Capacity calculator, 2\d{3}|Capacity calculator, \d+ \w+ 2\d{3}/);
    assert.ok(said.replaceAll(' ', '').endsWith(`${page.url()}`), said);
    const [picture, png] = await saved(page, `${title}, save as PNG`);
    assert.equal(picture, 'tokens.png');
    assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    // Twice the width of the drawing and its margins.
    const width = await page.locator('#chart-tokens').evaluate((it) => it.getBoundingClientRect().width);
    assert.equal(png.readUInt32BE(16), Math.floor((width + 32) * 2));
  });
}

const names = ['North', 'South, backup', 'East EU', 'West', 'Anthropic, second account', 'Sweden',
  'Seven', 'Eight', 'Ninth one', 'Ten', 'Eleven'];
const rows = ['openai,gpt-4o,Build', 'azure-openai,gpt-4.1-mini,Global+Tier+1', 'anthropic,claude-sonnet-5,Start'];
const providers = (count) => names.slice(0, count)
  .map((name, at) => `&p=${rows[at % 3]},${count - at + 3},name:${encodeURIComponent(name)}`).join('');
const workloads = (count) => Array.from({ length: count }, (_, at) =>
  `&w=Workload+${at + 1},${(count - at) * 20_000}/day,${900 + at * 100},${200 + at * 50}`).join('');
const worst = {
  'as it is': '',
  'eleven providers': `#v=2&requests-per-day=200000${providers(11)}`,
  'twelve workloads': `#v=2${workloads(12)}${providers(3)}`,
  'twenty times the limits': `#v=2&requests-per-day=5000000${providers(8)}`,
  'ten requests a day': '#v=2&requests-per-day=10',
  'a limit of nothing': '#v=2&requests-per-day=70000&p=custom,llama,Own+limits,60,name:In-house,rpm:0,tpm:0&p=openai,gpt-4o,Build,40',
  'a flat day': `#v=2&requests-per-day=200000&peak-multiplier=1&shape=${Array(24).fill(1).join()}`,
};

// Pairs of texts of a drawing that overlap, and texts that leave it.
const overlaps = () => [...document.querySelectorAll('.chart__canvas')].flatMap((canvas) => {
  const edge = canvas.getBoundingClientRect();
  const texts = [...canvas.querySelectorAll('text')].filter((each) => each.textContent.trim());
  const rects = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
  const cut = rects.filter(([, rect]) => rect.left < edge.left - 2 || edge.right + 2 < rect.right
    || rect.top < edge.top - 2 || edge.bottom + 2 < rect.bottom);
  const pairs = rects.flatMap(([one, a], at) => rects.slice(at + 1).filter(([, b]) => a.left + 1 < b.right
    && b.left + 1 < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom).map(([other]) => `${one} | ${other}`));
  return [...cut.map(([text]) => `cut: ${text}`), ...pairs].map((problem) => `${canvas.id}: ${problem}`);
});

for (const [name, hash] of Object.entries(worst)) {
  for (const [width, colorScheme] of [[1280, 'light'], [360, 'dark']]) {
    check(`no words of a chart overlap or are cut: ${name}, ${width}`, { hash, width, colorScheme }, async ({ page }) => {
      assert.equal(await chartsDrawn(page), 0);
      assert.deepEqual(await page.evaluate(overlaps), []);
    });
  }
}

check('each provider has a row of one height', { hash: worst['eleven providers'] }, async ({ page }) => {
  const canvas = page.locator('#chart-providers');
  await canvas.scrollIntoViewIfNeeded();
  await canvas.locator('svg').waitFor();
  const heights = await canvas.evaluate((it) => [...it.querySelectorAll('text')]
    .filter((text) => text.getAttribute('text-anchor') === 'end' && !/%/.test(text.textContent))
    .map((text) => text.getBoundingClientRect().top).sort((a, b) => a - b));
  assert.equal(heights.length, 11);
  const steps = heights.slice(1).map((top, at) => top - heights[at]);
  assert.ok(Math.max(...steps) - Math.min(...steps) < 1.5, steps);
  assert.ok(Math.min(...steps) >= 30, steps);
});

for (const colorScheme of ['light', 'dark']) {
  check(`the pointer gets unit, sum and share in the colors of the page, ${colorScheme}`, { hash: `#v=2${workloads(3)}${providers(3)}`, colorScheme }, async ({ page }) => {
    const canvas = page.locator('#chart-tokens');
    await canvas.locator('svg').waitFor();
    const before = await canvas.locator('text').allTextContents();
    const { width, height } = await canvas.boundingBox();
    await canvas.hover({ position: { x: width / 2, y: height / 2 } });
    const said = () => canvas.locator('text').allTextContents();
    await page.waitForFunction((count) => document.querySelectorAll('#chart-tokens text').length > count, before.length);
    const lines = (await said()).join('\n');
    assert.match(lines, /Workload 1: [\d.]+.[KMG]? ?tokens\/min/);
    assert.match(lines, /all: [\d.]+.[KMG]? ?tokens\/min/);
    assert.match(lines, /[\d,.]+\s%\sof the limit: North/);
    // Contrast of the words on the surface of the page.
    const contrast = await canvas.evaluate((it) => {
      const shine = (color) => {
        const parts = color.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      };
      const text = [...it.querySelectorAll('text')].find((each) => each.textContent.startsWith('all: '));
      const probe = document.body.appendChild(document.createElement('span'));
      probe.className = 'probe probe--surface';
      const surface = getComputedStyle(probe).color;
      probe.remove();
      const pair = [getComputedStyle(text).fill, surface].map(shine);
      return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    });
    assert.ok(contrast >= 4.5, contrast);
  });
}
