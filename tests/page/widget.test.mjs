// One answer alone, as a page of its own, and the dialog that writes the tag for another.
import assert from 'node:assert/strict';
import { chartsDrawn } from './browser.mjs';
import { frameOf, startHost } from './host.mjs';
import { addressIs, button, field, hash, pageTests } from './parts.mjs';

const check = pageTests();
const value = (page, id) => page.locator(`[data-figure=${id}] .figure__value`).innerText();
const dialog = (page) => page.getByRole('dialog', { name: 'Embed in a page' });
const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

// (view, fields, figures with what the guide says of its example, the open figure's formula)
const answers = [
  ['tokens', ['Requests', 'Input', 'Output', 'Peak over mean'],
    { 'peak-tokens': /^240\s+K\/min$/, 'tokens-per-day': /^115\s+M$/, 'peak-requests': /^1\.74\s+rps$/ },
    /240 K\/min\s*=\s*1\.7361 rps\s*×\s*2,300 tokens\s*×\s*60 s/],
  ['fleet', ['Requests', 'Input', 'Output', 'Peak over mean', 'Headroom', 'Requests at once, each'],
    { gateways: /^2$/, 'peak-requests': /^1\.74\s+rps$/ }, /^2\s*=/],
  // 50,000 × 2,000 B × 90 days
  ['storage', ['Requests', 'Event size', 'Retention', 'Growth'],
    { 'stored-events': /^9\s+GB$/, 'stored-per-day': /^100\s+MB$/ },
    /9 GB\s*=\s*50,000\/day\s*×\s*2,000 B\s*×\s*90 days/],
  ['cost', ['Requests', 'Input', 'Output', 'Cached share of input'], { 'tokens-per-day': /^115\s+M$/ }, /^\$18,300\s*=/],
];
for (const [view, labels, figures, formula] of answers) {
  check(`${view} alone has its inputs, its figures, its reason and the way to all of it`, { hash: `#v=1&view=${view}` }, async ({ page }) => {
    assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
    const form = page.getByRole('form', { name: 'Scenario' });
    assert.deepEqual(await form.locator('label').allInnerTexts(), labels);
    for (const [id, expected] of Object.entries(figures)) assert.match(await value(page, id), expected, id);
    assert.match((await page.locator('.figure[open] .why__formula').innerText()).replace(/\s+/g, ' '), formula);
    // A value leads to its field, and none leads nowhere. One figure is open at a time.
    for (const box of await page.locator('.figure').all()) {
      await box.evaluate((box) => { box.open = true; });
      await box.locator('.why__formula').waitFor();
      for (const input of await box.locator('.why__input').all()) {
        await box.evaluate((box) => { box.open = true; });
        await input.click();
        assert.ok(await page.evaluate(() => document.activeElement.dataset.key), await input.innerText());
      }
    }
    await addressIs(page, `#v=1&view=${view}`);
    await page.getByRole('link', { name: 'Open the full calculator' }).click();
    await page.locator('#verdict').waitFor();
    assert.equal(hash(page), '#v=1');
  });

  check(`${view} alone follows what is typed and keeps its view in the link`, { hash: `#v=1&view=${view}` }, async ({ page }) => {
    const before = await value(page, Object.keys(figures)[0]);
    await field(page, 'Requests').fill('5M');
    await page.waitForFunction(([id, before]) => (
      document.querySelector(`[data-figure=${id}] .figure__value`).innerText !== before
    ), [Object.keys(figures)[0], before]);
    await addressIs(page, `#v=1&requests-per-day=5000000&view=${view}`);
    await field(page, 'Requests').fill('lots');
    await page.getByText('last valid values').first().waitFor();
  });
}

check('each workload has its row, and those beyond three are counted', {
  hash: `#v=1&view=storage&${['a', 'b', 'c', 'd', 'e'].map((name) => `w=${name},1000/day,10,10`).join('&')}`,
}, async ({ page }) => {
  assert.equal(await page.getByLabel('Requests', { exact: true }).count(), 3);
  await page.getByText('2 more workloads in the full calculator; all count here').waitFor();
  // 5 × 1,000 × 2,000 B
  assert.match(await value(page, 'stored-per-day'), /^10\s+MB$/);
});

check('a view that does not exist is told, and all of it shown', { hash: '#v=1&view=poster' }, async ({ page }) => {
  assert.match(await page.getByRole('alert').innerText(), /view: “poster” cannot be used. Allowed: full, brief, tokens/);
  await page.getByRole('form', { name: 'Scenario' }).waitFor();
});

check('a figure that had no requests gets its reason with them', { hash: '#v=1&view=cost&requests-per-day=0' }, async ({ page }) => {
  await field(page, 'Requests').fill('50000');
  const box = page.locator('[data-figure=cost-per-1000]');
  await box.locator('summary').click();
  await box.locator('.why__formula').waitFor();
  assert.match(await box.innerText(), /Cost per month ÷ requests per month/);
});

check('a link may name light or dark', { hash: '#v=1&view=cost&theme=dark' }, async ({ page }) => {
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
});

const name = `Q1 "fast" & <b>'s`;
const decoded = (hash) => [...new URLSearchParams(hash.slice(1))];
const scenarios = [
  ['plain', `#v=1&name=${encodeURIComponent(name)}&requests-per-day=70000&shape=flat`],
  ['with rows', `#v=2&w=a%2Cb:c,960000/day,900,350,from:chat&w=RAG,25/min,4500,500,cached:20&p=openai,gpt-4o,Build,60&p=groq,openai/gpt-oss-120b,Free,40`],
];
for (const [kind, link] of scenarios) {
  check(`the tag of a scenario ${kind}, pasted into another page, shows that scenario`, { hash: link, ...clipboard }, async ({ page }) => {
    await page.locator('.header').getByRole('button', { name: 'Share…' }).click();
    await page.getByRole('button', { name: 'Embed…' }).click();
    await dialog(page).getByLabel('Shows').selectOption('Stored events');
    await dialog(page).getByLabel('Dark', { exact: true }).check();
    await button(dialog(page), 'Copy tag').click();
    await dialog(page).getByText('Copied', { exact: true }).waitFor();
    const tag = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal((await dialog(page).getByLabel('Tag').innerText()).trimEnd(), tag.trimEnd());

    const host = await startHost({});
    try {
      // The other page reads it from the server beside it, the same files at another address.
      const address = page.url().split('#')[0];
      assert.ok(tag.includes(`src="${address}embed.js"`), tag);
      await host.add('pasted.html', (app) => tag.replaceAll(address, app));
      const tab = await host.open('pasted.html');
      const frame = await frameOf(tab.page);
      assert.equal(await frame.getByRole('alert').count(), 0);
      assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'dark');
      assert.equal(await frame.locator('[data-figure=stored-events]').count(), 1);
      const full = await frame.getByRole('link', { name: 'Open the full calculator' }).getAttribute('href');
      assert.deepEqual(decoded(new URL(full).hash), decoded(link));
      const fallback = await tab.page.locator('kt-capacity a').getAttribute('href');
      assert.equal(new URL(fallback).hash, `${new URL(full).hash}&view=storage`);
      tab.assertClean();
      await tab.close();
    } finally {
      await host.close();
    }
  });
}

check('the dialog shows what the tag will look like, and closes', { hash: '#v=1&growth=5' }, async ({ page }) => {
  await page.getByRole('region', { name: 'About the figures' }).getByRole('button', { name: 'Share…' }).click();
  await page.getByRole('button', { name: 'Embed…' }).click();
  await dialog(page).getByText('Preview').click();
  const frame = await frameOf(page);
  await frame.locator('[data-figure=peak-tokens]').waitFor();
  await dialog(page).getByLabel('Shows').selectOption('Cost per month');
  await frame.locator('[data-figure=cost]').waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
});

check('on a phone the dialog is not wider than the page', { width: 360 }, async ({ page }) => {
  await page.getByRole('button', { name: 'Share…' }).last().click();
  await page.getByRole('button', { name: 'Embed…' }).click();
  await dialog(page).getByText('Preview').click();
  await frameOf(page);
  assert.ok(await dialog(page).evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
});
