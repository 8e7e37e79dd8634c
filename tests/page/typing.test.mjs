// What is typed is answered at once; what cannot be used is told.
import assert from 'node:assert/strict';
import {
  addressIs, button, everything, field, figure, figureText, pageTests, row, settled, summaries,
  verdict,
} from './parts.mjs';

const state = (page) => page.locator('.verdict__state').innerText();
const check = pageTests();

check('typing a workload changes verdict, figures, charts and address at once', {}, async ({ page }) => {
  const [verdictBefore, chartsBefore] = [await verdict(page), await summaries(page)];
  await field(page, 'Requests').fill('60000');
  await field(page, 'Input').fill('1000');
  await field(page, 'Output').fill('500');
  await field(page, 'Peak over mean').fill('2');

  // 60,000 / 86,400 × 2 = 1.3889 a second; × 1,500 × 60 = 125,000 a minute.
  assert.match(await figureText(page, 'Peak requests'), /1\.39\s+rps/);
  assert.match(await figureText(page, 'Peak tokens'), /125\s+K\/min/);
  assert.match(await figureText(page, 'Peak tokens'), /90 M per day/);
  // 60,000 × 2,000 B × 90 days = 10.8 GB, with a fifth of dead rows 12.96 of 50 GB: 3.86 times.
  assert.match(await figureText(page, 'Stored events'), /10\.8\s+GB/);
  assert.notEqual(await verdict(page), verdictBefore);
  assert.match(await verdict(page), /3\.86 times/);
  const charts = await summaries(page);
  assert.match(charts[0], /peaks at 125 K tokens\/min/);
  assert.notEqual(charts[0], chartsBefore[0]);
  assert.match(charts.join(), /10\.8 GB/);
  await addressIs(page, '#v=2&requests-per-day=60000&avg-input-tokens=1000&avg-output-tokens=500&peak-multiplier=2');
});

check('a chart is drawn anew when a number changes', {}, async ({ page }) => {
  const drawing = page.locator('#chart-tokens svg');
  await drawing.waitFor();
  const marks = () => drawing.evaluate((svg) => svg.textContent);
  assert.match(await marks(), /peak 240 K/);
  await field(page, 'Requests').fill('100000');
  await page.waitForFunction(() => /peak 479 K/.test(document.querySelector('#chart-tokens svg').textContent));
});

check('numbers are understood as people write them', {}, async ({ page }) => {
  // (typed, requests a second at the peak: three times the mean of the day)
  const cases = [
    ['50k', '1.74'], ['1.5M', '52.1'], ['50 000', '1.74'], ['60,000', '2.08'], [' 2e6 ', '69.4'],
  ];
  for (const [typed, rps] of cases) {
    await field(page, 'Requests').fill(typed);
    assert.match(await figureText(page, 'Peak requests'), new RegExp(`\\s${rps}\\s+rps`), typed);
    assert.equal(await field(page, 'Requests').getAttribute('aria-invalid'), null, typed);
  }
  await field(page, 'Requests').blur();
  assert.equal(await field(page, 'Requests').inputValue(), '2,000,000');
});

check('a rate for another period than the field’s is read in the field’s own', {}, async ({ page }) => {
  // 60 a minute are one a second, three at the peak.
  for (const typed of ['60/min', '1/s', '3.6k per hour', '86400/day']) {
    await field(page, 'Requests').fill(typed);
    assert.match(await figureText(page, 'Peak requests'), /\s3\s+rps/, typed);
    assert.equal(await field(page, 'Requests').getAttribute('aria-invalid'), null, typed);
  }
  await field(page, 'Requests').fill('60/min');
  await field(page, 'Requests').blur();
  assert.equal(await field(page, 'Requests').inputValue(), '86,400');
});

check('nonsense gets a message with the allowed range, and the last results stay', {}, async ({ page }) => {
  const requests = field(page, 'Requests');
  const rate = figure(page, 'Peak requests').locator('.figure__value');
  for (const typed of ['abc', '-5', '🚀', '', '1e999']) {
    await requests.fill('60000');
    await addressIs(page, '#v=2&requests-per-day=60000');
    await requests.blur();
    const before = await rate.innerText();
    await requests.fill(typed);
    assert.equal(await requests.getAttribute('aria-invalid'), 'true', typed);
    const described = await requests.evaluate((input) => input.getAttribute('aria-describedby')
      .split(' ').map((id) => document.getElementById(id)?.innerText).join(' '));
    assert.match(described, /0 to 1,000,000,000,000/, typed);
    assert.match(described, /60,000, is used/, typed);
    assert.equal(await rate.innerText(), before, typed);
    assert.match(await figureText(page, 'Peak requests'), /last valid values/, typed);
    await page.getByRole('main').getByText('1 field to check: the last valid values are used').waitFor();

    await requests.blur();
    assert.equal(await requests.inputValue(), typed, 'leaving the field keeps the text');
    assert.equal(await requests.getAttribute('aria-invalid'), 'true', typed);
    await addressIs(page, '#v=2&requests-per-day=60000');

    await button(page, 'Undo').click();
    assert.equal(await requests.inputValue(), '50,000', typed);
    assert.equal(await requests.getAttribute('aria-invalid'), null, typed);
    assert.equal(await page.getByText('last valid values').count(), 0, typed);
  }
});

// (typed, what is said of it); the text stays, and the value from before counts.
const refused = [
  ['1 2 3', /groups of three, as 12,345/], ['12 34', /groups of three/], ['1,5,5', /groups of three/],
  ['10%', /Write no % here\. Enter 0 to 1,000,000,000,000/], ['$5', /Write no \$ here/],
  ['5 s', /Enter 0 to 1,000,000,000,000/], ['½', /Enter 0 to/], ['٣', /Enter 0 to/], ['1e400', /Enter 0 to/],
];
for (const [when, how] of [['', {}], [' before the page part is there', { ready: false }]]) {
  check(`digits that are no groups, and other units, are told where they stand${when}`, how, async ({ page }) => {
    const requests = field(page, 'Requests');
    await page.locator('html[data-answers]').waitFor({ state: 'attached' });
    for (const [typed, said] of refused) {
      await requests.fill('60000');
      await requests.blur();
      await requests.fill(typed);
      const message = await requests.evaluate((input) => document.getElementById(`${input.id}-error`).textContent);
      assert.match(message, said, typed);
      assert.match(message, /60,000, is used/, typed);
      assert.equal(await requests.inputValue(), typed);
      assert.match(await figureText(page, 'Peak requests'), /2\.08/, typed); // 60,000 ÷ 86,400 × 3
    }
    await requests.fill('1 234 567');
    assert.match(await figureText(page, 'Peak requests'), /42\.9/); // 1,234,567 ÷ 86,400 × 3
  });
}

check('a time in another unit is read in the field’s own', {}, async ({ page }) => {
  const timeout = page.locator('[data-key=timeout]');
  await timeout.evaluate((input) => { input.closest('details').open = true; });
  await timeout.fill('2 min');
  await addressIs(page, /timeout=120$/);
  await timeout.fill('500 ms');
  await addressIs(page, /timeout=0\.5$/);
});

// A half-typed number is not a value: what stood there at the focus counts until the text is read.
for (const [when, how] of [['', {}], [' before the page part is there', { ready: false }]]) {
  check(`while a text cannot be read the value from before it stays${when}`, how, async ({ page }) => {
    const requests = field(page, 'Requests');
    await page.locator('html[data-answers]').waitFor({ state: 'attached' });
    await requests.fill('70000');
    await addressIs(page, '#v=2&requests-per-day=70000');
    await requests.blur();
    await requests.focus();
    await requests.fill('');
    await requests.pressSequentially('5k/week');
    await page.getByText('70,000, is used').first().waitFor();
    await addressIs(page, '#v=2&requests-per-day=70000');
    await requests.fill('80000');
    await addressIs(page, '#v=2&requests-per-day=80000');
  });
}

check('a text that cannot be read falls back to where the slider was left', {}, async ({ page }) => {
  const growth = page.locator('#s-growth');
  const slider = page.locator('.field', { has: growth }).locator('input[type=range]');
  await growth.fill('7');
  await growth.blur();
  await slider.fill('20');
  await addressIs(page, '#v=2&growth=20');
  await growth.fill('x');
  await page.getByText('20, is used').first().waitFor();
  await addressIs(page, '#v=2&growth=20');
});

check('numbers are understood as people write them', {}, async ({ page }) => {
  for (const typed of ['12,5', '12.5 %', '12.5']) {
    await field(page, 'Growth').fill('1');
    await field(page, 'Growth').fill(typed);
    assert.equal(await field(page, 'Growth').getAttribute('aria-invalid'), null, typed);
    await addressIs(page, '#v=2&growth=12.5');
  }
  await field(page, 'Requests').fill('200 thousand');
  await addressIs(page, '#v=2&requests-per-day=200000&growth=12.5');
});

check('a maximum below the minimum is told at its field, and both values are used', {}, async ({ page }) => {
  await field(page, 'HPA minimum').fill('30');
  await settled(page);
  assert.equal(await field(page, 'HPA maximum').getAttribute('aria-invalid'), 'true');
  await page.getByRole('form').getByText('Enter at least the minimum, 30').waitFor();
  await field(page, 'HPA maximum').fill('40');
  await settled(page);
  assert.equal(await field(page, 'HPA maximum').getAttribute('aria-invalid'), null);
});

check('a custom day is read; a bad one is told and yields to undo', {}, async ({ page }) => {
  await page.getByLabel('Custom', { exact: true }).check();
  const hours = page.getByLabel(/24 hours/);
  await hours.fill(Array(24).fill(1).join(', '));
  await hours.blur();
  await page.getByText('3× the mean').waitFor();
  const before = await everything(page);

  await hours.fill('1, 2, three');
  await hours.blur();
  assert.equal(await hours.getAttribute('aria-invalid'), 'true');
  await page.getByText(/Enter 24 numbers/).waitFor();
  await page.getByRole('main').getByText('1 field to check').waitFor({ timeout: 2_000 });

  await button(page, 'Undo').click();
  await button(page, 'Redo').click();
  assert.equal(await hours.getAttribute('aria-invalid'), null);
  assert.deepEqual(await everything(page), before);
});

check('an empty workload answers without nonsense', {}, async ({ page }) => {
  for (const label of ['Requests', 'Input', 'Output']) await field(page, label).fill('0');
  assert.match(await figureText(page, 'Peak requests'), /\s0\s+rps/);
  assert.equal(await state(page), 'Nothing to size yet');
  assert.match(await figureText(page, 'Peak tokens'), /\s0\s*\/min/);
  await row(page, 'All requests').waitFor();
});

check('the largest numbers answer without nonsense', {}, async ({ page }) => {
  await field(page, 'Requests').fill('1000000000000');
  await field(page, 'Input').fill('10000000');
  await field(page, 'Output').fill('10000000');
  await field(page, 'Growth').fill('1000');
  // 10^12 requests ÷ 86,400 s × 3; nothing carries that.
  assert.equal(await state(page), 'Does not fit today');
  assert.match(await figureText(page, 'Peak requests'), /34[.,]7/);
});

check('a digit added to or deleted from a grouped number is just that', {}, async ({ page }) => {
  const requests = field(page, 'Requests');
  const peak = async (text) => assert.match(await figureText(page, 'Peak requests'), text);
  await requests.click();
  await page.keyboard.press('End');
  await page.keyboard.type('0');
  await peak(/17\.4\s+rps/); // 500,000 / 86,400 × 3
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await peak(/0\.174\s+rps/); // 5,000
  await page.keyboard.type('12');
  await peak(/17\.4\s+rps/); // 500,012
  assert.equal(await page.locator('#w1-requests-error').innerText(), '');
  await requests.blur();
  assert.equal(await requests.inputValue(), '500,012');
  // A point before three digits can mean either: the value from before stands until it is clear.
  await requests.fill('');
  await requests.pressSequentially('12.500');
  assert.match(await page.locator('#w1-requests-error').innerText(), /Write 12\.5 or 12,500/);
  await peak(/17\.4\s+rps/);
  // A comma that was typed is a decimal one where it can be nothing else.
  await requests.fill('');
  await requests.pressSequentially('12,5');
  assert.equal(await page.locator('#w1-requests-error').innerText(), '');
  await requests.blur();
  assert.equal(await requests.inputValue(), '12.5');
});
