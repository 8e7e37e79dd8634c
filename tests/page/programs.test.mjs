// "How to build a link" beside the page, and what it leads to.
import assert from 'node:assert/strict';
import { hash, pageTests, verdict } from './parts.mjs';

const check = pageTests();

check('the page about links fits a phone, and its files and examples open', { path: 'links.html', ready: false, width: 360, height: 740 }, async ({ page }) => {
  assert.equal(await page.locator('h1').innerText(), 'How to build a link');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, 'sideways scroll');
  const files = await page.locator('a:not([href^="./"])').evaluateAll((all) => all.map((a) => a.href));
  assert.equal(files.length, 3);
  for (const file of files) assert.equal((await page.request.get(file)).status(), 200, file);
  const example = page.locator('a[href*="growth=15"]');
  const wanted = new URL(await example.evaluate((a) => a.href)).hash;
  await example.click();
  await page.locator('html[data-complete]').waitFor();
  assert.equal(hash(page), wanted);
  assert.match(await verdict(page), /fit/i);
});
