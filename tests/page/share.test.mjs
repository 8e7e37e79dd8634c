// Sharing, and the keyboard's shortcuts.
import assert from 'node:assert/strict';

import { violations } from './axe.mjs';
import { button, field, figureText, hash, pageTests, settled } from './parts.mjs';

const check = pageTests();
const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const three = '#v=2&name=Support+platform'
  + '&w=Chat,960000/day,900,350,from:chat&w=RAG,360000/day,4500,500,cached:20'
  + '&p=openai,gpt-5-mini,Tier+4,50&p=anthropic,claude-sonnet-5,Build,30,rpm:4000&p=google-vertex,gemini-2.5-flash,Tier+1,20'
  + '&peak-multiplier=4&growth=12';
const open = async (page) => {
  await button(page, 'Share…').first().click();
  return page.getByRole('dialog', { name: 'Share this scenario' });
};

check('the dialog has the link, its code and a way to a ticket', { hash: three, ...clipboard }, async ({ page }) => {
  const dialog = await open(page);
  const link = await dialog.getByLabel('The whole scenario is in the link').inputValue();
  assert.equal(new URL(link).hash, hash(page));
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await dialog.getByRole('button', { name: 'Copy as Markdown' }).click();
  await dialog.getByText('Copied for a ticket or a wiki').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(text.startsWith(`### [Support platform](<${link}>)\n`), text);
  assert.match(text, /\n\| Cost per month \| \\?\$/);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  assert.equal(await dialog.isVisible(), false);
});

check('a typical scenario of three providers has a link of at most 300 characters', { hash: three }, async ({ page }) => {
  await field(page, 'Growth').fill('13');
  await page.waitForFunction(() => window.location.hash.includes('growth=13'));
  const shortest = `https://capacity.example/${hash(page)}`;
  assert.ok(shortest.length <= 300, `${shortest.length}: ${shortest}`);
});

// Chromium has a reader of its own on few systems, so the drawing is read back by its rules:
// three finders in the corners, timing between them, a quiet zone around.
check('the code is a code: finders, timing, quiet zone; it follows the link', { hash: three }, async ({ page }) => {
  const dialog = await open(page);
  const read = () => dialog.locator('svg.share__code').evaluate((svg) => {
    const [x, y, size] = [svg.viewBox.baseVal.x, svg.viewBox.baseVal.y, svg.viewBox.baseVal.width - 8];
    const dark = new Set(svg.querySelector('path').getAttribute('d').match(/M\d+ \d+/g).map((m) => m.slice(1)));
    return { x, y, size, dark: [...dark] };
  });
  const { x, y, size, dark } = await read();
  assert.deepEqual([x, y], [-4, -4]);
  assert.equal((size - 17) % 4, 0, 'a size a code can have');
  const is = (column, row) => dark.includes(`${column} ${row}`);
  for (const [left, top] of [[0, 0], [size - 7, 0], [0, size - 7]]) {
    for (let row = 0; row < 7; row += 1) {
      for (let column = 0; column < 7; column += 1) {
        const ring = Math.max(Math.abs(column - 3), Math.abs(row - 3));
        assert.equal(is(left + column, top + row), ring !== 2, `finder ${left},${top}: ${column},${row}`);
      }
    }
  }
  for (let step = 8; step < size - 8; step += 1) assert.equal(is(step, 6), step % 2 === 0, 'timing');
  await page.keyboard.press('Escape');
  await field(page, 'Growth').fill('14');
  await settled(page);
  await open(page);
  assert.notDeepEqual((await read()).dark, dark);
});

check('a link too long for a code says so', { hash: `#v=1&${Array.from({ length: 120 }, (_, i) => `w=Workload+number+${i},${1000 + i}/day,900,350`).join('&')}` }, async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByText('The link is too long for a code.').waitFor();
});

const withShare = () => {
  navigator.share = (what) => { window.shared = what; return Promise.reject(new Error('closed')); };
};
check('a device that can share is asked to, and may be refused', { hash: three, width: 360, init: withShare }, async ({ page }) => {
  const dialog = await open(page);
  await dialog.getByRole('button', { name: 'Share with an app…' }).click();
  const shared = await page.evaluate(() => window.shared);
  assert.equal(shared.url, page.url());
  assert.match(shared.text, /^(Fits|Does not fit)/);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
});

check('a device that cannot share offers nothing', {}, async ({ page }) => {
  const dialog = await open(page);
  const expected = await page.evaluate(() => (navigator.share ? 1 : 0));
  assert.equal(await dialog.getByRole('button', { name: 'Share with an app…' }).count(), expected);
});

check('? lists the keys, and each does what it says', {}, async ({ page }) => {
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard' });
  await list.waitFor();
  assert.match(await list.innerText(), /Ctrl\s+Shift\s+Z\s+Redo/);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');

  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'w1-requests');
  await page.keyboard.press('a');
  assert.equal(await field(page, 'Requests').inputValue(), 'a50,000', 'a letter in a field is no shortcut');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('a');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'answers');
  await page.keyboard.press('b');
  await page.waitForFunction(() => window.location.hash.endsWith('&view=brief'));
  await page.keyboard.press('f');
  await page.waitForFunction(() => !window.location.hash.includes('view='));
  await page.keyboard.press('s');
  assert.equal(await page.getByRole('dialog', { name: 'Share this scenario' }).isVisible(), true);
});

check('single keys can be turned off, and stay off', {}, async ({ page, visit }) => {
  await page.keyboard.press('?');
  await page.getByLabel('Single keys work').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await visit('');
  await page.keyboard.press('b');
  await page.keyboard.press('?');
  await page.waitForTimeout(300);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.doesNotMatch(hash(page), /view=/);
  assert.match(await figureText(page, 'Peak requests'), /1\.74\s+rps/);
});
