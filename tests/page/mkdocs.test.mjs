// The calculator in a real documentation site.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chartsDrawn } from './browser.mjs';
import { assertFits, frameOf } from './host.mjs';
import { isMissing, startDocs } from './mkdocs.mjs';

const needed = process.env.CI === 'true';
const skip = isMissing() && !needed && 'skipped: mkdocs-material is not installed';
let host;
before(async () => {
  if (!skip) host = await startDocs();
});
after(() => host?.close());

const check = (name, how, act) => test(name, { skip }, async () => {
  const tab = await host.open('index.html', how);
  try {
    await act(tab);
    tab.assertClean();
  } finally {
    await tab.close();
  }
});
const themeIs = (frame, theme) => frame.waitForFunction(
  (theme) => document.documentElement.dataset.theme === theme, theme,
);

check('it stands in the text and follows the switch between light and dark', { width: 1280, height: 2000 }, async ({ page }) => {
  const [tokens, storage] = [await frameOf(page, 0), await frameOf(page, 1)];
  assert.equal(await chartsDrawn(tokens), 0, 'charts not drawn');
  await assertFits(page, 0);
  await assertFits(page, 1);
  // The guide's example: 1.7361 rps × 2,300 tokens × 60 s, and 50,000 × 2,000 B × 90 days.
  assert.match(await tokens.locator('[data-figure=peak-tokens] .figure__value').innerText(), /^240\s+K\/min$/);
  assert.match(await storage.locator('[data-figure=stored-events] .figure__value').innerText(), /^9\s+GB$/);
  for (const [title, theme] of [['Switch to dark', 'dark'], ['Switch to light', 'light']]) {
    await page.locator(`label[title="${title}"]`).click();
    await themeIs(tokens, theme);
    await themeIs(storage, theme);
  }
});

check('the site’s own navigation takes it away and brings it back', { width: 1280, height: 2000 }, async ({ page }) => {
  await frameOf(page);
  await page.locator('label[title="Switch to dark"]').click();
  await page.getByRole('link', { name: 'Other' }).first().click();
  await page.getByRole('heading', { name: 'Other' }).waitFor();
  await page.getByRole('link', { name: 'Capacity planning' }).first().click();
  await page.getByRole('heading', { name: 'Capacity planning' }).waitFor();
  await themeIs(await frameOf(page), 'dark');
  await assertFits(page);
});

check('on a phone nothing is wider than the page', { width: 360, height: 800 }, async ({ page }) => {
  await assertFits(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
});
