// The lived day: in a worker, played by keyboard, changed, mended, and in a frame without an origin.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { frameOf, script, startHost } from './host.mjs';
import { addressIs, button, field, pageTests } from './parts.mjs';

const check = pageTests();
const section = (page) => page.locator('section[aria-labelledby=day]');
const sentence = (page) => section(page).locator('.day__sentence');
const slider = (page) => page.getByRole('slider', { name: 'Time of the day' });

// Scrolls to the section and waits until the whole day was lived.
async function lived(page) {
  await section(page).scrollIntoViewIfNeeded();
  await section(page).locator('.day__body[aria-busy=false]').waitFor({ timeout: 20_000 });
  return sentence(page).innerText();
}

check('the default day is lived in a worker and keeps its goals', {}, async ({ page }) => {
  const told = await lived(page);
  assert.match(told, /Goals kept/);
  assert.match(told, /All 4\d,\d{3} requests are answered, and none waits longer than 30 s for a slot/);
  assert.match(told, /2 gateways all day, 48 pod-hours/);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.day), 'worker');
  assert.equal(page.workers().length, 1);
});

check('the verdict is told with the day, which nobody has come near', { hash: '#v=2&requests-per-day=200000' }, async ({ page }) => {
  const word = page.locator('.sections .verdict__state');
  await word.getByText('Fits the peak, not the day').waitFor();
  assert.ok((await word.getAttribute('class')).includes('status--danger'));
  assert.match(await page.locator('#verdict').innerText(), /^The peak load fits\. /);
  assert.match(await page.locator('.verdict__day').innerText(), /^Simulated day, goals broken\. .*The autoscaler is late\./);
  assert.match(await page.title(), /Fits the peak, not the day/);
  assert.equal(await section(page).locator('.day__strip svg').count(), 0, 'not drawn yet');
  // A quieter day keeps its goals, and the verdict follows.
  await field(page, 'Requests').fill('50000');
  await word.getByText('Fits today').waitFor();
  await page.locator('.verdict__day').waitFor({ state: 'detached' });
  assert.match(await lived(page), /Goals kept/);
});

check('it follows an edit, and late answers are dropped', {}, async ({ page }) => {
  await lived(page);
  for (const requests of ['100000', '200000', '20000']) await field(page, 'Requests').fill(requests);
  await section(page).getByText(/(All|All but the last of) (19|20),\d{3} requests are answered/).waitFor();
});

check('a day that cannot be simulated shows its reason and no zeros', { hash: '#v=2&happens=zone/11:00-13:00' }, async ({ page }) => {
  await section(page).scrollIntoViewIfNeeded();
  await section(page).getByText('This day cannot be simulated').waitFor();
  assert.match(await sentence(page).innerText(), /“zone\/11:00-13:00” cannot be used\. .*zone-loss\/12:00/);
  assert.equal(await section(page).locator('.day__strips').isVisible(), false);
  assert.equal(await section(page).locator('.day__slider').isVisible(), false);
  await field(page, 'Requests').fill('20000');
  assert.equal(await section(page).locator('.day__strips').isVisible(), false);
});

check('it is scrubbed and played by keyboard', { hash: '#v=2&requests-per-day=100000' }, async ({ page }) => {
  await lived(page);
  await slider(page).focus();
  const told = () => slider(page).evaluate((one) => [one.value, one.getAttribute('aria-valuetext')]);
  const press = async (key, value, text) => {
    await page.keyboard.press(key);
    const [now, spoken] = await told();
    assert.equal(now, value, key);
    assert.match(spoken, text, key);
  };
  await press('Home', '0', /^00:00, \d+ requests, 2 of 2 gateways, \d+ waiting/);
  await press('ArrowRight', '1', /^00:01/);
  await press('PageUp', '61', /^01:01/);
  await press('PageDown', '1', /^00:01/);
  await press('End', '1439', /^23:59/);
  assert.equal(await section(page).locator('.day__time').innerText(), '23:59');
  await page.keyboard.press('Home');
  await button(page, 'Play').press('Enter');
  await page.waitForFunction(() => Number(document.querySelector('.day__slider').value) > 30);
  await button(page, 'Pause').press('Enter');
  const [paused] = await told();
  await button(page, '+1 minute').press('Enter');
  assert.equal((await told())[0], String(Number(paused) + 1));
  await page.waitForTimeout(250);
  assert.equal((await told())[0], String(Number(paused) + 1), 'it stands');
});

check('the request path follows the minute that is looked at', {
  hash: '#v=2&requests-per-day=100000&happens=provider-fails/11:00-12:00:openai',
}, async ({ page }) => {
  await lived(page);
  const path = section(page).locator('.day__path');
  const at = async (minute) => {
    await slider(page).fill(String(minute));
    const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    await path.getByRole('heading', { name: `Request path at ${clock}` }).waitFor();
    return path.locator('svg').first().getAttribute('aria-label');
  };
  const before = await at(630);
  assert.match(before, /^At 10:30: \d+ requests\/min, 0 sent again; .* in flight of [\d,]+ slots/);
  assert.match(before, /OpenAI: \d+ calls\/min · (5|6)\d\s%; /);
  // Half of the breaker's tries fail; the others take all that OpenAI took.
  const amid = await at(690);
  assert.doesNotMatch(amid, /OpenAI: \d+ calls\/min · (5|6)\d\s%; Azure/);
});

check('an event is added, marked, kept in the link and taken away again', {}, async ({ page }) => {
  await lived(page);
  await field(page, 'Event').selectOption('spike');
  await field(page, 'From').fill('10:00');
  await field(page, 'To').fill('9:00');
  await button(page, 'Add').click();
  await section(page).getByText('Enter times as 10:30').waitFor();
  await field(page, 'To').fill('10:30');
  await field(page, 'Times the requests').fill('40');
  await button(page, 'Add').click();
  await section(page).locator('.day__events').getByText('Spike × 40, 10:00 to 10:30').waitFor();
  await addressIs(page, '#v=2&happens=spike/10:00-10:30:40');
  await section(page).getByText('Goals broken').waitFor();
  assert.match(await sentence(page).innerText(), /From 10:0\d to 1\d:\d\d/);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await button(page, 'Next event').click();
  assert.equal(await slider(page).inputValue(), '600');
  await button(page, 'Remove: Spike × 40, 10:00 to 10:30').click();
  await section(page).getByText('Goals kept').waitFor();
  await addressIs(page, '#v=2');
});

check('a provider slows down for a time, by as much as is typed', {}, async ({ page }) => {
  await lived(page);
  await field(page, 'Event').selectOption('provider-slow');
  assert.equal(await section(page).getByLabel('Provider', { exact: true }).inputValue(), 'openai');
  await field(page, 'From').fill('10:00');
  await field(page, 'To').fill('11:00');
  await field(page, 'Times as long').fill('4');
  await button(page, 'Add').click();
  await section(page).locator('.day__events').getByText('openai takes 4 times as long, 10:00 to 11:00').waitFor();
  await addressIs(page, '#v=2&happens=provider-slow/10:00-11:00:openai:4');
});

check('it is lived with the load of the month that is supposed, and the verdict is not', {
  hash: '#v=2&requests-per-day=50000&growth=12',
}, async ({ page }) => {
  assert.match(await lived(page), /Goals kept/);
  const verdict = () => page.locator('.sections .verdict__state').innerText();
  const before = await verdict();
  // 1.12^18 = 7.69.
  await page.locator('#what-if-month').fill('18');
  await section(page).getByText(/^Drawn for .* at 7\.6\d× today’s load\.$/).waitFor();
  await section(page).getByText('Goals broken').waitFor();
  assert.equal(await verdict(), before);
  assert.equal(await page.locator('.verdict__day').count(), 0);
  await section(page).getByRole('button', { name: 'Back to today' }).click();
  await section(page).getByText('Goals kept').waitFor();
  assert.equal(await section(page).getByText(/^Drawn for/).count(), 0);
});

// One request a minute for a day, and one more: 1,441 a day. Ten times as many are asked for.
check('a measured day has as many requests as the form asks for', {
  hash: '#v=2&requests-per-day=14410',
}, async ({ page }) => {
  const minutes = Array.from({ length: 1441 }, (_, at) => new Date(Date.UTC(2026, 9, 5, 0, at)).toISOString());
  const rows = minutes.map((at) => `${at},10,1`);
  const buffer = Buffer.from(['timestamp,input_tokens,output_tokens', ...rows].join('\n'));
  await button(page, 'Import or compare a file…').click();
  const dialog = page.locator('dialog[aria-labelledby=read]');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
  await dialog.getByText('1,441 rows were counted').waitFor();
  await dialog.getByRole('row', { name: /^Input tokens/ }).getByRole('button').click();
  await page.keyboard.press('Escape');
  await lived(page);
  await section(page).getByText('As on the fullest measured day').click();
  await section(page).getByText('Each minute has 10.0 times its measured requests').waitFor();
  await section(page).getByText(/(All|All but the last of) 1[34],\d{3} requests are answered/).waitFor();
});

check('a retry storm among the examples does not recover, and a shorter queue mends it', {}, async ({ page }) => {
  await lived(page);
  await page.getByRole('link', { name: 'Retry storm that does not recover' }).click();
  await section(page).getByText('Goals broken').waitFor();
  await section(page).getByText('Gateways answer clients who have left').waitFor();
  assert.match(await sentence(page).innerText(), /From 12:0\d to 24:00, (99\.\d|100)\s% get no answer/);
  assert.equal(await field(page, 'Attempts per client').inputValue(), '3');
  const fix = section(page).getByRole('button', { name: /^Apply: Queue 100 → \d+ requests/ });
  await fix.waitFor({ timeout: 30_000 });
  await fix.click();
  await section(page).getByText('Goals kept').waitFor({ timeout: 20_000 });
});

check('a day of 500,000 requests is told and mended by an offered change', { hash: '#v=2&requests-per-day=500000' }, async ({ page }) => {
  const told = await lived(page);
  assert.match(told, /Goals broken/);
  assert.match(told, /2[0-9]\s% wait longer than 30 s and [23]\.\d\s% get no answer/);
  await section(page).getByText('The autoscaler is late').waitFor();
  await section(page).getByText('The queue target acts too late').waitFor();
  const fix = section(page).getByRole('button', { name: /^Apply: Autoscaler’s queue target 50 → \d/ });
  await fix.waitFor({ timeout: 60_000 });
  await fix.click();
  await section(page).getByText('Goals kept').waitFor({ timeout: 20_000 });
  await section(page).getByText(/^Applied: Autoscaler’s queue target/).waitFor();
  // The focus does not fall: Enter undoes.
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Undo');
  await section(page).getByRole('button', { name: 'Undo' }).click();
  await section(page).getByText('Goals broken').waitFor({ timeout: 20_000 });
});

check('table and file have every minute', {}, async ({ page }) => {
  await lived(page);
  await section(page).getByText('The day as a table').click();
  await section(page).locator('tbody tr').nth(1439).waitFor();
  const table = await section(page).locator('tbody tr').evaluateAll((all) => (
    all.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))));
  assert.equal(table.length, 1440);
  const waiting = page.waitForEvent('download');
  await button(page, 'Every minute as CSV').click();
  const file = await (await waiting).createReadStream();
  let text = '';
  for await (const piece of file) text += piece;
  const lines = text.trim().split('\r\n');
  assert.equal(lines.length, 1441);
  const plain = (cells) => cells.map((cell) => cell.replaceAll(/[,\s]/g, ''));
  assert.deepEqual(plain(table[599]), plain(lines[600].split(',')));
  const offered = lines.slice(1).reduce((sum, line) => sum + Number(line.split(',')[1]), 0);
  const [, said] = (await sentence(page).innerText()).match(/All ([\d,]+) requests/);
  assert.equal(offered, Number(said.replace(',', '')));
});

const shownStrips = (page) => section(page).locator('.day__strip:visible').evaluateAll((all) => all.map((one) => one.dataset.word));

check('three strips stand on one axis', { hash: '#v=2' }, async ({ page }) => {
  await lived(page);
  assert.deepEqual(await shownStrips(page), ['tokens', 'pods', 'fates']);
  const boxes = await section(page).locator('.day__strip .chart__canvas').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ x, width }) => [x, width]));
  assert.deepEqual(boxes, Array(3).fill(boxes[0]));
});

check('a phone shows one strip at a time', { width: 360, hash: '#v=2' }, async ({ page }) => {
  await lived(page);
  const shown = () => shownStrips(page);
  assert.deepEqual(await shown(), ['pods']);
  await section(page).getByRole('radio', { name: 'Who waits' }).check({ force: true });
  assert.deepEqual(await shown(), ['fates']);
});

const EVENTS = 'spike/00:10-00:40:3,provider-slow/12:00-13:00:openai:4,provider-hangs/22:30-23:30:openai,rollout/12:10,zone-loss/12:20-13:00:1';

check('the name of an event stays within the strip, and covers nothing', { width: 360, hash: `#v=2&happens=${EVENTS}` }, async ({ page }) => {
  await lived(page);
  const strips = await section(page).locator('.day__strips').boundingBox();
  const names = section(page).locator('.day__mark span');
  assert.equal(await names.count(), 5);
  const first = await section(page).locator('.day__strip:visible').first().boundingBox();
  let above = strips.y;
  for (const name of await names.all()) {
    const box = await name.boundingBox();
    const said = `${await name.innerText()}: ${JSON.stringify(box)}`;
    assert.ok(strips.x <= box.x && box.x + box.width <= strips.x + strips.width, said);
    assert.ok(above <= box.y + 0.5 && box.y + box.height <= first.y + 0.5, said);
    above = box.y + box.height;
  }
});

check('where its program is missing it says so there, and the page goes on', { ready: false }, async ({ page, visit, problems }) => {
  await page.context().route('**/day_bg.wasm', (route) => route.abort());
  await visit('');
  await page.locator('html[data-complete]').waitFor();
  await section(page).scrollIntoViewIfNeeded();
  await section(page).getByText(/The day could not be simulated/).waitFor();
  await field(page, 'Requests').fill('60000');
  await page.locator('section[aria-labelledby=figures]').getByText('138 M').first().waitFor();
  problems.length = 0; // the program that the test took away
});

let host;
before(async () => {
  host = await startHost({
    'day.html': (app) => `${script(app)}<kt-capacity view="day" sandbox="allow-scripts"></kt-capacity>`,
  }, { cors: true });
});
after(() => host?.close());

test('in a frame without an origin it runs in slices on the page', async () => {
  const tab = await host.open('day.html', {});
  try {
    const frame = await frameOf(tab.page);
    const told = frame.locator('.day__sentence').getByText(/All 4\d,\d{3} requests are answered/);
    await told.waitFor({ timeout: 30_000 });
    assert.equal(await frame.evaluate(() => document.documentElement.dataset.day), 'page');
  } finally {
    await tab.close();
  }
});
