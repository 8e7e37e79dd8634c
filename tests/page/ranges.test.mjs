// A number may be a range: then the page says how sure it is.
import assert from 'node:assert/strict';
import { addressIs, button, eventually, field, pageTests, verdict } from './parts.mjs';

const check = pageTests();
const sure = (page) => page.locator('#verdict-sure');
const section = (page) => page.locator('#how-sure');
const drawn = { timeout: 30_000 };

check('without a range nothing says how sure it is', {}, async ({ page }) => {
  assert.equal(await sure(page).count(), 0);
  assert.equal(await page.locator('.figure__spread').count(), 0);
  await section(page).getByText('No ranges entered').waitFor();
});

check('typed ranges give a chance, intervals, bands and a link', {}, async ({ page }) => {
  const before = await verdict(page);
  await field(page, 'Requests').fill('40k..60k');
  await field(page, 'Peak over mean').fill('2..4..6');
  await field(page, 'Growth').fill('5..15');
  await addressIs(page, '#v=2&requests-per-day=40k..60k&peak-multiplier=2..4..6&growth=5..15');
  assert.notEqual(await verdict(page), before, 'the point of a range counts at once');

  await page.getByText('From 10,000 futures over 3 ranges').waitFor(drawn);
  assert.match(await sure(page).innerText(), /^The peak fits today with a probability of over 99\s%, and until about /);
  // 40,000 and 60,000 × 2,300 tokens.
  const budget = page.locator('[data-figure="tokens-per-day"] .figure__spread');
  assert.match(await budget.textContent(), /5 to 95 %: 92 to 138 M, median 113 M/);
  assert.match(await section(page).innerText(), /Measure this first: Peak over mean/);
  // What is measured first opens the dialog that takes a file.
  await section(page).getByRole('button', { name: 'Import or compare a file' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  // The day to order by, for five shares of the futures.
  await section(page).getByText('Latest day to order, by the chance of arriving in time').waitFor();
  await section(page).getByLabel('What moves').selectOption('cost per month');
  assert.match(await section(page).innerText(), /Measure this first: Requests/);
  await page.locator('#chart-tokens svg').getByText('5 to 95 %').waitFor(drawn);

  // A plain number takes the range away.
  for (const [name, value] of [['Requests', '50k'], ['Peak over mean', '3'], ['Growth', '0']]) {
    await field(page, name).fill(value);
  }
  await sure(page).waitFor({ state: 'detached' });
  await addressIs(page, '#v=2');
});

check('a link shows its ranges as they were written', { hash: '#v=2&requests-per-day=50k~20pct' }, async ({ page }) => {
  assert.equal(await field(page, 'Requests').inputValue(), '50k ± 20 %');
  await sure(page).waitFor(drawn);
});

check('a range that is none is told why', {}, async ({ page }) => {
  const requests = field(page, 'Requests');
  for (const [typed, message] of [
    ['60k..40k', 'Write the lower end first: 40k..60k'],
    ['50k..50k', 'Both ends are 50,000'],
    ['40..60k', 'Write both ends in full, as 40k..60k'],
  ]) {
    await requests.fill(typed);
    assert.equal(await requests.getAttribute('aria-invalid'), 'true', typed);
    const told = await page.locator('#w1-requests-error').innerText();
    assert.ok(told.includes(message), `${typed}: ${told}`);
  }
});

check('the range button makes a range of a number, and a number of a range', {}, async ({ page }) => {
  const requests = field(page, 'Requests');
  await requests.focus();
  await button(page, 'Range of Requests').click();
  assert.equal(await requests.inputValue(), '25k..50k..100k');
  await button(page, 'Range of Requests').click();
  assert.equal(await requests.inputValue(), '50,000');
  await field(page, 'Growth').focus();
  assert.equal(await button(page, 'Range of Requests').count(), 0, 'it stands in one field');
});

// Three numbers of the workload and the peak; RPM, TPM and both speeds of OpenAI and of Azure, of
// Anthropic without a TPM: 3 + 1 + 4 + 4 + 3.
check('who is guessing gets the usual spreads on one press', {}, async ({ page }) => {
  await button(page, 'I am guessing').click();
  await page.getByText('over 15 ranges').waitFor(drawn);
  assert.equal(await field(page, 'Peak over mean').inputValue(), '1.6..3..3.7');
  await button(page, 'Undo').click();
  await sure(page).waitFor({ state: 'detached' });
});

// The band at the busiest minute is the interval of the peak, to the digit: both are of all futures.
check('charts and figures tell one interval', { hash: '#v=2&requests-per-day=40k..60k&peak-multiplier=2..4..6' }, async ({ page }) => {
  await page.getByText('From 10,000 futures over 2 ranges').waitFor(drawn);
  const figure = page.locator('[data-figure="peak-tokens"] .figure__spread');
  const told = page.locator('figure[data-chart="chart-tokens"]');
  // Both follow the draws, each in its own time.
  await eventually(async () => {
    const interval = (await figure.textContent()).trim();
    return (await told.innerText()).includes(`At its highest, ${interval}.`);
  }, true);
});

// Too few gateways lose requests, whose price is a range: the line of both costs has its band.
check('the cost of too few gateways has a band, in its table too', { hash: '#v=2&requests-per-day=40k..60k&lost-usd=0.01..0.05' }, async ({ page }) => {
  const chart = page.locator('figure[data-chart="chart-capacity"]');
  await chart.getByText(/With \d+ gateways all month and the requests they lose, 5 to 95 %: \$[\d,.]+/).first().waitFor(drawn);
  await chart.getByText('As a table').click();
  const heads = await chart.locator('thead th').allTextContents();
  assert.deepEqual(heads.slice(-3), ['Both, 5 %', 'Both, median', 'Both, 95 %']);
  await page.locator('#chart-capacity svg').getByText('5 to 95 %').waitFor(drawn);
});

// Beside a range that was typed the other numbers may still be guessed.
check('who typed one range may guess the rest', { hash: '#v=2&requests-per-day=50k..70k' }, async ({ page }) => {
  await sure(page).waitFor(drawn);
  await button(page, 'I am guessing').click();
  await page.getByText('over 15 ranges').waitFor(drawn);
  assert.equal(await field(page, 'Requests').inputValue(), '50k..70k');
  assert.equal(await button(page, 'I am guessing').count(), 0);
});

check('the brief has an interval to quote', { hash: '#v=2&requests-per-day=40k..60k&view=brief' }, async ({ page }) => {
  await page.getByText(/In 90 of 100 futures it costs \$[\d,]+ to \$[\d,]+ a month/).waitFor(drawn);
  await sure(page).waitFor();
});
