// The page of the design language.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { violations } from './axe.mjs';
import { startSite } from './browser.mjs';

let site;
before(async () => { site = await startSite(); });
after(() => site?.close());
const open = (how) => site.open({ path: 'style.html', ready: false, ...how });

test('every color, size and space of the token file is on the page', async () => {
  const { page, assertClean, close } = await open({});
  const tokens = await readFile(new URL('../../style/tokens.css', import.meta.url), 'utf8');
  const names = [...tokens.matchAll(/^ *(--[a-z0-9-]+):/gm)].map(([, name]) => name)
    .filter((name) => !/^--(font|radius|motion)/.test(name));
  assert.ok(names.length > 40);
  const shown = await page.locator('th code').allInnerTexts();
  assert.deepEqual([...new Set(names)].filter((name) => !shown.includes(name)), []);
  assert.equal(new Set(shown).size, shown.length, 'each once');
  assertClean();
  await close();
});

test('every state is there: fits, does not fit, nothing to plan, stale, wrong', async () => {
  const { page, close } = await open({});
  const body = await page.locator('main').innerText();
  for (const words of [/Fits until/, /Does not fit\./, /Give a workload some requests/,
    /1 field to check: the last valid values are used/, /Enter 0 to 1,000 %/, /over by/]) {
    assert.match(body, words);
  }
  await close();
});

test('a field beyond its slider leaves it at the end', async () => {
  const { page, close } = await open({});
  const field = page.locator('.field').filter({ has: page.locator('#style-beyond') });
  assert.equal(await page.locator('#style-beyond').inputValue(), '50');
  assert.equal(await field.getByRole('slider').inputValue(), '10');
  await close();
});

test('every part of a comparison is there, in its states', async () => {
  const { page, close } = await open({});
  const part = (name) => page.locator('.style__shown')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });
  const heads = await part('Heads').innerText();
  for (const words of [/You edit this one/, /Fits today/, /Does not fit today/, /Nothing to size yet/,
    /“sparkle” is not known here/, /Asks the same as A/, /Remove/]) assert.match(heads, words);
  const tables = part('Differences').locator('table');
  assert.deepEqual(await tables.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
    ['Key figures', 'More figures that differ', 'Inputs that differ']);
  assert.match(await tables.first().innerText(), /Next year[^]*Of a newer release[^]*more/);
  assert.match(await tables.last().innerText(), /Requests[^]*20,000[^]*300,000/);
  const kept = await part('Kept scenarios').innerText();
  for (const words of [/Next year[^]*Put beside/, /“sparkle” is not known here/, /Cannot be read/,
    /Removed “Last year”[^]*Undo/, /Kept as “Next year”/, /took nothing/]) assert.match(kept, words);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 320]) {
    test(`no violation and no sideways scroll, ${colorScheme}, ${width} px`, async () => {
      const { page, close } = await open({ colorScheme, width });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(await violations(page), []);
      await close();
    });
  }
}
