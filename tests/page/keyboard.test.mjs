// Everything by keyboard.
import assert from 'node:assert/strict';
import { addressIs, button, field, pageTests } from './parts.mjs';

const check = pageTests();

// Presses Tab through the whole page: for each stop where it is, its name and whether it is marked.
async function stops(page) {
  const found = [];
  for (let count = 0; count < 400; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return null;
      const areas = { skip: '.skip', header: 'header', answers: 'main', inputs: 'form', dock: '.dock' };
      const area = Object.keys(areas).find((name) => at.closest(areas[name]));
      // A field is marked by its box, which holds the unit as well.
      const marked = [at, at.parentElement, at.closest('label'), at.closest('.field__box')].filter(Boolean)
        .some((each) => {
          const style = getComputedStyle(each);
          return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
        });
      const name = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
      const visible = at.checkVisibility({ opacityProperty: false });
      return { area, marked, name: `${at.tagName} ${name.trim().slice(0, 40)}`, tabindex: at.tabIndex, visible };
    });
    if (!stop) return found;
    found.push(stop);
  }
  return found;
}

check('tab goes from the skip button through header and inputs to the answers', {}, async ({ page }) => {
  const all = await stops(page);
  const areas = all.map((stop) => stop.area).filter((area, index, list) => area !== list[index - 1]);
  assert.deepEqual(areas, ['skip', 'header', 'inputs', 'answers']);
  assert.ok(all.length > 60, `${all.length} stops`);
  assert.deepEqual(all.filter((stop) => stop.tabindex > 0 || !stop.visible), []);
  assert.deepEqual(all.filter((stop) => !stop.marked).map((stop) => stop.name), [], 'without a visible focus');
});

check('the skip button shows itself and leads to the answers', {}, async ({ page }) => {
  await page.keyboard.press('Tab');
  const skip = button(page, 'Skip to the answers');
  const box = await skip.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0 && box.width > 50, JSON.stringify(box));
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null));
  await addressIs(page, '#v=2');
});

check('arrow keys step a number', {}, async ({ page }) => {
  await field(page, 'Requests').focus();
  await page.keyboard.press('ArrowUp');
  assert.equal(await field(page, 'Requests').inputValue(), '51,000');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await field(page, 'Requests').inputValue(), '49,000');
  await addressIs(page, '#v=2&requests-per-day=49000');
  await field(page, 'HPA minimum').focus();
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('ArrowDown');
  assert.equal(await field(page, 'HPA minimum').inputValue(), '0', 'not below what is allowed');
});

check('a group, a figure and a row open and close by keyboard', {}, async ({ page }) => {
  const more = button(page, 'More about All requests');
  await more.focus();
  await page.keyboard.press('Enter');
  assert.equal(await more.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Space');
  assert.equal(await more.getAttribute('aria-expanded'), 'false');
  const figure = page.getByRole('region', { name: 'Key figures' }).locator('summary').first();
  await figure.focus();
  await page.keyboard.press('Enter');
  assert.equal(await figure.evaluate((head) => head.parentElement.open), true);
});

check('on a phone the inputs are a sheet: Done and Escape close it, focus returns', { width: 360, height: 740 }, async ({ page }) => {
  const open = button(page, 'Inputs');
  const sheet = page.locator('form');
  assert.equal(await sheet.isVisible(), false);
  await open.focus();
  await page.keyboard.press('Enter');
  await sheet.waitFor({ state: 'visible' });
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('form') !== null), 'the next stop is in the sheet');

  await field(page, 'Requests').fill('60000');
  assert.match(await sheet.locator('output').innerText(), /Fits/);
  await page.keyboard.press('Escape');
  assert.equal(await sheet.isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Inputs');

  await page.keyboard.press('Enter');
  await button(page, 'Done').focus();
  await page.keyboard.press('Enter');
  assert.equal(await sheet.isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Inputs');
  assert.match(await page.getByRole('region', { name: 'Scenario in short' }).innerText(), /60 K requests\/day/);
});

check('on a phone every stop of the keyboard is on the page or in the dock', { width: 360, height: 740 }, async ({ page }) => {
  const all = await stops(page);
  const areas = new Set(all.map((stop) => stop.area));
  assert.deepEqual([...areas], ['skip', 'header', 'answers', 'dock']);
  assert.deepEqual(all.filter((stop) => !stop.visible), []);
});

check('what was typed is spoken once typing has stopped', {}, async ({ page }) => {
  await field(page, 'Requests').fill('900000');
  const spoken = page.locator('[aria-live=polite]').filter({ hasText: /today’s peak|does not fit|over/i });
  await spoken.waitFor({ state: 'attached', timeout: 3_000 });
  assert.equal(await spoken.innerText(), await page.locator('#verdict').innerText());
});

check('what takes the focused element away leaves the focus near it', { hash: '#v=2&requests-per-day=3000000' }, async ({ page }) => {
  const at = () => page.evaluate(() => document.activeElement.tagName);
  const isLeft = (selector) => page.waitForFunction((selector) => {
    const { activeElement } = document;
    return activeElement !== document.body && activeElement.closest(selector);
  }, selector);
  // The row with the focus goes.
  const providers = page.getByRole('group', { name: 'Providers', exact: true });
  await providers.locator('.row__name').nth(2).waitFor();
  await providers.getByRole('button', { name: /^Limits and prices of / }).last().click();
  await providers.getByRole('button', { name: 'Remove provider' }).last().focus();
  await page.keyboard.press('Enter');
  await providers.locator('.row__name').nth(2).waitFor({ state: 'detached' });
  await isLeft('fieldset');
  // An applied fix gives Undo the focus, and undoing by keys takes that away.
  const apply = page.locator('[data-finding]').getByRole('button', { name: /^Apply: / }).first();
  await apply.scrollIntoViewIfNeeded();
  await apply.focus();
  await page.keyboard.press('Enter');
  await page.locator('.applied button').waitFor();
  await page.keyboard.press('Control+z');
  await page.locator('.applied').waitFor({ state: 'detached' });
  await isLeft('main');
  assert.notEqual(await at(), 'BODY');
});
