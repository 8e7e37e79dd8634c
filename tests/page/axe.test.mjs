// No violation of WCAG 2.2 A or AA that axe can see, with everything open and something wrong.
import assert from 'node:assert/strict';
import { violations } from './axe.mjs';
import { chartsDrawn } from './browser.mjs';
import { button, field, pageTests } from './parts.mjs';

const check = pageTests();
const hash = '#v=1&gpu=8&growth=15&w=Chat,960000/day,900,350,from:chat&w=RAG,360000/day,4500,500';

async function openEverything(page) {
  assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
  await page.evaluate(() => {
    // In a sheet, closed or not, the rows open all the same.
    for (const name of ['More about Chat', 'Limits and prices of OpenAI']) {
      document.querySelector(`[aria-label="${name}"]`).click();
    }
    document.querySelectorAll('details').forEach((details) => { details.open = true; });
  });
  await page.getByRole('alert').waitFor();
  await page.locator('details.data table').first().waitFor();
}

for (const colorScheme of ['light', 'dark']) {
  check(`no violation with everything open, ${colorScheme}, 1280 px`, { hash, colorScheme }, async ({ page }) => {
    await openEverything(page);
    await field(page, 'Headroom').fill('abc');
    assert.deepEqual(await violations(page), []);
  });

  check(`no violation with everything open, then in the sheet, ${colorScheme}, 360 px`, { hash, width: 360, colorScheme }, async ({ page }) => {
    await openEverything(page);
    assert.deepEqual(await violations(page), []);
    await button(page, 'Inputs').click();
    await field(page, 'Headroom').fill('abc');
    assert.equal(await field(page, 'Headroom').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await violations(page), []);
  });
}

for (const view of ['tokens', 'fleet', 'storage', 'cost']) {
  check(`no violation where ${view} stands alone`, { hash: `${hash}&view=${view}`, width: 360, colorScheme: 'dark' }, async ({ page }) => {
    assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
    await page.evaluate(() => document.querySelectorAll('.folded, .data').forEach((details) => { details.open = true; }));
    await field(page, 'Requests').first().fill('abc');
    assert.deepEqual(await violations(page), []);
  });
}

for (const colorScheme of ['light', 'dark']) {
  check(`no violation in the dialog that embeds, ${colorScheme}`, { colorScheme }, async ({ page }) => {
    await button(page, 'Share…').first().click();
    await button(page, 'Embed…').click();
    assert.deepEqual(await violations(page), []);
  });
}

for (const [colorScheme, width] of [['light', 1280], ['dark', 360]]) {
  check(`no violation while reading a file back, ${colorScheme}, ${width} px`, { width, colorScheme }, async ({ page }) => {
    await button(page, 'Import or compare a file…').click();
    const dialog = page.getByRole('dialog', { name: 'Import or compare a file' });
    await dialog.getByRole('textbox').fill('kind: HorizontalPodAutoscaler\nspec: {maxReplicas: 33, gpu: 8}');
    await dialog.getByText('Not used').waitFor();
    await page.evaluate(() => document.querySelectorAll('dialog details').forEach((details) => { details.open = true; }));
    assert.deepEqual(await violations(page), []);
    await dialog.getByRole('textbox').fill('a: [1');
    await dialog.getByRole('alert').waitFor();
    assert.deepEqual(await violations(page), []);
  });
}
