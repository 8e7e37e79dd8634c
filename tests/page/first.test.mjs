// The page that is drawn before the program is there, and how the program takes it over.
import assert from 'node:assert/strict';
import { button, everything, field, figureText, pageTests, verdict } from './parts.mjs';

const check = pageTests();
// A window of its own: what was loaded before is not asked for again.
const own = { ready: false, reducedMotion: 'reduce' };

// Loads the page with a part of it held back; `release` lets it come.
async function held(tab, part, link = '') {
  let release;
  const free = new Promise((resolve) => { release = resolve; });
  await tab.page.route(part, async (route) => {
    await free;
    await route.continue();
  });
  await tab.visit(link, false);
  return release;
}
const complete = (page) => page.locator('html[data-complete]').waitFor();

check('the form and the answers of the default stand there before the program, and are its own', own, async (tab) => {
  const { page } = tab;
  const release = await held(tab, '**/app_bg.wasm');
  assert.match(await verdict(page), /^(Fits|Does not fit)/);
  assert.match(await figureText(page, 'Peak requests'), /1\.74\s+rps/);
  assert.equal(await page.locator('#w1-requests').inputValue(), '50,000');
  assert.ok(await page.locator('.findings > li').count() >= 2);
  const drawn = await everything(page);
  release();
  await complete(page);
  const own = await everything(page);
  assert.equal(drawn.name, own.name);
  assert.deepEqual(drawn.fields, own.fields);
  // The later part shows more than was drawn, in the same order.
  const words = (lines) => lines.join('').replaceAll(/\s+/g, '');
  assert.ok(words(drawn.answers).length > 2_000, `${words(drawn.answers).length} letters`);
  assert.equal(words(own.answers).slice(0, words(drawn.answers).length), words(drawn.answers));
  assert.equal(await page.locator('#still, #later-still').count(), 0);
});

const shifts = () => {
  window.__shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.__shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
};
for (const width of [1280, 360]) {
  for (const link of ['', '#requests-per-day=9000000']) {
    check(`nothing moves at ${width} px with ${link || 'no link'}`, { ...own, width, init: shifts }, async (tab) => {
      const { page } = tab;
      const release = await held(tab, '**/app_bg.wasm', link);
      await page.waitForTimeout(200);
      release();
      await complete(page);
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate(() => window.__shift), 0);
    });
  }
}

check('the first sight says what this is, marks the example, and has scenarios to start from', {}, async ({ page }) => {
  const intro = page.locator('.intro');
  assert.match(await intro.innerText(), /^Enter the load of an AI gateway; .* capacity guide of the Keeptrusts gateway\.$/);
  assert.equal(await intro.getByRole('link').count(), 2);
  const mark = page.getByText('Example', { exact: true });
  assert.ok(await mark.isVisible());
  await field(page, 'Requests').fill('60000');
  await mark.waitFor({ state: 'detached' });
  await page.getByText('saved in the link').waitFor();

  const starters = page.getByRole('navigation', { name: 'Start from' }).getByRole('link');
  const names = await starters.allInnerTexts();
  assert.deepEqual(names, ['Support chat', 'RAG assistant', 'Coding agents', 'Nightly batch']);
  for (const name of names) {
    await starters.getByText(name, { exact: true }).click();
    await page.waitForFunction((name) => document.title.startsWith(`${name}: Fits`), name);
    assert.equal(await field(page, 'Scenario name').inputValue(), name);
  }
  // A preset now joins what is there.
  await button(page, '+ Chat (short)').click();
  assert.equal(await page.getByLabel(/^Name of the workload/).count(), 2);
});

check('what is typed, opened and pressed before the program is handed to it', own, async (tab) => {
  const { page } = tab;
  const release = await held(tab, '**/app_bg.wasm');
  await field(page, 'Scenario name').fill('Typed early');
  await page.locator('#s-growth').fill('1e');
  await page.getByText('Costs', { exact: false }).first().click();
  await button(page, '+ Chat (short)').click();
  const requests = page.locator('#w1-requests');
  await requests.fill('450000');
  await requests.evaluate((input) => input.setSelectionRange(2, 2));
  assert.equal(await page.locator('main').evaluate((main) => getComputedStyle(main).opacity), '0.4');
  release();
  await complete(page);
  assert.equal(await requests.inputValue(), '450000');
  const focus = await page.evaluate(() => [document.activeElement.id, document.activeElement.selectionStart]);
  assert.deepEqual(focus, ['w1-requests', 2]);
  assert.equal(await field(page, 'Scenario name').inputValue(), 'Typed early');
  assert.equal(await page.locator('#s-growth').inputValue(), '1e');
  assert.match(await page.locator('#s-growth-error').innerText(), /Enter 0 to 1,000 %/);
  assert.equal(await page.getByRole('group', { name: /^Chat \(short\)/ }).count(), 1, 'the press is carried out');
  assert.ok(await page.locator('details.group[open]', { hasText: 'Costs' }).count() >= 1);
  // 450,000 and the guide's short chat with its 100 requests a minute, at three times the mean.
  const peak = ((450_000 / 1_440 + 100) / 60) * 3;
  assert.match(await figureText(page, 'Peak requests'), new RegExp(peak.toFixed(1).replace('.', '\\.')));
});

check('a form scrolled before the program stays where it was', own, async (tab) => {
  const { page } = tab;
  const release = await held(tab, '**/app_bg.wasm');
  const form = page.getByRole('form', { name: 'Scenario' });
  await form.hover();
  await page.mouse.wheel(0, 170);
  const drawn = await form.elementHandle();
  await page.waitForFunction((one) => one.scrollTop === 170, drawn);
  release();
  await complete(page);
  assert.equal(await drawn.evaluate((one) => one.isConnected), false);
  assert.equal(await form.evaluate((one) => one.scrollTop), 170);
});

check('the default is answered before the part that reads links and every other way to write a number', own, async (tab) => {
  const { page } = tab;
  const release = await held(tab, '**/split_keep.wasm');
  await page.locator('html[data-answers]').waitFor({ state: 'attached' });
  await page.locator('#w1-requests').fill('450,000');
  await page.locator('html[data-stale]').waitFor({ state: 'attached' });
  // 450,000 a day at three times the mean.
  assert.match(await figureText(page, 'Peak requests'), /15\.6\s+rps/);
  assert.equal(new URL(page.url()).hash, '');
  // Other texts wait: the last number stands until they are read.
  await page.locator('#w1-requests').fill('90k');
  await page.locator('#s-growth').fill('1e');
  assert.match(await figureText(page, 'Peak requests'), /15\.6\s+rps/);
  release();
  await complete(page);
  // 90,000 a day at three times the mean.
  assert.match(await figureText(page, 'Peak requests'), /3\.13\s+rps/);
  assert.match(await page.locator('#s-growth-error').innerText(), /Enter 0 to 1,000 %/);
  await page.waitForFunction(() => location.hash.includes('requests-per-day=90000'));
});

check('a link with an order of providers is answered by the page part, and shows no other answer before', own, async (tab) => {
  const { page } = tab;
  const order = '#v=2&requests-per-day=600000&p=openai,gpt-4o,Build,100,order:1&p=anthropic,claude-sonnet-5-5,Scale,100,order:2';
  const release = await held(tab, '**/split_page.wasm', order);
  // Kept in the address, the question is on the desk.
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('split_keep.wasm')));
  await page.waitForTimeout(500);
  assert.equal(await page.locator('#verdict').isVisible(), false);
  release();
  await complete(page);
  // 600,000 a day at three times the mean.
  assert.match(await figureText(page, 'Peak requests'), /20\.8\s+rps/);
});

check('an edit before the later part dims what was drawn, and is then answered', own, async (tab) => {
  const { page } = tab;
  const release = await held(tab, '**/split_later.wasm');
  await page.locator('html[data-ready]').waitFor();
  await page.locator('#w1-requests').fill('9000000');
  assert.match(await figureText(page, 'Peak requests'), /313\s+rps/);
  const drawn = page.locator('#later-still .findings').first();
  const opacity = () => drawn.evaluate((list) => getComputedStyle(list.closest('section')).opacity);
  await page.waitForFunction(() => 'stale' in document.documentElement.dataset);
  assert.equal(await opacity(), '0.4');
  release();
  await complete(page);
  // 9,000,000 a day at three times the mean, 60 % of it to OpenAI.
  assert.match(await page.locator('.findings').first().innerText(), /60\s% of the requests are 188 rps/);
  assert.equal(await page.locator('html[data-stale]').count(), 0);
});

check('a link and a kept draft never show the default’s numbers as their own', own, async (tab) => {
  const { page } = tab;
  let release = await held(tab, '**/app_bg.wasm', '#requests-per-day=100000');
  assert.equal(await page.locator('#verdict').isVisible(), false);
  assert.equal(await page.locator('#w1-requests').isVisible(), false);
  assert.equal(await page.getByText('Capacity calculator').isVisible(), true);
  release();
  await complete(page);
  assert.match(await figureText(page, 'Peak requests'), /3\.47\s+rps/);
  await page.locator('#w1-requests').fill('200000');
  await page.waitForFunction(() => localStorage.getItem('kt-capacity:draft')?.includes('200000'));
  await page.unrouteAll();
  release = await held(tab, '**/app_bg.wasm');
  assert.equal(await page.locator('#verdict').isVisible(), false, 'the draft is another scenario');
  release();
  await complete(page);
  assert.match(await figureText(page, 'Peak requests'), /6\.94\s+rps/);
});

check('a page that was translated before the program arrives still works', own, async (tab) => {
  const { page } = tab;
  const release = await held(tab, '**/app_bg.wasm');
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector('#still'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found) {
      const font = document.createElement('font');
      text.replaceWith(font);
      font.append(text);
    }
  });
  release();
  await complete(page);
  await page.locator('#w1-requests').fill('100000');
  assert.match(await figureText(page, 'Peak requests'), /3\.47\s+rps/);
});

check('what is empty is drawn ahead as empty, so that no bubble stands there', { ready: false, javaScriptEnabled: false }, async ({ page }) => {
  const kinds = ['.copy__state', '.chart__state', '.field__unit', '.cross__numbers', '.field__error'];
  const blank = await page.locator(kinds.join()).evaluateAll((all) => {
    const isBlank = (one) => one.textContent.trim() === '' && !one.matches(':empty');
    return all.filter(isBlank).map((one) => one.className);
  });
  assert.deepEqual(blank, []);
});
