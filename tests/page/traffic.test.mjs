// Usage exports dropped on the built page: read in a worker, taken value by value, kept as marks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startSite } from './browser.mjs';

const file = (name) => ({
  name: `${name.length}.bin`, // recognised by content
  mimeType: 'application/octet-stream',
  buffer: readFileSync(new URL(`../usage/${name}`, import.meta.url)),
});
const expected = JSON.parse(readFileSync(new URL('../usage/expected.json', import.meta.url), 'utf8'));
const dialog = (page) => page.locator('dialog[aria-labelledby=read]');
const values = (page) => dialog(page).locator('.measured__values');
const marks = (page) => page.locator('.inputs .field__mark');
const field = (page, id) => page.locator(`#${id}`);
// Of the workloads alone: providers have names too, and arrive in slices of their own.
const workloads = (page) => page.getByRole('group', { name: 'Workloads', exact: true }).locator('.row__name');
const namesOf = (fields) => fields.evaluateAll((each) => each.map((one) => one.value));

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const check = (name, how, run) => test(name, { timeout: 90_000 }, async () => {
  const tab = await site.open(how);
  try {
    await run(tab);
    if (!how.isRefused) tab.assertClean();
  } finally {
    await tab.close();
  }
});

// As a drop on the page, wherever it falls.
async function drop(page, ...files) {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  await page.evaluate((given) => {
    const data = new DataTransfer();
    for (const { name, mimeType, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: mimeType }));
    }
    const how = { dataTransfer: data, bubbles: true, cancelable: true };
    document.querySelector('.verdict').dispatchEvent(new DragEvent('drop', how));
  }, given);
}

async function choose(page, ...files) {
  // Beside ranges, what to measure first offers the same.
  await page.locator('#read-file').click();
  await dialog(page).locator('input[type=file]').setInputFiles(files);
}

const all = (page) => dialog(page).getByRole('button', { name: 'Use all of it' });
const kept = (page) => page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }]));

check('a dropped export is in the form with one press, and out of it with one undo', {}, async ({ page }) => {
  await drop(page, file('plain-min.csv'));
  await values(page).waitFor();
  assert.match(await dialog(page).innerText(), /From a plain trace.*737 rows were counted/s);
  const before = await field(page, 'w1-requests').inputValue();
  await all(page).click();
  await dialog(page).waitFor({ state: 'hidden' });
  const fact = expected.files.find((each) => each.file === 'plain-min.csv').expect.scenario;
  const near = async (id, value) => {
    const shown = Number((await field(page, id).inputValue()).replaceAll(',', ''));
    assert.ok(Math.abs(shown / value - 1) < 1e-5, `${id}: ${shown} is not ${value}`);
  };
  await near('w1-requests', fact['requests-per-day'].value);
  await near('w1-input', fact['avg-input-tokens'].value);
  // Counts of ten seconds about the mean of their minute, by a program of its own.
  await near('s-burstiness', 1.191020408);
  assert.ok((await marks(page).count()) >= 5);
  await page.keyboard.press('Control+z');
  assert.equal(await field(page, 'w1-requests').inputValue(), before);
  assert.equal(await marks(page).count(), 0);
});

check('marks stay over a reload until the value is edited', {}, async ({ page }) => {
  await drop(page, file('plain-min.csv'));
  await all(page).click();
  await marks(page).first().waitFor();
  await page.waitForTimeout(300);
  await page.reload();
  await page.locator('html[data-complete]').waitFor();
  const mark = page.locator('.field:has(#w1-input) .field__mark');
  assert.match(await mark.getAttribute('title'), /a plain trace, 2026-10-05 .*, 737 rows/);
  await field(page, 'w1-input').fill('1234');
  await mark.waitFor({ state: 'detached' });
  assert.ok((await marks(page).count()) >= 4, 'the others stay');
});

check('a value of many days is taken with its range, or as a number, in one step to undo', {}, async ({ page }) => {
  await choose(page, file('openai-console-1d.csv'));
  await values(page).waitFor();
  const tokens = field(page, 'w1-output');
  const before = await tokens.inputValue();
  const use = values(page).getByRole('button', { name: 'Use: Output tokens of a request' });
  await use.click();
  assert.match(await tokens.inputValue(), /^[\d,.]+\.\.[\d,.]+\.\.[\d,.]+$/);
  await page.locator('.field:has(#w1-output) .field__mark').waitFor();
  await dialog(page).getByLabel('Take each value with its range over the coming days').uncheck();
  await use.click();
  assert.match(await tokens.inputValue(), /^[\d,.]+$/);
  assert.ok(!(await tokens.inputValue()).includes('..'));
  await page.keyboard.press('Escape');
  for (const undone of [1, 2]) {
    await page.getByRole('button', { name: 'Undo' }).click();
    if (undone === 1) assert.match(await tokens.inputValue(), /\.\./);
  }
  assert.equal(await tokens.inputValue(), before);
});

check('one value is taken alone; what the file cannot say stays assumed', {}, async ({ page }) => {
  await choose(page, file('openai-console-1d.csv'));
  await values(page).waitFor();
  const text = await values(page).innerText();
  assert.match(text, /Peak over the mean of the day\s*–\s*assumed: the file has days only/);
  const before = await field(page, 'w1-requests').inputValue();
  await values(page).getByRole('button', { name: 'Use: Output tokens of a request' }).click();
  await page.locator('.field:has(#w1-output) .field__mark').waitFor();
  assert.equal(await field(page, 'w1-requests').inputValue(), before);
  assert.equal(await marks(page).count(), 1);
});

check('a peak from incomplete minutes is at least that high', {}, async ({ page }) => {
  await choose(page, file('openai-usage-1m.json'));
  await values(page).waitFor();
  assert.match(await values(page).innerText(), /Peak over the mean of the day\s*≥ /);
});

check('an export that is pasted is read as its file, and other text is not', {}, async ({ page }) => {
  await page.getByRole('button', { name: 'Import or compare a file…' }).click();
  const entry = dialog(page).locator('#read-text');
  await entry.fill(file('plain-min.csv').buffer.toString('utf8'));
  await values(page).waitFor();
  assert.match(await dialog(page).innerText(), /From a plain trace.*737 rows were counted/s);
  // A table of no source comes back, with the reason why it is none.
  const unknown = 'city,temperature,humidity\nExampletown,21.5,40\nSampleville,19.0,55\n';
  await entry.fill(unknown);
  await dialog(page).getByRole('alert').waitFor();
  assert.equal(await entry.inputValue(), unknown);
});

check('models become workloads, and those that were called providers', {}, async ({ page }) => {
  await choose(page, file('litellm-spend.csv'));
  await values(page).waitFor();
  const places = await dialog(page).locator('.measured__models li select').all();
  for (const [at, place] of places.entries()) await place.selectOption(String(at + 1));
  await all(page).click();
  await dialog(page).waitFor({ state: 'hidden' });
  const text = readFileSync(new URL('../usage/litellm-spend.csv', import.meta.url), 'utf8');
  const names = await namesOf(workloads(page));
  assert.ok(names.length >= 2, names.join());
  for (const name of names) assert.ok(text.includes(`,${name},`), `${name} is no model of the file`);
});

// Two callers of one model: 3 of 5 requests with 100 tokens, and 2 with 700, who come first.
const keys = ['request_id,call_type,api_key,prompt_tokens,completion_tokens,startTime,model'];
for (const [at, [key, input]] of [['ann', 100], ['ben', 700], ['ann', 100], ['ben', 700], ['ann', 100]].entries()) {
  keys.push(`r${at},acompletion,sk-${key},${input},10,2026-10-05T09:0${at}:00Z,m`);
}

check('keys become workloads without their names, merged as the reader likes', {}, async ({ page }) => {
  await choose(page, { name: 'a', mimeType: 'text/csv', buffer: Buffer.from(keys.join('\n')) });
  await values(page).waitFor();
  const list = dialog(page).locator('.measured__models');
  assert.match(await list.innerText(), /Key 1: .* 700 tokens in, 10 out.*Key 2: .* 100 tokens in/s);
  await list.locator('li select').first().selectOption('1');
  await all(page).click();
  await dialog(page).waitFor({ state: 'hidden' });
  await workloads(page).nth(1).waitFor();
  assert.deepEqual(await namesOf(workloads(page)), ['Key 1', 'Key 2']);
  assert.ok(!/sk-|ann|ben/.test(await page.evaluate(() => location.href + localStorage['kt-capacity:measured'])));
  await page.keyboard.press('Control+z');
  assert.equal(await marks(page).count(), 0);
});

check('two models are merged into one workload', {}, async ({ page }) => {
  await choose(page, file('litellm-spend.csv'));
  await values(page).waitFor();
  const list = dialog(page).locator('.measured__models li');
  const told = await list.allInnerTexts();
  assert.equal(told.length, 3);
  for (const at of [0, 1]) await list.nth(at).locator('select').selectOption('1');
  await all(page).click();
  await dialog(page).waitFor({ state: 'hidden' });
  await workloads(page).nth(1).waitFor();
  const name = (text) => text.split('\n').at(-1).split(':')[0].trim();
  const [one, two, three] = told.map(name);
  assert.deepEqual(await namesOf(workloads(page)), [`${one} + ${two}`, three]);
});

check('measured minutes stand beside the model', {}, async ({ page }) => {
  await drop(page, file('plain-min.csv'));
  await all(page).click();
  const section = page.locator('section.measured');
  await section.waitFor();
  const text = await section.innerText();
  assert.match(text, /tokens a minute.*% at 2026-10-05 \d\d:\d\d.*min/s);
  assert.match(text, /Tokens a minute at the peak.*[+−]\d+ %/s);
  await page.locator('[data-chart=chart-tokens]').scrollIntoViewIfNeeded();
  assert.match(await page.locator('[data-chart=chart-tokens] .chart__summary').innerText(), /measured/);
  await section.getByRole('button', { name: 'Keep in this browser' }).click();
  await page.waitForTimeout(300);
  await page.reload();
  await section.waitFor();
  await section.getByRole('button', { name: 'Forget it' }).click();
  await section.waitFor({ state: 'detached' });
});

check('several traces are kept by their names', {}, async ({ page }) => {
  const section = page.locator('section.measured');
  const name = section.getByLabel('Name of the trace');
  for (const [source, called] of [['plain-min.csv', 'Monday'], ['litellm-spend.csv', 'Spend']]) {
    await drop(page, file(source));
    await all(page).click();
    await section.waitFor();
    await section.getByRole('button', { name: 'Keep in this browser' }).waitFor();
    await name.fill(called);
    await section.getByRole('button', { name: 'Keep in this browser' }).click();
    await section.getByRole('button', { name: 'Kept in this browser' }).waitFor();
  }
  await page.reload();
  await section.waitFor();
  assert.equal(await name.inputValue(), 'Spend', 'the last one is shown');
  const traces = section.getByLabel('Traces in this browser');
  await traces.selectOption('Monday');
  await section.getByText(/a plain trace/).waitFor();
  await section.getByRole('button', { name: 'Forget it' }).click();
  await section.getByText(/LiteLLM/).waitFor();
  assert.equal(await name.inputValue(), 'Spend');
  await section.getByRole('button', { name: 'Forget it' }).click();
  await section.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => localStorage['kt-capacity:trace']), undefined);
});

check('a question is answered in the dialog', {}, async ({ page }) => {
  await choose(page, file('bad/us-dates.csv'));
  await dialog(page).getByRole('button', { name: /month first/ }).click();
  await values(page).waitFor();
  await page.keyboard.press('Escape');
  await choose(page, file('grafana-sep.csv'));
  const row = (name) => dialog(page).locator('.measured__meaning', { hasText: name });
  for (const [name, meaning] of [['sum(requests)', 'answered'], ['sum(prompt tokens)', 'input'], ['sum(completion tokens)', 'output']]) {
    await row(name).locator('select').first().selectOption(meaning);
    await row(name).locator('select').last().selectOption('per_bucket');
  }
  await dialog(page).getByRole('button', { name: 'Read the file' }).click();
  await values(page).waitFor();
});

check('a bad file has one clear sentence, and the form is as it was', {}, async ({ page }) => {
  const before = await field(page, 'w1-requests').inputValue();
  for (const [name, sentence] of [['bad/html-error.csv', /web page/], ['bad/costs-openai.csv', /what was paid/], ['bad/truncated.json', /ends in the middle/]]) {
    await choose(page, file(name));
    await dialog(page).locator('[role=alert]').filter({ hasText: sentence }).waitFor();
    await page.keyboard.press('Escape');
  }
  assert.equal(await field(page, 'w1-requests').inputValue(), before);
});

check('no name, key, address or text of a file is kept anywhere', {}, async ({ page }) => {
  let markers = 0;
  for (const one of expected.files.filter((each) => each.must_not_appear?.length && each.expect.outcome === 'read')) {
    await choose(page, file(one.file));
    await values(page).waitFor();
    const shown = await dialog(page).innerText();
    await all(page).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await page.locator('section.measured').getByRole('button', { name: /in this browser/ }).click();
    await page.waitForTimeout(200);
    const everything = shown + (await kept(page)) + (await page.locator('body').innerText());
    for (const text of one.must_not_appear) {
      markers += 1;
      assert.ok(!everything.includes(text), `${one.file} gives away ${text}`);
    }
    await page.locator('section.measured').getByRole('button', { name: 'Forget it' }).click();
  }
  assert.ok(markers > 0);
});

const many = () => {
  const lines = ['timestamp,input_tokens,output_tokens'];
  for (let at = 0; at < 1_000_000; at += 1) {
    const time = new Date(Date.UTC(2026, 9, 5) + at * 86).toISOString();
    lines.push(`${time},${500 + (at % 997)},${100 + (at % 311)}`);
  }
  return Buffer.from(lines.join('\n'));
};

check('a million rows are counted, and no frame waits for them', {}, async ({ page }) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  // Written by the page itself: a million rows are too much for the test's own channel.
  await page.getByRole('button', { name: 'Import or compare a file…' }).click();
  const made = many();
  const { writeFileSync, rmSync, mkdtempSync } = await import('node:fs');
  const { join } = await import('node:path');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(join(tmpdir(), 'traffic-'));
  try {
    writeFileSync(join(folder, 'rows.csv'), made);
    await page.evaluate(() => {
      window.longest = 0;
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
      }).observe({ entryTypes: ['longtask'] });
    });
    await page.evaluate(() => {
      const seen = () => document.querySelector('.measured__values');
      document.querySelector('dialog.read input[type=file]').addEventListener('change', () => {
        window.begun = performance.now();
        const watch = () => (seen() ? (window.took = performance.now() - window.begun) : setTimeout(watch, 10));
        watch();
      }, { capture: true });
    });
    await dialog(page).locator('input[type=file]').setInputFiles(join(folder, 'rows.csv'));
    await values(page).waitFor({ timeout: 60_000 });
    await page.waitForFunction(() => window.took);
    const [took, longest] = await page.evaluate(() => [window.took, window.longest]);
    console.log(`1,000,000 rows: ${(took / 1000).toFixed(2)} s, longest task ${longest.toFixed(0)} ms`);
    assert.match(await dialog(page).innerText(), /1,000,000 rows were counted/);
    // Counted by the page itself, they would be one task nearly as long as all of it.
    assert.ok(longest < took / 10, `${longest} of ${took} ms`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

check('where a page is refused a worker, the same comes from slices on the page', {
  isRefused: true,
  init: () => {
    window.Worker = class {
      constructor() {
        throw new Error('refused');
      }
    };
  },
}, async ({ page }) => {
  await choose(page, file('plain-min.csv'));
  await values(page).waitFor();
  assert.match(await dialog(page).innerText(), /737 rows were counted/);
});
