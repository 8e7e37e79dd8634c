// Figures open to their reasons; fixes are applied and taken back.
import assert from 'node:assert/strict';
import {
  addressIs, button, eventually, everything, field, figure, figureText, pageTests, settled, summaries,
} from './parts.mjs';

const check = pageTests();

// Azure OpenAI takes 25 % of 5,000,000 × 2,300 tokens a day, three times the mean at the peak:
// 11.5e9 ÷ 1,440 × 3 × 0.25 = 5.99 M a minute, of 300 K.
check('a key figure over its limit says so, in words and with a mark', { hash: '#v=2&requests-per-day=5000000' }, async ({ page }) => {
  const mark = (label) => figure(page, label).locator('.figure__mark');
  for (const label of ['Tightest limit', 'Gateways']) {
    assert.equal(await mark(label).innerText(), 'over the limit', label);
    assert.ok(await mark(label).locator('svg').isVisible(), label);
  }
  assert.match(await figureText(page, 'Tightest limit'), /1,997\s*%/);
  assert.equal(await mark('Cost per month').isVisible(), false);
  await field(page, 'Requests').fill('50000');
  for (const label of ['Tightest limit', 'Gateways']) {
    assert.equal(await mark(label).isVisible(), false, `${label}, no more`);
  }
});

check('every key figure opens to its formula, one at a time; Escape closes it', {}, async ({ page }) => {
  const figures = page.getByRole('region', { name: 'Key figures' }).locator('details');
  const count = await figures.count();
  assert.ok(count >= 6, `${count} figures`);
  for (let index = 0; index < count; index += 1) {
    const each = figures.nth(index);
    await each.locator('summary').click();
    const open = await figures.evaluateAll((all) => all.map((one) => one.open));
    assert.deepEqual(open, open.map((_, other) => other === index), 'one is open');
    const value = (await each.locator('.figure__value').innerText()).replace(/\s+/g, ' ').trim();
    const formula = (await each.locator('.why__formula').innerText()).replace(/\s+/g, ' ');
    assert.ok(formula.startsWith(`${value} =`), `${formula} begins with ${value}`);
    assert.match(formula, /\d.*[×÷+⌈]/, 'values and operators');
    assert.ok((await each.getByRole('row').count()) > 0, 'sources');
  }
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('details[name=why][open]').count(), 0);
  const focused = await page.evaluate(() => document.activeElement.innerText);
  assert.equal(focused, await figures.last().locator('summary').innerText());
});

check('every other number opens to its formula, too', {}, async ({ page }) => {
  const numbers = page.getByRole('region', { name: 'More numbers' }).locator('details.figure');
  const formulas = [];
  for (const one of await numbers.all()) {
    await one.locator('summary').click();
    formulas.push(await one.locator('.why__formula').textContent());
  }
  assert.ok(formulas.length >= 6);
  for (const formula of formulas) assert.match(formula, /=.*\d/);
});

for (const width of [1280, 360]) {
  check(`a value of a formula leads to the field it was typed into, ${width} px`, { width }, async ({ page }) => {
    await figure(page, 'Peak requests').locator('summary').click();
    await figure(page, 'Peak requests').getByRole('button', { name: '50,000' }).click();
    const focused = () => page.evaluate(() => document.activeElement.labels?.[0]?.innerText);
    assert.equal(await focused(), 'Requests');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('100000');
    await settled(page);
    assert.match(await figure(page, 'Peak requests').innerText(), /100,000/);
    await page.keyboard.press('Escape');

    // In a group that is closed.
    await figure(page, 'Stored events').locator('summary').click();
    await figure(page, 'Stored events').getByRole('button', { name: '90' }).click();
    assert.equal(await focused(), 'Retention');
    assert.equal(await field(page, 'Retention').isVisible(), true);
  });
}

check('every fix can be applied and undone', {}, async ({ page }) => {
  const fixes = page.getByRole('button', { name: /^Apply: / });
  const before = await everything(page);
  const names = await fixes.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  assert.ok(names.length >= 5, names.join());
  for (const [index, name] of names.entries()) {
    await fixes.nth(index).click();
    await page.getByRole('status').getByText(name.replace('Apply: ', 'Applied: '), { exact: true }).waitFor();
    await addressIs(page, /^#v=\d&./);
    await page.getByRole('region', { name: 'Which limit is reached first' }).getByRole('button', { name: 'Undo' }).click();
    await addressIs(page, '#v=2');
    assert.equal(await page.getByText(/^Applied: /).count(), 0);
  }
  assert.deepEqual(await everything(page), before);
});

check('no row moves while fixes are tried, and Enter twice applies one', { hash: '#requests-per-day=400000&growth=5' }, async ({ page }) => {
  const section = page.getByRole('region', { name: 'Which limit is reached first' });
  const order = () => section.locator('li[data-finding]').evaluateAll((rows) => rows.map((row) => row.dataset.finding));
  const focused = () => page.evaluate(() => document.activeElement.closest('[data-finding]')?.dataset.finding + ' ' + document.activeElement.innerText);
  const before = await order();
  const fix = section.getByRole('button', { name: /^Apply: / }).first();
  const row = await fix.evaluate((button) => button.closest('[data-finding]').dataset.finding);
  await fix.focus();
  await page.keyboard.press('Enter');
  await section.getByText(/^Applied: /).waitFor();
  await settled(page);
  assert.equal(await focused(), `${row} Undo`);
  assert.deepEqual((await order()).slice(0, before.length), before);
  assert.match(await section.getByRole('status').innerText(), /first limit .*(\+|−|no change)/);
  // The second Enter undoes; nothing else was applied.
  await page.keyboard.press('Enter');
  await section.getByText(/^Applied: /).waitFor({ state: 'detached' });
  await settled(page);
  assert.equal((await focused()).split(' ')[0], row);
  assert.deepEqual(await order(), before);
  // Who leaves the list finds it in the plan's order.
  await fix.focus();
  await page.keyboard.press('Enter');
  await section.getByText(/^Applied: /).waitFor();
  await settled(page);
  const kept = await order();
  await field(page, 'Requests').focus();
  await settled(page);
  const ranked = await order();
  await page.reload();
  await page.locator('html[data-complete]').waitFor();
  await eventually(order, ranked);
  assert.notDeepEqual(kept, ranked, 'the fix moves a row in the end');
});

check('a fix does what it says', {}, async ({ page }) => {
  await button(page, 'Apply: HPA maximum 20 → 30').click();
  assert.equal(await field(page, 'HPA maximum').inputValue(), '30');
  await addressIs(page, '#v=2&hpa-max=30');
});

check('the Undo beside an applied fix goes when something else was changed since', {}, async ({ page }) => {
  await button(page, 'Apply: HPA maximum 20 → 30').click();
  await page.getByText('Applied: HPA maximum 20 → 30').waitFor();
  await field(page, 'Requests').fill('60000');
  await page.getByText(/^Applied: /).waitFor({ state: 'detached', timeout: 2_000 });
});

check('a chart has its numbers as a table', {}, async ({ page }) => {
  const chart = page.getByRole('figure').filter({ hasText: 'Tokens per minute over the day' });
  await chart.getByText('As a table').click();
  const rows = await chart.getByRole('row').allInnerTexts();
  assert.equal(rows.length, 25, 'a head and 24 hours');
  assert.match(rows[0], /Time\s+All requests\s+All, tokens\/min/);
  await field(page, 'Requests').fill('100000');
  await settled(page);
  assert.notDeepEqual(await chart.getByRole('row').allInnerTexts(), rows);
  assert.equal((await summaries(page)).length >= 5, true);
});

check('a tick of the checklist stays', {}, async ({ page }) => {
  const tick = page.getByLabel(/Queue depth monitored/);
  await tick.check();
  await page.reload();
  await page.locator('html[data-complete]').waitFor();
  assert.equal(await tick.isChecked(), true);
});

check('what the storage chart says after growth is the last row of its table', { hash: '#growth=15&retention-days=365' }, async ({ page }) => {
  const chart = page.locator('[data-chart=chart-storage]');
  // The drawing is cut at ten times today's; what is said is not.
  const [, said] = (await chart.locator('.chart__summary').innerText()).match(/, ([\d.,]+ \wB) on disk after 730 days/);
  await chart.getByText('As a table').click();
  const last = chart.getByRole('row').last();
  assert.match(await last.innerText(), /^(72\d|730)\b/);
  const [number] = said.split(' ');
  const [grown] = (await last.innerText()).match(/[\d.,]+(?= \wB$)/);
  assert.ok(Number(number) >= Number(grown), `${number} of ${grown}`);
  assert.ok(Number(number) < Number(grown) * 1.05, `${number} of ${grown}`);
});

check('three workloads have their names in the chart, on a phone too', {
  width: 360, height: 740,
  hash: '#w=Chat,960000/day,900,350&w=Retrieval for support,250/min,4500,500&w=Code,480000/day,1500,1600',
}, async ({ page }) => {
  await page.locator('#chart-tokens').scrollIntoViewIfNeeded();
  const words = page.locator('#chart-tokens svg text');
  await words.first().waitFor();
  const all = await words.allTextContents();
  for (const name of ['Chat', 'Retrieval for…', 'Code']) assert.ok(all.includes(name), `${name} of ${all.join(' | ')}`);
});

check('the title has the name and the verdict, and follows both', { hash: '#v=2&name=Support+desk' }, async ({ page }) => {
  const titleIs = (text) => page.waitForFunction((text) => document.title === text, text);
  await titleIs('Support desk: Fits today, with 3 risks – Capacity calculator');
  await field(page, 'Requests').fill('5000000');
  await titleIs('Support desk: Does not fit today – Capacity calculator');
  await page.getByLabel('Scenario name').fill('');
  await titleIs('Does not fit today – Capacity calculator');
});
