// The built page opens, on a strict host, in both themes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSite } from './browser.mjs';

let site;
before(async () => { site = await startSite(); });
after(() => site?.close());

for (const colorScheme of ['light', 'dark']) {
  test(`the page opens without an error or a foreign request, ${colorScheme}`, async () => {
    const tab = await site.open({ colorScheme });
    assert.equal(await tab.page.locator('h1').count(), 1);
    tab.assertClean();
    await tab.close();
  });
}

test('a program that cannot be fetched is explained, and the link is kept', async () => {
  const tab = await site.open({ ready: false, hash: '#s=1' });
  await tab.page.route('**/*.wasm', (route) => route.abort());
  await tab.page.reload();
  await tab.page.locator('#failure').waitFor({ state: 'visible' });
  assert.match(await tab.page.locator('#failure').innerText(), /could not start/);
  assert.equal(new URL(tab.page.url()).hash, '#s=1');
  await tab.close();
});

test('a program that breaks while it runs is not said to have failed at its start', async () => {
  const tab = await site.open({ hash: '#v=1&growth=5' });
  const told = tab.page.locator('#failure');
  await told.evaluate((box) => { box.hidden = false; }); // what the program does last
  const words = await told.innerText();
  assert.match(words, /has stopped.*no longer follows/);
  assert.doesNotMatch(words, /could not start|another browser/);
  assert.match(words, /Reload the page/);
  await tab.close();
});

test('a start script that cannot be fetched is explained as well', async () => {
  const tab = await site.open({ ready: false, hash: '#v=1&growth=5' });
  await tab.page.route(/app\.js$/, (route) => route.abort());
  await tab.page.reload();
  await tab.page.locator('#failure').waitFor({ state: 'visible' });
  assert.equal(new URL(tab.page.url()).hash, '#v=1&growth=5');
  await tab.close();
});

test('without the chart library the page answers and says so', async () => {
  const tab = await site.open({ ready: false });
  await tab.page.route('**/echarts.js', (route) => route.abort());
  await tab.page.reload();
  await tab.page.getByText('The drawing could not be loaded').first().waitFor();
  await tab.page.getByLabel('Requests', { exact: true }).fill('60000');
  assert.match(await tab.page.getByRole('region', { name: 'Key figures' }).innerText(), /2\.08\s+rps/);
  await tab.close();
});

test('the chart library draws under the content policy', async () => {
  const tab = await site.open();
  const marks = await tab.page.evaluate(async () => {
    await new Promise((loaded, failed) => {
      if (window.echarts) return loaded();
      const script = document.createElement('script');
      Object.assign(script, { src: 'echarts.js', onload: loaded, onerror: failed });
      document.head.append(script);
    });
    const box = document.body.appendChild(document.createElement('div'));
    box.style.width = '400px';
    box.style.height = '200px';
    const chart = window.echarts.init(box, 'default', {});
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: ['a', 'b'] },
      yAxis: {},
      series: [
        { type: 'line', data: [1, 2], markLine: { data: [{ yAxis: 1.5 }] } },
        { type: 'bar', data: [2, 1] },
      ],
    });
    chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: 1 });
    await new Promise((next) => setTimeout(next, 100));
    return box.querySelectorAll('svg path').length;
  });
  assert.ok(marks > 5, `${marks} paths`);
  tab.assertClean();
  await tab.close();
});

test('without the later part form and figures work, and the page says what is missing', async () => {
  const tab = await site.open({ ready: false });
  await tab.page.route('**/split_later.wasm', (route) => route.abort());
  await tab.visit('', false);
  const notice = tab.page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await notice.waitFor();
  await tab.page.locator('#w1-requests').fill('9000000');
  assert.match(await tab.page.locator('#verdict').innerText(), /^Does not fit/);
  assert.equal(await tab.page.locator('#later-still, #failure:not([hidden])').count(), 0);
  await tab.page.waitForFunction(() => window.location.hash.includes('9000000'));
  await tab.page.unrouteAll();
  await notice.getByRole('button', { name: 'Try again' }).click();
  await tab.page.locator('html[data-complete]').waitFor();
  assert.match(await tab.page.locator('#verdict').innerText(), /^Does not fit/, 'the scenario is kept');
  await tab.close();
});

test('the part that reads links, refused at first, is asked for again', async () => {
  const tab = await site.open({ ready: false });
  let refused = 0;
  await tab.page.route('**/split_keep.wasm', (route) => {
    refused += 1;
    return refused < 3 ? route.abort() : route.continue();
  });
  await tab.visit('#requests-per-day=100000', false);
  await tab.page.locator('html[data-complete]').waitFor();
  assert.ok(refused >= 3);
  assert.match(await tab.page.locator('.figures').first().innerText(), /3\.47\s+rps/);
  await tab.close();
});

test('a dialog asked for before the later part is there opens once it is', async () => {
  const tab = await site.open({ ready: false });
  let release;
  const free = new Promise((resolve) => { release = resolve; });
  await tab.page.route('**/split_later.wasm', async (route) => {
    await free;
    await route.continue();
  });
  await tab.visit('', false);
  await tab.page.locator('html[data-ready]').waitFor();
  await tab.page.getByRole('button', { name: 'Share…' }).first().click();
  release();
  await tab.page.getByRole('dialog', { name: 'Share this scenario' }).waitFor();
  await tab.close();
});

test('a reader of files that does not arrive is told and offered again, and keeps the text', async () => {
  const tab = await site.open();
  await tab.page.route('**/split_other.wasm', (route) => route.abort());
  await tab.page.getByRole('button', { name: 'Import or compare a file…' }).click();
  const dialog = tab.page.getByRole('dialog', { name: 'Import or compare a file' });
  await dialog.getByRole('textbox').fill('kt capacity estimate --requests-per-day 70000');
  await dialog.getByText('The program that reads files could not be loaded.').waitFor();
  await tab.page.unrouteAll();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByText('This is a kt command line').waitFor();
  await tab.close();
});
