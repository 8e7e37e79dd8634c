// The calculator in a page of another site: who is heard, what is kept, what may be missing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chartsDrawn } from './browser.mjs';
import { assertFits, frameOf, script, startHost } from './host.mjs';
import { button, field } from './parts.mjs';

const tag = (app, more = '') => `${script(app)}
  <kt-capacity view="fleet" ${more}><a href="${app}#v=1&amp;view=fleet">Gateways in the calculator</a></kt-capacity>`;
const pages = {
  'plain.html': (app) => tag(app),
  'strict.html': (app) => tag(app, 'sandbox="allow-scripts"'),
  'forged.html': (app) => `<iframe id="f" src="${app}#v=1&amp;view=cost&amp;embed=${encodeURIComponent('https://else.example')}"></iframe>`,
  'quiet.html': (app) => `<iframe id="f" src="${app}#v=1&amp;view=cost&amp;embed"></iframe>`,
};
let host;
let open;
before(async () => {
  host = await startHost(pages);
  open = await startHost(pages, { cors: true });
});
after(async () => {
  await host?.close();
  await open?.close();
});

const check = (name, where, page, how, act) => test(name, async () => {
  const tab = await where().open(page, how);
  try {
    await act(tab);
  } finally {
    await tab.close();
  }
});
const link = (page) => page.getByRole('link', { name: 'Gateways in the calculator' });
const height = (page) => page.locator('kt-capacity iframe').evaluate((frame) => frame.style.height);
const theme = (frame) => frame.evaluate(() => document.documentElement.dataset.theme);

check('the page around hears its own frame only, and only from its origin', () => host, 'plain.html', {}, async ({ page }) => {
  await assertFits(page);
  const before = await height(page);
  const speak = (from, origin, data) => page.evaluate(([from, origin, data]) => {
    const frame = document.querySelector('kt-capacity').shadowRoot.querySelector('iframe');
    const source = from === 'frame' ? frame.contentWindow : window;
    window.dispatchEvent(new MessageEvent('message', { source, origin, data }));
  }, [from, origin, data]);
  const app = new URL(host.app).origin;
  const said = { type: 'kt-capacity:height', height: 77 };
  await speak('page', app, said);
  await speak('frame', new URL(host.url).origin, said);
  await speak('frame', 'null', said);
  await speak('frame', app, { type: 'resize', height: 77 });
  for (const wrong of [0, -5, 1e9, NaN, '77px', null]) await speak('frame', app, { ...said, height: wrong });
  await speak('frame', app, null);
  assert.equal(await height(page), before);
  await speak('frame', app, said);
  assert.equal(await height(page), '77px', 'the right one is heard');
});

check('the frame hears its parent only, and only from the origin in its link', () => host, 'plain.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  const around = new URL(host.url).origin;
  const speak = (from, origin, data) => frame.evaluate(([from, origin, data]) => {
    const source = from === 'parent' ? window.parent : window;
    window.dispatchEvent(new MessageEvent('message', { source, origin, data }));
  }, [from, origin, data]);
  const dark = { type: 'kt-capacity:theme', theme: 'dark' };
  await speak('self', around, dark);
  await speak('parent', 'https://else.example', dark);
  await speak('parent', 'null', dark);
  await speak('parent', around, { type: 'theme', theme: 'dark' });
  await speak('parent', around, { ...dark, theme: 'url(x)' });
  await speak('parent', around, 'dark');
  assert.equal(await theme(frame), 'light');
  await speak('parent', around, dark);
  assert.equal(await theme(frame), 'dark', 'the right one is heard');
});

for (const [name, page] of [['names another page', 'forged.html'], ['names nobody', 'quiet.html']]) {
  check(`a frame whose link ${name} tells this one nothing and takes nothing from it`, () => host, page, {
    init: () => { window.heard = []; window.addEventListener('message', (event) => window.heard.push(event.data)); },
  }, async ({ page }) => {
    const frame = await (await page.locator('#f').elementHandle()).contentFrame();
    await frame.locator('html[data-complete][data-embed]').waitFor({ state: 'attached', timeout: 15_000 });
    await page.evaluate(() => {
      document.querySelector('#f').contentWindow.postMessage({ type: 'kt-capacity:theme', theme: 'dark' }, '*');
    });
    await page.waitForTimeout(300);
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    assert.notEqual(await theme(frame), 'dark');
    assert.ok(await frame.locator('.widget .figure').count(), 'it works all the same');
  });
}

check('without script the link is there', () => host, 'plain.html', { javaScriptEnabled: false }, async ({ page }) => {
  assert.ok(await link(page).isVisible());
  assert.equal(await link(page).getAttribute('href'), `${host.app}#v=1&view=fleet`);
});

check('the link stays until the frame answers, and when it cannot', () => host, 'plain.html', {}, async ({ page }) => {
  let go;
  const gate = new Promise((open) => { go = open; });
  await page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
  await page.reload();
  await page.locator('kt-capacity iframe').waitFor({ state: 'attached' });
  await page.waitForTimeout(500);
  assert.ok(await link(page).isVisible(), 'while it loads');
  go();
  await frameOf(page);
  assert.ok(await link(page).isHidden());
  await page.unrouteAll();
  await page.route('**/*.wasm', (route) => route.abort());
  await page.reload();
  await page.waitForTimeout(1_000);
  assert.ok(await link(page).isVisible(), 'without a program');
});

const blocked = () => {
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, {
      get() { throw new DOMException('The operation is insecure.', 'SecurityError'); },
    });
  }
};
check('with storage blocked it works', () => host, 'plain.html', { init: blocked }, async (tab) => {
  const frame = await frameOf(tab.page);
  await field(frame, 'Requests').fill('5M');
  await frame.waitForFunction(() => /174/.test(document.querySelector('[data-figure=peak-requests]').textContent));
  await assertFits(tab.page);
  tab.assertClean();
});

check('nothing is kept, and no address is written', () => host, 'plain.html', { folded: true }, async (tab) => {
  const { page } = tab;
  const address = page.url();
  const frame = await frameOf(page);
  const inside = frame.url();
  await page.locator('kt-capacity').evaluate((tag) => tag.setAttribute('view', 'full'));
  await field(frame, 'Growth').fill('12');
  await frame.locator('summary:has(> #checklist)').click();
  await frame.getByRole('checkbox').first().check();
  await button(frame, 'Undo').click();
  await page.waitForTimeout(400);
  assert.equal(page.url(), address);
  assert.equal(frame.url(), inside.replace('view=fleet', 'view=full'));
  assert.deepEqual(await frame.evaluate(() => Object.keys(localStorage)), []);
  tab.assertClean();
});

check('a draft of the same reader stays theirs', () => host, 'plain.html', {}, async ({ page }) => {
  const frame = await frameOf(page);
  await frame.evaluate(() => {
    localStorage.setItem('kt-capacity:draft', 'v=1&growth=99');
    localStorage.setItem('kt-capacity:theme', 'dark');
  });
  await page.reload();
  const again = await frameOf(page);
  assert.equal(await theme(again), 'light', 'the theme is that of the page around');
  await field(again, 'Requests').fill('1');
  await page.waitForTimeout(300);
  assert.equal(await again.evaluate(() => localStorage.getItem('kt-capacity:draft')), 'v=1&growth=99');
});

check('a sandbox without an origin works where the host lets it load', () => open, 'strict.html', {}, async (tab) => {
  const { page } = tab;
  const frame = await frameOf(page);
  assert.equal(await frame.evaluate(() => window.origin), 'null');
  assert.equal(await chartsDrawn(frame), 0, 'charts not drawn');
  await field(frame, 'Requests').fill('5M');
  await frame.waitForFunction(() => /174/.test(document.querySelector('[data-figure=peak-requests]').textContent));
  await page.evaluate(() => { document.body.dataset.theme = 'dark'; });
  await frame.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await frame.getByText('As a table').click();
  await assertFits(page);
  await page.locator('kt-capacity').evaluate((tag) => tag.setAttribute('view', 'cost'));
  await frame.locator('[data-figure=cost]').waitFor();
  tab.assertClean();
});

check('where it does not, the link stays', () => host, 'strict.html', {}, async ({ page }) => {
  await page.locator('kt-capacity iframe').waitFor({ state: 'attached' });
  await page.waitForTimeout(1_000);
  assert.ok(await link(page).isVisible());
});
