// The reading for leaders: the same scenario on one page, on the screen, on paper and in a mail.
import assert from 'node:assert/strict';
import { chartsDrawn } from './browser.mjs';
import { addressIs, button, field, hash, pageTests, verdict } from './parts.mjs';

const check = pageTests();
const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const busy = 'v=2&name=Support+platform&w=Chat,960000/day,900,350,from:chat&w=RAG,360000/day,4500,500,cached:20'
  + '&p=openai,gpt-4o,Build,60&p=anthropic,claude-opus-5-5,Start,25&p=azure-openai,gpt-6-sol,Global+Tier+1,15&growth=15';
const brief = `#${busy}&view=brief`;
const reading = (page, name) => page.getByRole('navigation', { name: 'Reading' }).getByRole('link', { name, exact: true });

// The line on the simulated day is there once all of it was lived.
const dayIsTold = (page) => page.locator('.brief__day', { hasText: /^Simulated day, goals (kept|broken)\. / }).waitFor();

// Pages of a PDF: each has one object of the type Page.
const pages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

check('the brief has the verdict, four figures, three findings, one chart and no form', { hash: brief }, async ({ page }) => {
  assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
  assert.match(await verdict(page), /fit/i);
  assert.equal(await page.locator('main dl > div').count(), 4);
  assert.equal(await page.locator('main ol > li').count(), 3);
  assert.equal(await page.locator('[data-chart]').count(), 1);
  assert.equal(await page.getByRole('form').count(), 0);
  assert.match(await page.getByRole('main').innerText(), /Assumes 15\s% growth a month/);
  await addressIs(page, brief);
});

check('with growth its picture is the growth, and decisions stand in a table', {
  hash: '#v=2&requests-per-day=200000&avg-input-tokens=900&avg-output-tokens=350&growth=12&view=brief',
}, async ({ page }) => {
  await page.locator('#chart-growth svg').waitFor();
  // Finding 1 is the headline's: the disk, in late February.
  const first = await page.locator('.brief__list h3').first().innerText();
  const rows = page.locator('.brief__decisions tbody tr');
  assert.ok(0 < await rows.count());
  const [heads, cells] = await Promise.all([
    page.locator('.brief__decisions th[scope=col]').allInnerTexts(), rows.first().locator('th, td').allInnerTexts(),
  ]);
  assert.deepEqual(heads, ['Decision', 'By', 'Result', 'Cost a month']);
  assert.equal(cells.length, 4);
  assert.ok(cells.every((cell) => cell !== ''), cells.join('|'));
  const summary = await page.locator('[data-chart=chart-growth] .chart__summary').innerText();
  assert.ok(summary.includes(first), `${summary} | ${first}`);
  assert.match(summary, /grows by 12\s% a month; the first limit is PostgreSQL disk, 50\sGB, in Feb 2027\.$/);
});

check('the last month of the growth is written whole', {
  hash: '#v=2&requests-per-day=200000&avg-input-tokens=900&avg-output-tokens=350&growth=3&view=brief',
}, async ({ page }) => {
  const drawing = page.locator('#chart-growth svg');
  await drawing.waitFor();
  const over = await drawing.evaluate((svg) => {
    const { right } = svg.getBoundingClientRect();
    const months = [...svg.querySelectorAll('text')].filter((text) => /^[A-Z][a-z]{2} 20\d\d$/.test(text.textContent));
    return Math.max(...months.map((text) => text.getBoundingClientRect().right)) - right;
  });
  assert.ok(over <= 0, `the last month is cut by ${over} px`);
});

check('a supposed loss drives its chart, is said where paper shows it, and can be ended', {
  hash: '#v=2&requests-per-day=200000&growth=3&lost=openai&view=brief',
}, async ({ page }) => {
  const said = page.locator('.supposing');
  assert.match(await said.innerText(), /^Drawn with OpenAI lost\./);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await said.innerText(), 'Drawn with OpenAI lost.');
  await page.emulateMedia({ media: null });
  assert.match(await page.locator('[data-chart] .chart__summary').innerText(), /^Drawn with OpenAI lost\. /);
  await button(page, 'Back to today').click();
  assert.equal(await said.count(), 0);
  assert.doesNotMatch(await page.locator('[data-chart] .chart__summary').innerText(), /Drawn/);
});

check('the readings are links to the same scenario, and back works', { hash: `#${busy}` }, async ({ page }) => {
  const said = await verdict(page);
  assert.equal(await reading(page, 'Full').getAttribute('aria-current'), 'page');
  await reading(page, 'Brief').click();
  await page.getByText('Capacity brief').waitFor();
  assert.match(hash(page), /&view=brief$/);
  assert.equal(await verdict(page), said);
  assert.equal(await reading(page, 'Brief').getAttribute('aria-current'), 'page');
  assert.equal(await button(page, 'Undo').isDisabled(), true, 'reading otherwise is no edit');
  await page.goBack();
  await page.getByRole('form', { name: 'Scenario' }).waitFor();
  assert.equal(await verdict(page), said);
});

check('an edit keeps the reading in the address, the draft keeps only the scenario', { hash: brief }, async ({ page }) => {
  await field(page, 'Scenario name').fill('Second');
  await addressIs(page, /name=Second.*&view=brief$/);
  const draft = await page.evaluate(() => localStorage.getItem('kt-capacity:draft'));
  assert.match(draft, /name=Second/);
  assert.doesNotMatch(draft, /view=/);
});

check('copied as text the brief has the verdict, the findings and the link', { hash: brief, ...clipboard }, async ({ page }) => {
  await button(page, 'Copy as text').click();
  await page.getByText('Copied', { exact: true }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^Capacity brief: Support platform\n/);
  const flat = text.replace(/\s+/g, ' ');
  // The line above it has said whether it fits.
  const answer = (await verdict(page)).replace(/^(Fits|Does not fit)\. /, '');
  assert.ok(flat.includes(answer), text);
  for (const title of await page.locator('main ol h3').allInnerTexts()) {
    assert.ok(flat.includes(title), `${title} is missing`);
  }
  assert.equal(text.trimEnd().split('\n').at(-1), page.url());
});

for (const format of ['A4', 'Letter']) {
  for (const [name, link] of [['three providers', busy], ['an overload', 'v=1&requests-per-day=5000000'], ['the default', 'v=1'],
    ['three ranges', 'v=2&requests-per-day=40k..60k&avg-output-tokens=300..500..900&growth=5..15'],
    ['ranges on a day that fails', 'v=2&requests-per-day=80k..120k&avg-input-tokens=900..2k&growth=5..15&peak-multiplier=3..5']]) {
    check(`the brief of ${name} prints on one page of ${format}`, { hash: `#${link}&view=brief` }, async ({ page }) => {
      assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
      await dayIsTold(page);
      const pdf = await page.pdf({ format, printBackground: true });
      assert.equal(pages(pdf), 1);
      await page.emulateMedia({ media: 'print' });
      const over = await page.evaluate(() => {
        // Where the day fails, the picture of its worst hour stands for the chart.
        const drawing = document.querySelector('.hour, [data-chart] svg').getBoundingClientRect();
        if (drawing.height < 90) return 1;
        return drawing.bottom - document.querySelector('.brief > h2').getBoundingClientRect().top;
      });
      assert.ok(over <= 0, `the drawing covers ${over} px of the heading below`);
      assert.equal(await page.locator('.notice:visible').count(), 0);
    });
  }
}

check('on paper the brief ends with the day and the link and shows no controls', { hash: brief }, async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  const foot = await page.locator('main footer').innerText();
  assert.ok(foot.includes(page.url()), foot);
  assert.match(foot, /\d{1,2} [A-Z][a-z]{2} \d{4}, the same scenario, live/);
  const shown = page.locator('button:visible, nav a:visible, details:visible');
  assert.deepEqual(await shown.allInnerTexts(), []);
});

check('a day that fails is told in a line, drawn hour by hour, and copied with the rest', {
  hash: '#v=2&requests-per-day=500000&view=brief', ...clipboard,
}, async ({ page }) => {
  await dayIsTold(page);
  const line = await page.locator('.brief__day').innerText();
  assert.match(line, /^Simulated day, goals broken\. From \d\d:\d\d to \d\d:\d\d, .*The autoscaler is late\.$/);
  // Sixty minutes, each with a bar for those in time and most with one for the others.
  const bars = await page.locator('.hour svg rect').count();
  assert.ok(60 < bars && bars <= 180, `${bars} bars`);
  assert.equal(await page.locator('.hour__times span').count(), 4);
  const said = await page.locator('.hour svg').getAttribute('aria-label');
  assert.match(said, /^From \d\d:\d\d to \d\d:\d\d, [\d,]+ requests are answered in time, /);
  await button(page, 'Copy as text').click();
  await page.getByText('Copied', { exact: true }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(text.replace(/\s+/g, ' ').includes(line.replace(/\s+/g, ' ')), text);
});

check('a day without trouble has a line and no picture', { hash: '#v=2&view=brief' }, async ({ page }) => {
  await dayIsTold(page);
  assert.match(await page.locator('.brief__day').innerText(), /^Simulated day, goals kept\. All /);
  assert.equal(await page.locator('.hour').count(), 0);
});

check('the brief scrolls sideways at no width', { hash: `#v=1&name=${'x'.repeat(120)}&w=${'y'.repeat(120)},9e6/day,900,350&view=brief` }, async ({ page }) => {
  for (const width of [320, 360, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(100);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} at ${width}`);
  }
});
