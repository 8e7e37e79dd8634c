// Readers without a mouse, with large letters, with colors of their own, with a screen reader.
import assert from 'node:assert/strict';

import { violations } from './axe.mjs';
import { chartsDrawn } from './browser.mjs';
import { addressIs, button, field, figure, hash, pageTests, settled, verdict } from './parts.mjs';

const check = pageTests();
const active = (page) => page.evaluate(() => {
  const at = document.activeElement;
  return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent?.trim() ?? at.textContent.trim();
});

// Presses Tab until the named stop has the focus: nobody jumps.
async function tabTo(page, name, key = 'Tab') {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press(key);
    const at = await active(page);
    if (typeof name === 'string' ? at === name : name.test(at)) return;
  }
  assert.fail(`no stop of the keyboard is called ${name}`);
}

check('a walk through the page by keyboard, as written', {}, async ({ page }) => {
  // An engineer opens the page and lands on the first stop: the way past the inputs.
  await page.keyboard.press('Tab');
  assert.equal(await active(page), 'Skip to the answers');
  // She names the scenario.
  await tabTo(page, 'Scenario name');
  await page.keyboard.type('Walk');
  // She enters ten times the requests, with the field's own short form.
  await tabTo(page, 'Requests');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('500k');
  assert.match(await verdict(page), /^Does not fit/);
  // She adds a workload from the guide, opens its row, and finds the share that is cached.
  await tabTo(page, '+ Chat (short)');
  await page.keyboard.press('Enter');
  await tabTo(page, 'More about Chat (short)', 'Shift+Tab');
  await page.keyboard.press('Space');
  await tabTo(page, 'Cached share of input');
  await page.keyboard.type('40');
  // She steps the growth up with the arrow keys.
  await tabTo(page, 'Growth');
  await page.keyboard.press('ArrowUp');
  assert.equal(await field(page, 'Growth').inputValue(), '0.1');
  // She chooses another shape of the day: one stop, arrows inside.
  await tabTo(page, /^(Flat|Office|Global|Custom)$/);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('radio', { name: 'Global' }).isChecked(), true);
  // She asks why for the first figure, and follows a value to the field it came from.
  await page.getByRole('main').focus();
  await tabTo(page, /^Peak requests/);
  await page.keyboard.press('Enter');
  assert.equal(await figure(page, 'Peak requests').evaluate((each) => each.open), true);
  await page.keyboard.press('Escape');
  assert.equal(await figure(page, 'Peak requests').evaluate((each) => each.open), false);
  // She reads a chart as a table.
  await tabTo(page, 'As a table');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Tokens per minute over the day, table' }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await active(page), 'Tokens per minute over the day, table', 'the table scrolls by keyboard');
  // She applies the first fix, and takes it back.
  const before = await verdict(page);
  await tabTo(page, /^Apply: /);
  await page.keyboard.press('Enter');
  await page.getByText(/^Applied: /).waitFor();
  await page.keyboard.press('Control+z');
  await settled(page);
  assert.equal(await verdict(page), before);
  // She copies a file, then opens the brief and comes back.
  await tabTo(page, 'Copy the file');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('b');
  await addressIs(page, /&view=brief$/);
  await page.keyboard.press('f');
  await page.waitForFunction(() => !window.location.hash.includes('view='));
  assert.match(hash(page), /name=Walk/);
  // She shares it and closes the dialog, which gives the focus back.
  await page.getByRole('main').focus();
  await tabTo(page, 'Share…', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Share this scenario' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await active(page), 'Share…');
});

check('a reading chosen right after an edit is shown', {}, async ({ page }) => {
  await field(page, 'Requests').fill('60000');
  await page.getByRole('link', { name: 'Brief' }).click();
  await addressIs(page, '#v=2&requests-per-day=60000&view=brief');
  await page.locator('.brief').waitFor();
});

for (const link of ['', '#v=1&view=brief', '#v=1&view=tokens']) {
  check(`landmarks once, headings without a gap${link && `, ${link}`}`, { hash: link }, async ({ page }) => {
    for (const role of ['banner', 'main'].slice(link.includes('tokens') ? 1 : 0)) {
      assert.equal(await page.getByRole(role).count(), 1, role);
    }
    const levels = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, h4')]
      .filter((each) => each.checkVisibility()).map((each) => [Number(each.tagName[1]), each.textContent]));
    assert.equal(levels[0][0], 1);
    levels.slice(1).forEach(([level, text], index) => {
      assert.ok(level <= levels[index][0] + 1, `h${level} “${text}” after h${levels[index][0]}`);
    });
  });
}

check('every chart is named by what it shows, and has its numbers as a table', {}, async ({ page }) => {
  assert.equal(await chartsDrawn(page), 0);
  const charts = page.locator('[data-chart]:not(.day__strip)');
  const count = await charts.count();
  assert.ok(count >= 5);
  for (let index = 0; index < count; index += 1) {
    const chart = charts.nth(index);
    const name = await chart.getByRole('img').first().getAttribute('aria-label');
    assert.match(name, /\d/, 'a sentence with a number');
    await chart.getByText('As a table').click();
    await chart.getByRole('row').nth(1).waitFor();
  }
});

check('large letters, twice the size: nothing is cut off sideways', {}, async ({ page }) => {
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280);
  // A page zoomed to 200 % on such a screen is 640 px wide.
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await page.setViewportSize({ width: 640, height: 450 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 640);
  await button(page, 'Inputs').click();
  await field(page, 'Requests').fill('100000');
  await button(page, 'Done').click();
  assert.match(await page.locator('.dock').innerText(), /100 K requests\/day/);
});

for (const width of [1280, 360]) {
  check(`whatever is pressed is 24 px wide and high, ${width} px`, { width }, async ({ page }) => {
    if (width < 600) await button(page, 'Inputs').click();
    const small = await page.evaluate(() => {
      const what = 'button, summary, select, input, a, [role=tab]';
      return [...document.querySelectorAll(what)].filter((each) => each.checkVisibility())
        // A link in a sentence is as high as its line; a radio is its label.
        .filter((each) => !(each.tagName === 'A' && getComputedStyle(each).display === 'inline'))
        .map((each) => [each, (each.closest('label, .field__box') ?? each.labels?.[0] ?? each).getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && (box.width < 23.99 || box.height < 23.99))
        // One that stands 24 px from its neighbours passes as well; values in a formula do.
        .filter(([each]) => !each.matches('.why__input, .skip'))
        .map(([each, box]) => `${each.textContent.trim() || each.getAttribute('aria-label')}: ${box.width}×${box.height}`);
    });
    assert.deepEqual(small, []);
  });
}

check('with colors forced by the system, what is chosen, wrong or focused can be told apart', { forcedColors: 'active' }, async ({ page }) => {
  await field(page, 'Growth').fill('abc');
  const style = (locator, name) => locator.evaluate((each, name) => getComputedStyle(each)[name], name);
  const full = page.getByRole('link', { name: 'Full' });
  const brief = page.getByRole('link', { name: 'Brief' });
  assert.notEqual(await style(full, 'backgroundColor'), await style(brief, 'backgroundColor'), 'the chosen reading');
  const office = page.locator('.segments__item', { hasText: 'Office' });
  const flat = page.locator('.segments__item', { hasText: 'Flat' });
  assert.notEqual(await style(office, 'backgroundColor'), await style(flat, 'backgroundColor'), 'the chosen shape');
  await field(page, 'Headroom').focus();
  const box = page.locator('.field__box:has(#s-headroom)');
  assert.equal(await style(box, 'outlineStyle'), 'solid');
  assert.match(await page.locator('#s-growth-error').innerText(), /Enter 0 to 1,000 %/);
  assert.deepEqual(await violations(page), []);
});
