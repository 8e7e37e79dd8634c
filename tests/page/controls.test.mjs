// What moves the charts: a supposed loss or month, the cross-hair of the day, the lines of limits.
import assert from 'node:assert/strict';
import { pageTests } from './parts.mjs';
import { chartsDrawn } from './browser.mjs';

const check = pageTests();
const lost = (page) => page.getByLabel('Suppose we lose', { exact: true });
const said = (page, id) => page.locator(`[data-chart=${id}] .chart__summary`);
const address = (page) => page.evaluate(() => location.hash);
const until = async (page, test, wanted) => {
  await page.waitForFunction(test, wanted);
};

check('a loss is supposed in all charts and in the link, and in nothing else', { hash: '#v=2' }, async ({ page }) => {
  const verdict = await page.locator('#verdict').innerText();
  const before = await said(page, 'chart-providers').innerText();
  await lost(page).selectOption('openai');
  for (const id of ['chart-tokens', 'chart-providers', 'chart-gateways', 'chart-storage', 'chart-capacity']) {
    await said(page, id).getByText(/^Drawn with OpenAI lost\. /).waitFor();
  }
  await until(page, (hash) => location.hash === hash, '#v=2&lost=openai');
  assert.equal(await page.locator('#verdict').innerText(), verdict);
  // It takes no requests any more: 25 of 40 go to the second.
  assert.doesNotMatch(await said(page, 'chart-providers').innerText(), /At the peak: OpenAI/);
  await page.getByRole('button', { name: 'Back to today' }).click();
  await until(page, (hash) => location.hash === hash, '#v=2');
  assert.equal(await said(page, 'chart-providers').innerText(), before);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'what-if-lost');
});

check('a month is supposed by keys, at the growth that is entered', { hash: '#v=2&growth=10' }, async ({ page }) => {
  const month = page.getByRole('slider', { name: 'Month' });
  await month.focus();
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowRight');
  // 1.1⁶ = 1.77.
  await said(page, 'chart-tokens').getByText(/^Drawn for \w+ \d{4} at 1\.77× today’s load\. /).waitFor();
  assert.match(await month.getAttribute('aria-valuetext'), /^\w+ \d{4}, 1\.77×$/);
  await until(page, (hash) => location.hash === hash, '#v=2&growth=10&month=6');
});

check('without growth there is no month to choose', { hash: '#v=2&month=6' }, async ({ page }) => {
  await page.getByText('Enter a growth to look ahead').waitFor();
  assert.doesNotMatch(await said(page, 'chart-tokens').innerText(), /^Drawn/);
});

check('a shared link supposes what it says, also in a frame’s view', { hash: '#v=2&lost=zone&view=fleet' }, async ({ page }) => {
  await said(page, 'chart-gateways').getByText(/^Drawn with one of 3 zones lost: 1 of 2 gateways left at the peak/).waitFor();
  assert.equal(await address(page), '#v=2&lost=zone&view=fleet');
});

check('the cross-hair goes through all charts of the day, by keys and by pointer', { hash: '#v=2' }, async ({ page }) => {
  await chartsDrawn(page);
  const cross = page.getByRole('slider', { name: 'Tokens per minute over the day, cross-hair' });
  await cross.focus();
  await page.keyboard.press('Home');
  assert.match(await cross.getAttribute('aria-valuetext'), /^00:00: [\d.]+ K tokens\/min, [\d.]+\s% of Azure OpenAI tokens$/);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  assert.match(await cross.getAttribute('aria-valuetext'), /^01:05: /);
  const other = page.locator('[data-chart=chart-gateways] .cross');
  assert.equal(await other.getAttribute('aria-valuetext'), '01:05: 2 gateways needed');
  await page.keyboard.press('End');
  assert.match(await cross.getAttribute('aria-valuetext'), /^23:55: /);
  // By pointer: the middle of the axes, which begin 44 px from the left and end 16 from the right.
  await page.locator('#chart-gateways').scrollIntoViewIfNeeded();
  const { x, y, width, height } = await page.locator('#chart-gateways').boundingBox();
  await page.mouse.move(x + 44 + (width - 60) / 2, y + height / 2);
  await page.locator('[data-chart=chart-tokens] .cross__numbers').getByText(/^1[12]:\d\d: /).waitFor();
  await page.mouse.move(5, 5);
  assert.match(await cross.getAttribute('aria-valuenow'), /^1435$/);
});

const NEAR = '#v=2&requests-per-day=200000';

check('a limit’s line is moved by keys, and its field follows in one step', { hash: NEAR }, async ({ page }) => {
  await chartsDrawn(page);
  const grip = page.locator('.grip:visible').first();
  const name = await grip.getAttribute('aria-label');
  const was = Number(await grip.getAttribute('aria-valuenow'));
  await grip.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction((was) => was < Number(document.activeElement.getAttribute('aria-valuenow')), was);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), name);
  const now = Number(await grip.getAttribute('aria-valuenow'));
  // The key of the field is its label in small letters, here and in the link.
  const key = name.split(', ').at(-1).toLowerCase();
  await until(page, (pair) => location.hash.includes(pair), `${key}:${now}`);
  const of = name.split(', ').slice(0, -1).join(', ');
  await page.getByRole('button', { name: `Limits and prices of ${of}` }).click();
  const fields = await page.locator(`#inputs [data-key=${key}]`).evaluateAll((all) => all.map((one) => one.value));
  assert.ok(fields.includes(now.toLocaleString('en-US')), `${fields}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(([name, was]) => document.querySelector(`.grip[aria-label="${name}"]`).getAttribute('aria-valuenow') === String(was), [name, was]);
});

check('a limit’s line is dragged', { hash: NEAR }, async ({ page }) => {
  await chartsDrawn(page);
  const grip = page.locator('.grip:visible').first();
  const was = Number(await grip.getAttribute('aria-valuenow'));
  await grip.scrollIntoViewIfNeeded();
  const { x, y } = await grip.boundingBox();
  await page.mouse.move(x + 12, y + 12);
  await page.mouse.down();
  await page.mouse.move(x + 12, y + 52, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction((was) => [...document.querySelectorAll('.grip')].some((grip) => Number(grip.getAttribute('aria-valuenow')) < was), was);
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(page, (hash) => location.hash === hash, NEAR);
});
