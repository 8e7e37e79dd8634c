// The calculator in a page of another site: the tag, its frame, height and theme.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { chartsDrawn } from './browser.mjs';
import { assertFits, frameOf, script, startHost } from './host.mjs';
import { field } from './parts.mjs';
import { dist } from './server.mjs';

const views = ['tokens', 'fleet', 'storage', 'cost', 'day', 'brief', 'full'];
let host;
before(async () => {
  host = await startHost({
    'one.html': (app) => `${script(app)}
      <kt-capacity view="tokens" requests-per-day="100000"><a href="${app}">Calculator</a></kt-capacity>`,
    'bogus.html': (app) => `${script(app)}
      <kt-capacity view="tokns"><a href="${app}">Calculator</a></kt-capacity>`,
    'blank.html': () => '<p>Text</p>',
    'words.html': (app) => `${script(app)}<kt-capacity view="cost" name="a,b: c/d &amp; e=f#g 50 %" growth="15"
      class="wide" data-note="1" aria-label="x" id="k"></kt-capacity>`,
    'rows.html': (app) => `${script(app)}<kt-capacity view="fleet"
      scenario="${app}#v=1&amp;w=Chat,960000/day,900,350&amp;w=RAG,25/min,4500,500" headroom="2"></kt-capacity>`,
    'three.html': (app) => `${script(app)}${['tokens', 'storage', 'cost']
      .map((view) => `<kt-capacity view="${view}"></kt-capacity>`).join('<p>Text</p>')}`,
    'far.html': (app) => `${script(app)}<svg width="10" height="9000"></svg><kt-capacity view="cost"></kt-capacity>`,
    ...Object.fromEntries(views.map((view) => [`${view}.html`, (app) => (
      `${script(app)}<kt-capacity view="${view}" scenario="v=1&amp;name=${'x'.repeat(120)}"></kt-capacity>`
    )])),
  });
});
after(() => host?.close());

const check = (name, page, how, act) => test(name, async () => {
  const tab = await host.open(page, how);
  try {
    await act(tab);
    tab.assertClean();
  } finally {
    await tab.close();
  }
});
const figure = (frame, id) => frame.locator(`[data-figure=${id}] .figure__value`).innerText();
const theme = (frame) => frame.evaluate(() => document.documentElement.dataset.theme);
const themeIs = (frame, wanted) => frame.waitForFunction(
  (wanted) => document.documentElement.dataset.theme === wanted, wanted, { timeout: 3_000 },
).catch(async () => assert.equal(await theme(frame), wanted));

test('the script weighs less than 2 kB', async () => {
  const size = brotliCompressSync(await readFile(join(dist, 'embed.js'))).length;
  assert.ok(size < 2_000, `${size} bytes`);
});

check('attributes are the scenario, and the frame has a name', 'one.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  assert.equal(await chartsDrawn(frame), 0, 'charts not drawn');
  assert.equal(await field(frame, 'Requests').inputValue(), '100,000');
  // 100,000 ÷ 86,400 × 3 × 2,300 tokens × 60 s = 479,167 a minute.
  assert.match(await figure(frame, 'peak-tokens'), /^479\s+K\/min$/);
  assert.equal(await page.locator('iframe').getAttribute('title'), 'Capacity calculator: tokens');
  assert.ok(await page.getByRole('link', { name: 'Calculator' }).isHidden(), 'the link makes room');
});

check('a view that does not exist shows what stands inside, and tells the author', 'bogus.html', {}, async ({ page }) => {
  const warned = [];
  page.on('console', (message) => { if (message.text().startsWith('<kt-capacity')) warned.push(message.text()); });
  await page.reload();
  const link = page.getByRole('link', { name: 'Calculator' });
  await link.waitFor();
  const set = (view) => page.locator('kt-capacity').evaluate((tag, word) => tag.setAttribute('view', word), view);
  const visible = () => page.locator('iframe').isVisible();
  assert.equal(await visible(), false);
  const tall = await page.locator('kt-capacity').evaluate((tag) => tag.offsetHeight);
  assert.ok(tall < 60, `no hole of ${tall} px`);
  assert.deepEqual(warned, ['<kt-capacity view="tokns">: there is full, brief, tokens, fleet, storage, cost, day, compare']);
  await page.locator('body').evaluate((body) => { body.className = 'dark'; });
  assert.equal(warned.length, 1, 'told once');
  await set('tokens');
  const frame = await frameOf(page);
  await field(frame, 'Requests').waitFor();
  assert.ok(await link.isHidden());
  await set('toks');
  await link.waitFor();
  assert.equal(await visible(), false);
  assert.equal(warned.length, 2);
  await set('cost');
  await link.waitFor({ state: 'hidden' });
  assert.equal(await visible(), true);
});

check('values may hold any sign, and attributes of HTML are no keys', 'words.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  assert.equal(await frame.getByRole('alert').count(), 0, 'nothing was left out');
  const link = await frame.getByRole('link', { name: 'Open the full calculator' }).getAttribute('href');
  const pairs = new URLSearchParams(new URL(link).hash.slice(1));
  assert.equal(pairs.get('name'), 'a,b: c/d & e=f#g 50 %');
  assert.equal(pairs.get('growth'), '15');
});

check('a scenario with rows is given as its link, and attributes come on top', 'rows.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  assert.equal(await frame.getByRole('group', { name: 'RAG', exact: true }).count(), 1);
  assert.equal(await field(frame, 'Headroom').inputValue(), '2');
});

check('the height follows what is in the frame', 'one.html', {}, async ({ page }) => {
  const closed = await assertFits(page);
  const frame = await frameOf(page);
  await frame.getByText('As a table').click();
  const open = await assertFits(page);
  assert.ok(open > closed + 200, `${closed}, with the table ${open}`);
  await frame.getByText('As a table').click();
  assert.equal(await assertFits(page), closed, 'and back');
  await page.setViewportSize({ width: 400, height: 900 });
  assert.ok((await assertFits(page)) > closed, 'narrower is higher');
});

for (const [view, width] of [['tokens', 800], ['fleet', 800], ['storage', 360], ['cost', 800]]) {
  check(`from the first answer on ${view} hardly moves the page around, ${width} px`, 'blank.html', { width }, async ({ page }) => {
    await page.evaluate(([view, app]) => {
      window.heights = [];
      window.addEventListener('message', ({ data }) => window.heights.push(data.height));
      const tag = document.body.appendChild(document.createElement('kt-capacity'));
      tag.setAttribute('view', view);
      document.head.appendChild(document.createElement('script')).src = `${app}embed.js`;
    }, [view, host.app]);
    const frame = await frameOf(page);
    if (view !== 'cost') assert.equal(await chartsDrawn(frame), 0, 'charts not drawn');
    const last = await assertFits(page);
    const [first] = await page.evaluate(() => window.heights);
    assert.ok(Math.abs(last - first) <= 24, `${first}, then ${last}`);
  });
}

// (where the site writes it, what it writes for dark and for light)
const switches = [
  ['MkDocs Material', 'body', 'data-md-color-scheme', 'slate', 'default'],
  ['Docusaurus', 'html', 'data-theme', 'dark', 'light'],
  ['Sphinx', 'body', 'data-theme', 'dark', 'light'],
  ['a class', 'html', 'class', 'js dark', 'js light'],
];
check('light and dark follow the switch of the site, and edits stay', 'one.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  assert.equal(await theme(frame), 'light');
  await field(frame, 'Requests').fill('200000');
  const surface = () => frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await surface();
  for (const [site, place, name, dark, bright] of switches) {
    const set = (value) => page.locator(place).evaluate((element, [name, value]) => {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }, [name, value]);
    await set(dark);
    await themeIs(frame, 'dark');
    assert.notEqual(await surface(), light, site);
    await set(bright);
    await themeIs(frame, 'light');
    await set(null);
  }
  // A site of none of these: what its text looks like.
  await page.evaluate(() => { document.documentElement.style.colorScheme = 'dark'; });
  await themeIs(frame, 'dark');
  await page.evaluate(() => { document.body.style.color = 'black'; });
  await themeIs(frame, 'light');
  assert.equal(await field(frame, 'Requests').inputValue(), '200000');
});

check('a site that follows the system is followed in the dark', 'one.html', { colorScheme: 'dark' }, async ({ page }) => {
  const frame = await frameOf(page);
  assert.equal(await theme(frame), 'light', 'the site is light whatever the system says');
  await page.evaluate(() => { document.documentElement.style.colorScheme = 'light dark'; });
  await themeIs(frame, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await themeIs(frame, 'light');
});

check('a theme that is named is kept', 'one.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  await page.evaluate(() => document.querySelector('kt-capacity').setAttribute('theme', 'dark'));
  await themeIs(frame, 'dark');
  await page.evaluate(() => { document.body.dataset.theme = 'light'; });
  await page.waitForTimeout(100);
  assert.equal(await theme(frame), 'dark');
});

check('an attribute that changes changes the frame, which does not load anew', 'one.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  await frame.evaluate(() => { window.kept = true; });
  const steps = await page.evaluate(() => window.history.length);
  await page.locator('kt-capacity').evaluate((tag) => tag.setAttribute('requests-per-day', '50000'));
  await frame.waitForFunction(() => /240/.test(document.querySelector('[data-figure=peak-tokens]')?.textContent));
  await page.locator('kt-capacity').evaluate((tag) => tag.setAttribute('view', 'storage'));
  await frame.locator('[data-figure=stored-events]').waitFor();
  assert.equal(await page.locator('iframe').getAttribute('title'), 'Capacity calculator: storage');
  assert.equal(await frame.evaluate(() => window.kept), true);
  assert.equal(await page.evaluate(() => window.history.length), steps, 'no entry in the history');
  await assertFits(page);
});

check('several on a page keep to themselves', 'three.html', { height: 3000 }, async ({ page }) => {
  const heights = [];
  for (const index of [0, 1, 2]) heights.push(await assertFits(page, index));
  assert.equal(new Set(heights).size, 3, String(heights));
  const [tokens, storage] = [await frameOf(page, 0), await frameOf(page, 1)];
  await field(tokens, 'Requests').fill('500000');
  assert.equal(await field(storage, 'Requests').inputValue(), '50,000');
  await tokens.getByText('As a table').click();
  assert.ok((await assertFits(page, 0)) > heights[0]);
  assert.equal(await assertFits(page, 1), heights[1]);
  assert.equal(await assertFits(page, 2), heights[2]);
});

check('far down the page nothing is fetched until it is near', 'far.html', {}, async ({ page }) => {
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  await page.waitForFunction(() => document.querySelector('kt-capacity').shadowRoot);
  await page.waitForTimeout(500);
  const loaded = () => asked.filter((url) => /\.wasm|sub\/path\/($|#)/.test(url)).length;
  assert.equal(loaded(), 0, asked.join(' '));
  await page.locator('kt-capacity').scrollIntoViewIfNeeded();
  await frameOf(page);
  assert.ok(loaded() > 0);
});

check('taken out and put back it works again', 'one.html', {}, async ({ page }) => {
  await frameOf(page);
  await page.evaluate(() => {
    const tag = document.querySelector('kt-capacity');
    tag.remove();
    document.body.append(tag);
  });
  await assertFits(page);
});

check('a dialog opens where the reader is', 'full.html', { height: 800 }, async ({ page }) => {
  const frame = await frameOf(page);
  await assertFits(page);
  await frame.getByRole('button', { name: 'Import or compare a file…' }).click();
  const dialog = frame.getByRole('dialog', { name: 'Import or compare a file' });
  await dialog.waitFor();
  const { y, height } = await dialog.boundingBox();
  assert.ok(0 <= y && y < 800 - 100, `${y} of 800`);
  assert.ok(height > 100);
});

for (const view of views) {
  check(`on a narrow phone ${view} scrolls sideways nowhere`, `${view}.html`, { width: 320 }, async ({ page }) => {
    await assertFits(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, 'the page');
  });

  check(`on a phone ${view} scrolls sideways nowhere`, `${view}.html`, { width: 360 }, async ({ page }) => {
    await assertFits(page);
    const frame = await frameOf(page);
    assert.equal(await chartsDrawn(frame), 0, 'charts not drawn');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, 'the page');
    await assertFits(page);
    // No second name, address or theme switch inside another page.
    assert.equal(await frame.locator('header.header').count(), 0);
    const link = frame.getByRole('link', { name: 'Open the full calculator' });
    assert.ok(await link.isVisible());
    const [opened] = await Promise.all([page.waitForEvent('popup'), link.click()]);
    assert.match(new URL(opened.url()).hash, /^#v=1&name=x{120}$/);
  });
}
