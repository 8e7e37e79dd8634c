// Parts of the page as a reader finds them: by label, role or name.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { startSite } from './browser.mjs';

// A test of a freshly loaded page: `check('sentence', { hash: '#…' }, async ({ page }) => …)`.
// Afterwards the page must be free of nonsense, errors, refused code and foreign requests.
export function pageTests() {
  let site;
  let kept;
  before(async () => { site = await startSite(); });
  after(() => site?.close());
  // Opening a window costs more than loading the page, so tests without wishes of their own
  // share one, emptied of what the last left.
  const open = async ({ hash = '', width = 1280, height = 900, colorScheme = 'light', ...wishes }) => {
    if (Object.keys(wishes).length > 0) {
      return site.open({ hash, width, height, colorScheme, ...wishes });
    }
    kept ??= await site.open({ ready: false });
    const { page } = kept;
    await page.goto('about:blank');
    const browser = await page.context().newCDPSession(page);
    const { origin } = new URL(site.url);
    await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage' });
    await browser.detach();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ media: null, colorScheme, reducedMotion: 'reduce' });
    kept.problems.length = 0;
    await kept.visit(hash);
    return kept;
  };
  return (name, how, act) => test(name, async (context) => {
    const tab = await open(how);
    try {
      await act({ ...tab, site, context });
      await noNonsense(tab.page);
      tab.assertClean();
    } finally {
      if (tab !== kept) await tab.close();
    }
  });
}

// No number on the page, in a field, a name or a drawing went wrong.
export async function noNonsense(page) {
  const found = await page.evaluate(() => {
    const attributes = ['aria-label', 'title', 'placeholder', 'd', 'x', 'y', 'width', 'height'];
    // A notice repeats what stood in the link.
    const all = [...document.querySelectorAll('body *')].filter((each) => !each.closest('.notice'));
    const texts = all.flatMap((element) => [
      ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
      element.value,
      ...attributes.map((name) => element.getAttribute(name)),
    ]);
    return texts.filter((text) => text && /NaN|undefined|Infinity|\binf\b/.test(text));
  });
  assert.deepEqual(found, [], 'nonsense on the page');
}

export const field = (page, label) => page.getByLabel(label, { exact: true });
export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const row = (page, name) => page.getByRole('group', { name, exact: true });
export const hash = (page) => new URL(page.url()).hash;
export const verdict = (page) => page.locator('#verdict').innerText();

// A key figure by its label. Roles of the whole page take long to compute, so this asks for none.
export function figure(page, label) {
  const figures = page.locator('section[aria-labelledby=figures]');
  const named = page.locator('summary').getByText(label, { exact: true });
  return figures.locator('details').filter({ has: named });
}
export const figureText = (page, label) => figure(page, label).locator('summary').innerText();

// The later part follows once the first answers are painted.
export const settled = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(() => setTimeout(done)));
}));

// The sentences under the charts, which are also their accessible names.
export async function summaries(page) {
  await settled(page);
  return page.locator('figure [role=img]')
    .evaluateAll((charts) => charts.map((chart) => chart.getAttribute('aria-label')).filter(Boolean));
}

// Waits until the address bar says what it should: it follows after a moment.
export async function addressIs(page, expected) {
  const wanted = expected instanceof RegExp ? expected.source : null;
  await page.waitForFunction(
    ([text, pattern]) => pattern
      ? new RegExp(pattern).test(window.location.hash)
      : window.location.hash === text,
    [String(expected), wanted],
    { timeout: 3_000 },
  ).catch(() => assert.equal(hash(page), String(expected), 'the address bar'));
}

// Waits until `read` gives `expected`: parts of the page load after `data-complete`, each when its
// place comes near.
export async function eventually(read, expected, message) {
  const until = Date.now() + 20_000;
  while (Date.now() < until && !isDeepStrictEqual(await read(), expected)) {
    await new Promise((done) => { setTimeout(done, 50); });
  }
  assert.deepEqual(await read(), expected, message);
}

// Everything a scenario shows: each field with its value, and all answers in words; the charts
// by their sentences, for a redrawn chart may name its marks in another order.
export async function everything(page) {
  await settled(page);
  const fields = await page.getByRole('form', { name: 'Scenario' })
    .locator('input, select, textarea')
    .evaluateAll((all) => all.map((field) => {
      const label = field.labels[0]?.textContent ?? field.getAttribute('aria-label');
      return `${label}: ${field.type === 'radio' ? field.checked : field.value}`;
    }));
  const name = await field(page, 'Scenario name').inputValue();
  const answers = await page.getByRole('main').evaluate((main) => {
    const copy = main.cloneNode(true);
    // A reason is worked out while it is open; the day is told once it has been lived through.
    const left = '.day, .verdict__day, .side__day, [data-chart] svg, details:not([open]) > .why';
    copy.querySelectorAll(left).forEach((part) => part.remove());
    const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (texts.nextNode()) if (texts.currentNode.data.trim()) lines.push(texts.currentNode.data);
    return lines;
  });
  return { name, fields, answers };
}
