// Scenarios side by side: kept by name, compared in words and per cent, carried by a link.
import assert from 'node:assert/strict';
import { violations } from './axe.mjs';
import { chartsDrawn } from './browser.mjs';
import { addressIs, button, eventually, everything, field, hash, pageTests, settled, summaries } from './parts.mjs';

const check = pageTests();
const KEPT = 'kt-capacity:kept:';
const withs = (...fragments) => fragments.map((each) => `&with=${encodeURIComponent(each)}`).join('');
const compared = (first, ...others) => `#${first}&view=compare${withs(...others)}`;
const link = (page, name) => page.getByRole('link', { name, exact: true });
const side = (page, name) => page.getByRole('article', { name, exact: true });
const alerts = (page) => page.locator('#app [role=alert]');
const kept = (page) => page.locator('.kept__row');
const keptNames = (page) => page.locator('.kept__name').allInnerTexts();
const stored = (page) => page.evaluate((prefix) => Object.fromEntries(
  Object.entries({ ...localStorage }).filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value]),
), KEPT);

// The rows of a table: { name: [cell of A, cell of B, …] }.
async function rows(page, name) {
  const all = page.getByRole('table', { name, exact: true }).locator('tbody tr');
  await all.first().waitFor();
  return Object.fromEntries(await all.evaluateAll((rows) => rows.map((row) => [
    row.querySelector('th').textContent,
    [...row.querySelectorAll('td')].map((cell) => (
      ([...cell.querySelectorAll('span')].slice(0, 2).map((span) => span.textContent).join(': ')
        || cell.textContent).replaceAll('\u00a0', ' ')
    )),
  ])));
}

const today = 'v=1&name=Today';
const busy = 'v=1&name=Busy&requests-per-day=100000';
const quiet = 'v=1&name=Quiet&requests-per-day=40000&retention-days=30';

check('alone, the page says what to do and offers it', { hash: '#v=2&growth=5&view=compare' }, async ({ page }) => {
  await page.getByRole('heading', { name: 'Side by side' }).waitFor();
  assert.match(await side(page, 'A Untitled scenario').innerText(), /Fits today, with \d risks?/);
  assert.match(await page.getByRole('main').innerText(), /Keep this scenario below, change it under “Full”/);
  assert.equal(await page.getByRole('table').count(), 0);
  assert.equal(await button(page, 'Keep this scenario').count(), 1);
  await link(page, 'Compare with the guide’s example').click();
  await side(page, 'B The guide’s example').waitFor();
  assert.deepEqual(await rows(page, 'Inputs that differ'), { Growth: ['5 % / month', '0 % / month'] });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'compare', 'where the keyboard goes');
});

check('a scenario is kept, renamed, removed and brought back, and a reload finds it', { hash: '#v=1&name=Today&requests-per-day=40000&view=compare' }, async ({ page }) => {
  assert.equal(await field(page, 'Name to keep it under').inputValue(), 'Today');
  await button(page, 'Keep this scenario').click();
  await page.getByText('Kept as “Today”').waitFor();
  await field(page, 'Name to keep it under').fill('Monday & <b>');
  await page.keyboard.press('Enter');
  await page.getByText('Kept as “Monday & <b>”').waitFor();
  await button(page, 'Keep this scenario').click();
  assert.deepEqual(await keptNames(page), ['Monday & <b>', 'Today', 'Today 2'], 'a name is never overwritten');

  await button(page, 'Rename Monday & <b>').click();
  await field(page, 'New name of Monday & <b>').fill('Today');
  await button(page, 'Save name').click();
  assert.deepEqual(await keptNames(page), ['Today', 'Today 2', 'Today 3'], 'nor by a new name');
  await button(page, 'Rename Today 3').click();
  await field(page, 'New name of Today 3').fill('dropped');
  await page.keyboard.press('Escape');
  assert.deepEqual(await keptNames(page), ['Today', 'Today 2', 'Today 3']);

  const before = await stored(page);
  assert.deepEqual(before.Today, 'v=1&name=Today&requests-per-day=40000');
  await button(page, 'Remove Today 2').click();
  await page.getByText('Removed “Today 2”').waitFor();
  assert.deepEqual(Object.keys(await stored(page)).sort(), ['Today', 'Today 3']);
  // The keyboard stands on the way back.
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Undo');
  await page.keyboard.press('Enter');
  await page.getByText('“Today 2” is back').waitFor();
  assert.deepEqual(await stored(page), before);

  await page.reload();
  await page.locator('html[data-complete]').waitFor();
  await eventually(() => keptNames(page), ['Today', 'Today 2', 'Today 3']);
  assert.match(await kept(page).first().innerText(), /40,?0?0?0? ?K? requests\/day/);
});

check('two side by side: only what differs, in words and per cent', { hash: compared(today, busy) }, async ({ page }) => {
  assert.deepEqual(await rows(page, 'Inputs that differ'), {
    'All requests: Requests': ['50,000', '100,000'],
  });
  const figures = await rows(page, 'Key figures');
  // 50,000 × 3 ÷ 86,400 = 1.736 rps, × 2,300 × 60 = 239,583 tokens/min; twice for twice the requests.
  assert.deepEqual(figures['Peak requests'].map((cell) => cell.replace(/: .* mean.*/, '')), [
    '1.74 rps', '3.47 rps: 100 % more, by 1.74 rps',
  ]);
  assert.equal(figures['Peak tokens'][1], '479 K/min: 100 % more, by 240 K/min');
  // 60 % of 50,000 × 30.44 days × (1,500 × $2.50 + 800 × $10) a million = $10,730 of $500 a month,
  // and as much again.
  assert.equal(figures['Tightest limit'][1], '4,292 %: 2,146 points more');
  // 50,000 × 2,000 B × 90 days = 9 GB.
  assert.equal(figures['Stored events'][1], '18 GB: 100 % more, by 9 GB');
  assert.equal(figures.Connections[1], '45: the same');
  assert.match(await side(page, 'B Busy').innerText(), /OpenAI’s monthly spend limit is reached first: a month of this load costs 42\.9 times the limit/);
});

const late = 'v=2&name=Busy&requests-per-day=100000';

// Its peak fits, and its autoscaler is late: the day of 100,000 requests breaks its goals.
check('each side has the verdict that it has alone, with its simulated day', { hash: compared('v=2&name=Today', late) }, async ({ page, site }) => {
  const state = (name) => side(page, name).locator('.status').first();
  await side(page, 'B Busy').getByText('Fits the peak, not the day').waitFor({ timeout: 20_000 });
  const [ofToday, ofBusy] = [await state('A Today').innerText(), await state('B Busy').innerText()];
  for (const [link, seen] of [['v=2&name=Today', ofToday], [late, ofBusy]]) {
    const alone = await site.open({ hash: `#${link}` });
    await alone.page.locator('.day').scrollIntoViewIfNeeded();
    await alone.page.waitForFunction((seen) => document.querySelector('.verdict__state').innerText.trim() === seen, seen.trim(), { timeout: 10_000 });
    await alone.close();
  }
});

check('a supposition drives the charts of all sides', { hash: compared('v=2&name=Today&growth=5', busy) }, async ({ page }) => {
  const said = async () => (await summaries(page)).slice(0, 2);
  await page.getByLabel('Suppose we lose', { exact: true }).selectOption('openai');
  for (const sentence of await said()) {
    assert.match(sentence, /^A is drawn with OpenAI lost\. B is drawn with OpenAI lost\. /);
  }
  await page.locator('#what-if-month').fill('6');
  // Only the first grows.
  for (const sentence of await said()) {
    assert.match(sentence, /^A is drawn for [A-Z][a-z]{2} 20\d\d at 1\.34× today’s load, with OpenAI lost\. B is drawn with OpenAI lost\. /);
  }
  await button(page, 'Back to today').click();
  for (const sentence of await said()) assert.doesNotMatch(sentence, /drawn/);
});

check('three side by side, each against the first', { hash: compared(today, busy, quiet) }, async ({ page }) => {
  assert.deepEqual(await rows(page, 'Inputs that differ'), {
    'All requests: Requests': ['50,000', '100,000', '40,000'],
    Retention: ['90 days', '90 days', '30 days'],
  });
  const figures = await rows(page, 'Key figures');
  // 40,000 × 3 ÷ 86,400 = 1.389 rps; 191,667 tokens/min; 40,000 × 2,000 B × 30 days = 2.4 GB.
  assert.equal(figures['Peak requests'][2], '1.39 rps: 20 % less, by 0.347 rps');
  assert.equal(figures['Peak tokens'][2], '192 K/min: 20 % less, by 47.9 K/min');
  assert.equal(figures['Stored events'][2], '2.40 GB: 73 % less, by 6.60 GB');
  assert.equal(await page.getByText('Three is the maximum').count(), 1);
  assert.equal(await page.getByRole('link', { name: /^Put beside/ }).count(), 0);

  assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
  const [tokens, gateways] = await summaries(page);
  assert.match(tokens, /A \(Today\) peaks at 240 K tokens\/min .*OpenAI tokens full at 3\.13×.*B \(Busy\) peaks at 479 K.*1\.57×.*C \(Quiet\) peaks at 192 K/);
  assert.match(gateways, /A \(Today\) needs up to \d+ gateways/);
  await page.locator('[data-chart=compare-tokens] summary').click();
  const table = page.getByRole('region', { name: 'Tokens per minute, table' });
  await table.locator('tbody tr').nth(23).waitFor(); // an hour each
  assert.equal(await table.locator('thead th').allInnerTexts().then((all) => all.join('|')),
    'Time|A Today, tokens/min|B Busy, tokens/min|C Quiet, tokens/min');
});

check('half the price is half the cost of tokens', { hash: compared('v=1&p=custom,,,100,price-input:10,price-output:10', 'v=1&p=custom,,,100,price-input:5,price-output:5') }, async ({ page }) => {
  // 50,000 × 2,300 tokens × 30.436875 days × $5 per million less, of twice that and some machines.
  const [, cost] = (await rows(page, 'Key figures'))['Cost per month'];
  assert.match(cost, /^\$[\d.,]+( [kM])?: (49|50) % less, by \$17,500 a month$/);
});

check('the link opens the same comparison, and is copied where it is shown', { hash: compared(today, busy, quiet), permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page, site }) => {
  await button(page, 'Copy link').click();
  await page.getByText('Link copied').waitFor();
  const copied = new URL(await page.evaluate(() => navigator.clipboard.readText())).hash;
  const shown = await everything(page);
  const second = await site.open({ hash: copied });
  assert.deepEqual(await everything(second.page), shown);
  second.assertClean();
  await second.close();
  await link(page, 'Full').click();
  await field(page, 'Requests').waitFor();
  await button(page, 'Copy link').click();
  await page.getByText('Link copied').waitFor();
  assert.equal(new URL(await page.evaluate(() => navigator.clipboard.readText())).hash, `#${today}`);
});

check('the first stays editable, and comes back to the same comparison', { hash: compared(today, busy) }, async ({ page }) => {
  await link(page, 'Edit').click();
  await field(page, 'Requests').fill('60000');
  await addressIs(page, /^#v=1&name=Today&requests-per-day=60000&with=v%3D1/);
  await link(page, 'Compare').click();
  await side(page, 'B Busy').waitFor();
  // 100,000 is 40,000 more than 60,000, two thirds.
  const [, requests] = (await rows(page, 'Key figures'))['Peak requests'];
  assert.equal(requests, '3.47 rps: 67 % more, by 1.39 rps');
});

check('one from beside is opened in the place of the first, and undo trades them back', { hash: compared(today, busy) }, async ({ page }) => {
  await link(page, 'Open Busy').click();
  await page.waitForFunction(() => document.querySelector('[aria-label="Scenario name"]').value === 'Busy');
  assert.equal(await field(page, 'Requests').inputValue(), '100,000');
  await link(page, 'Compare').click();
  await side(page, 'A Busy').waitFor();
  assert.equal(await side(page, 'B Today').count(), 1);
  await button(page, 'Undo').click();
  await side(page, 'A Today').waitFor();
  assert.equal(await side(page, 'B Busy').count(), 1);
  await addressIs(page, /^#v=1&name=Today&view=compare&with=v%3D1%26name%3DBusy/);
  await button(page, 'Redo').click();
  await side(page, 'A Busy').waitFor();
  assert.equal(await side(page, 'B Today').count(), 1);
});

check('one is removed from beside, and the way back brings it again', { hash: compared(today, busy, quiet) }, async ({ page }) => {
  await link(page, 'Remove Busy').click();
  await side(page, 'B Quiet').waitFor();
  assert.equal(await page.getByRole('article').count(), 2);
  await page.goBack();
  await side(page, 'C Quiet').waitFor();
  assert.equal(await side(page, 'B Busy').count(), 1);
});

check('what was kept is put beside, and opened', { hash: `#${busy}&view=compare` }, async ({ page }) => {
  await button(page, 'Keep this scenario').click();
  await page.evaluate((to) => { window.location.hash = to; }, `#${today}&view=compare`);
  await side(page, 'A Today').waitFor();
  await link(page, 'Put beside Busy').click();
  await side(page, 'B Busy').waitFor();
  await link(page, 'Remove Busy').click();
  await side(page, 'B Busy').waitFor({ state: 'detached' });
  await page.locator('.kept').getByRole('link', { name: 'Open Busy' }).click();
  await page.waitForFunction(() => document.querySelector('[aria-label="Scenario name"]').value === 'Busy');
  await button(page, 'Undo').click();
  assert.equal(await field(page, 'Scenario name').inputValue(), 'Today');
});

check('a pasted link is put beside, pasted nonsense is told', { hash: `#${today}&view=compare` }, async ({ page }) => {
  const paste = field(page, 'Link, scenario.json or kt capacity estimate line');
  await paste.fill('hello world');
  await page.keyboard.press('Enter');
  assert.match(await alerts(page).innerText(), /./);
  assert.equal(await paste.getAttribute('aria-invalid'), 'true');
  assert.equal(await paste.inputValue(), 'hello world', 'what was typed stays');
  assert.equal(hash(page), `#${today}&view=compare`);
  await paste.fill(`https://calculator.example/#${busy}&gpu=8&view=brief`);
  assert.equal(await alerts(page).count(), 0);
  await page.keyboard.press('Enter');
  await side(page, 'B Busy').waitFor();
  assert.match(await side(page, 'B Busy').innerText(), /“gpu” is not known here/, 'and what of it was not read');
  await addressIs(page, new RegExp('with=v%3D1%26name%3DBusy%26requests-per-day%3D100000%26gpu%3D8$'));
  await paste.fill('kt capacity estimate --requests-per-day 200000');
  await page.keyboard.press('Enter');
  await page.getByRole('article').nth(2).waitFor();
  // 200,000 × 3 ÷ 86,400.
  assert.match((await rows(page, 'Key figures'))['Peak requests'][2], /^6\.94 rps: 300 % more, by 5\.21 rps/);
});

check('what of a comparison cannot be read is told, and the rest stays', { hash: `#${today}&view=compare&with=nonsense&with=%ZZ&with=${encodeURIComponent(busy)}` }, async ({ page }) => {
  await alerts(page).first().waitFor();
  assert.equal(await alerts(page).count(), 1);
  assert.match(await alerts(page).innerText(), /“nonsense” is no scenario\s+“%ZZ” is no scenario/);
  assert.equal(await side(page, 'B Busy').count(), 1);
  await link(page, 'Remove Busy').click();
  await side(page, 'B Busy').waitFor({ state: 'detached' });
  await addressIs(page, /&with=nonsense&with=%25ZZ$/);
  await page.evaluate((to) => { window.location.hash = to; }, compared(today, busy, quiet, busy));
  await side(page, 'C Quiet').waitFor();
  assert.equal(await page.getByRole('article').count(), 3);
  assert.match(await alerts(page).innerText(), /Only the first three/);
});

const blocked = () => Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('The operation is insecure.', 'SecurityError'); },
});
const full = () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; };
for (const [what, init] of [['blocked', blocked], ['full', full]]) {
  check(`with storage ${what} it is said, and nothing is lost`, { hash: compared(today, busy), init }, async ({ page }) => {
    await side(page, 'B Busy').waitFor();
    await field(page, 'Name to keep it under').fill('Precious');
    await button(page, 'Keep this scenario').click();
    assert.match(await alerts(page).innerText(), /took nothing: it is full, or blocked/);
    assert.equal(await field(page, 'Name to keep it under').inputValue(), 'Precious');
    assert.deepEqual(await keptNames(page), []);
  });
}

const damaged = () => {
  localStorage.setItem('kt-capacity:kept:Bad', '{broken');
  localStorage.setItem('kt-capacity:kept:Good', 'v=1&requests-per-day=9000');
  localStorage.setItem('kt-capacity:kept:Half', 'v=1&requests-per-day=8000&gpu=8');
};
check('damaged storage says what cannot be read, and keeps the rest', { hash: `#${today}&view=compare`, init: damaged }, async ({ page }) => {
  await eventually(() => keptNames(page), ['Bad', 'Good', 'Half']);
  const [bad, good, half] = await kept(page).allInnerTexts();
  assert.match(bad, /Cannot be read\s+“\{broken” is no scenario/);
  assert.match(good, /9,000 requests\/day · Does not fit/);
  assert.match(half, /8,000 requests\/day .*\s+“gpu” is not known here/);
  assert.equal(await link(page, 'Open Bad').count(), 0);
  await button(page, 'Rename Half').click();
  await field(page, 'New name of Half').fill('Whole');
  await page.keyboard.press('Enter');
  await page.getByText('Renamed to “Whole”').waitFor();
  assert.deepEqual(await stored(page), {
    Bad: '{broken', Good: 'v=1&requests-per-day=9000', Whole: 'v=1&requests-per-day=8000&gpu=8',
  });
});

check('another tab’s scenarios appear by themselves', { hash: `#${today}&view=compare` }, async ({ page, site }) => {
  assert.equal(await kept(page).count(), 0);
  const second = await page.context().newPage();
  await second.goto(`${site.url}llms.txt`);
  await second.evaluate((key) => localStorage.setItem(key, 'v=1'), `${KEPT}Elsewhere`);
  await page.locator('.kept__name').waitFor();
  assert.deepEqual(await keptNames(page), ['Elsewhere']);
  await second.close();
});

const long = `v=1&name=${'x'.repeat(120)}&w=${'y'.repeat(120)},9e6/day,900,350&growth=15`;
check('it scrolls sideways at no width', { hash: compared(long, busy, long) }, async ({ page }) => {
  await button(page, 'Keep this scenario').click();
  await kept(page).waitFor();
  for (const width of [320, 360, 580, 700, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(100);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} at ${width}`);
  }
});

check('everything is reached by keyboard, in the order it stands', { hash: compared(today, busy) }, async ({ page }) => {
  await button(page, 'Keep this scenario').click();
  await kept(page).waitFor();
  await page.locator('#compare').focus();
  const reached = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      return at === document.body ? null : at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
    });
    if (name === null || reached.includes('Remove Today')) break;
    reached.push(name.trim());
  }
  const wanted = [
    'Edit', 'Open Busy', 'Remove Busy', 'More figures that differ', 'As a table',
    'Compare with twice the load', 'Link, scenario.json or kt capacity estimate line', 'Put beside',
    'Name to keep it under', 'Keep this scenario', 'Put beside Today', 'Open Today', 'Rename Today', 'Remove Today',
  ];
  const places = wanted.map((name) => reached.indexOf(name));
  assert.deepEqual(places.filter((place) => place < 0), [], `${wanted} in ${reached}`);
  assert.deepEqual(places, [...places].sort((a, b) => a - b), reached.join(', '));
});

for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 360], ['dark', 360]]) {
  check(`no fault that axe can see, ${colorScheme}, ${width} px`, { hash: `${compared(today, busy, quiet)}&with=x`, width, colorScheme }, async ({ page }) => {
    assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
    for (const name of ['One', 'Two']) {
      await field(page, 'Name to keep it under').fill(name);
      await button(page, 'Keep this scenario').click();
      await page.getByText(`Kept as “${name}”`).waitFor();
    }
    await button(page, 'Rename One').click();
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    assert.deepEqual(await violations(page), []);
    await button(page, 'Remove Two').click();
    assert.deepEqual(await violations(page), []);
    await page.evaluate((to) => { window.location.hash = to; }, `#${today}&view=compare`);
    await settled(page);
    await field(page, 'Link, scenario.json or kt capacity estimate line').fill('nonsense');
    await page.keyboard.press('Enter');
    await alerts(page).waitFor();
    assert.deepEqual(await violations(page), []);
  });
}
