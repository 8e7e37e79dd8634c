// Sections: what is open at first, the way to each, and what the browser keeps of it.
import assert from 'node:assert/strict';
import { pageTests } from './parts.mjs';

const check = pageTests();
const folds = ['queue', 'files', 'checklist', 'numbers', 'depth', 'reference'];
const isOpen = (page, id) => page.locator(`details.section:has(> summary #${id})`).evaluate((it) => it.open);
const way = (page, name) => page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name });

check('what follows the answers is folded to its title and a line', { folded: true }, async ({ page }) => {
  for (const id of folds) {
    assert.equal(await isOpen(page, id), false, id);
    const line = await page.locator(`summary:has(> #${id}) > p`).innerText();
    assert.match(line, /\S/, id);
    assert.doesNotMatch(line, /…/, id);
  }
  assert.match(await page.locator('summary:has(> #checklist) > p').innerText(), /^\d+ hold, \d+ fail, \d+ for you to check$/);
});

check('a way leads to its section and opens it, which the browser keeps', { folded: true }, async ({ page, visit }) => {
  for (const [name, id] of [['Answer', 'verdict'], ['Day', 'day'], ['Risks', 'findings'], ['Files', 'files'], ['Numbers', 'numbers']]) {
    await way(page, name).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), id, name);
    await page.waitForFunction((id) => {
      const { top } = document.getElementById(id).getBoundingClientRect();
      const bar = document.querySelector('.sections').getBoundingClientRect();
      return bar.bottom <= top && top < innerHeight;
    }, id);
  }
  assert.equal(await isOpen(page, 'files'), true);
  assert.equal(await isOpen(page, 'queue'), false);
  await page.locator('summary:has(> #numbers)').click();
  // What is open is kept in a task of its own.
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  await visit('');
  assert.equal(await isOpen(page, 'files'), true);
  assert.equal(await isOpen(page, 'numbers'), false);
});

check('the verdict’s word stays in sight', { folded: true, hash: '#v=1&requests-per-day=9000000' }, async ({ page }) => {
  await page.locator('#reference').scrollIntoViewIfNeeded();
  const word = page.locator('.sections .verdict__state');
  assert.match(await word.innerText(), /Does not fit/);
  const { y, height } = await word.boundingBox();
  assert.ok(0 <= y && y + height < 120, `${y}`);
});

check('five findings stand open, the others are named in a line', { folded: true }, async ({ page }) => {
  const rows = page.locator('[data-finding]');
  const titles = await rows.locator('.finding__title').evaluateAll((all) => all.map((it) => it.firstChild.textContent.trim()));
  assert.ok(5 < titles.length, `${titles}`);
  const shown = await rows.evaluateAll((all) => all.filter((it) => it.checkVisibility()).length);
  assert.equal(shown, 5);
  const line = await page.locator('.findings__rest > summary').innerText();
  assert.match(line, new RegExp(`^${titles.length - 5} more: `));
  for (const title of titles.slice(5)) assert.ok(line.includes(title), title);
});

const order = ['Now', 'Within three months', 'If something fails', 'Later, or with more load', 'Notes'];
for (const hash of ['', '#v=1&requests-per-day=9000000', '#v=2&growth=30&requests-per-day=200000']) {
  check(`findings stand in groups, each once and in order ${hash}`, { hash }, async ({ page }) => {
    const groups = await page.locator('.findings__group').allInnerTexts();
    assert.ok(1 < groups.length, `${groups}`);
    assert.deepEqual(groups, order.filter((group) => groups.includes(group)));
  });
}

// With the day simulated; before anything was folded 8,113 and 12,329 px.
for (const [width, most] of [[1280, 3_400], [360, 5_500]]) {
  check(`the page of the default stays short, ${width} px`, { folded: true, width, height: 740 }, async ({ page }) => {
    await page.locator('#day').scrollIntoViewIfNeeded();
    await page.locator('.day__sentence').getByText('requests are answered').waitFor();
    const size = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    assert.equal(size[0], width);
    assert.ok(size[1] < most, `${size[1]}`);
  });
}
