// The numbers one plays with have a slider, which says the same as the field above it.
import assert from 'node:assert/strict';
import { addressIs, button, field, figureText, pageTests, settled } from './parts.mjs';

const check = pageTests();
const slider = (page, label) => page.getByRole('slider', { name: `${label}, coarse`, exact: true });
const told = (input) => input.evaluate((one) => [one.value, one.getAttribute('aria-valuetext')]);

check('field and slider say the same, whichever is changed, and by whatever', {}, async ({ page }) => {
  const [number, slide] = [field(page, 'Peak over mean'), slider(page, 'Peak over mean')];
  assert.deepEqual(await told(slide), ['3', '3 ×']);
  await number.fill('4.5');
  assert.deepEqual(await told(slide), ['4.5', '4.5 ×']);
  await slide.fill('6.2');
  assert.equal(await number.inputValue(), '6.2');
  // 50,000 ÷ 86,400 × 6.2 = 3.588
  assert.match(await figureText(page, 'Peak requests'), /3\.59\s+rps/);
  await addressIs(page, '#v=2&peak-multiplier=6.2');
  await slide.press('ArrowLeft');
  assert.equal(await number.inputValue(), '6.1');
  await button(page, 'Undo').click();
  assert.deepEqual([await number.inputValue(), ...await told(slide)], ['3', '3', '3 ×']);
  await button(page, 'Redo').click();
  await button(page, 'Reset to the guide’s example').click();
  assert.deepEqual([await number.inputValue(), ...await told(slide)], ['3', '3', '3 ×']);
  for (const label of ['Headroom', 'Growth', 'Burstiness']) {
    assert.equal((await told(slider(page, label)))[0], await field(page, label).inputValue(), label);
  }
});

check('a value beyond the slider leaves it at its end and stays as it is', { hash: '#peak-multiplier=50&headroom=1.234' }, async ({ page }) => {
  assert.deepEqual(await told(slider(page, 'Peak over mean')), ['10', '50 ×, beyond the slider']);
  assert.equal(await field(page, 'Peak over mean').inputValue(), '50');
  // Between two of its steps it stands at the nearest one.
  assert.deepEqual(await told(slider(page, 'Headroom')), ['1.25', '1.234 ×']);
  assert.equal(await field(page, 'Headroom').inputValue(), '1.234');
  await settled(page);
  await addressIs(page, '#peak-multiplier=50&headroom=1.234');
});

check('a slider mends a text that cannot be used', {}, async ({ page }) => {
  const number = field(page, 'Growth');
  await number.fill('abc');
  assert.equal(await number.getAttribute('aria-invalid'), 'true');
  assert.deepEqual(await told(slider(page, 'Growth')), ['0', '0 % / month']);
  const described = await slider(page, 'Growth').evaluate((one) => one.getAttribute('aria-describedby')
    .split(' ').map((id) => document.getElementById(id).textContent).join(' '));
  assert.match(described, /Enter 0 to 1,000 %/);
  await slider(page, 'Growth').fill('12');
  assert.equal(await number.inputValue(), '12');
  assert.equal(await number.getAttribute('aria-invalid'), null);
});

check('a drag is one step to undo', {}, async ({ page }) => {
  const slide = slider(page, 'Burstiness');
  await slide.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await slide.boundingBox();
  assert.ok(24 <= height, `${height} px to touch`);
  await page.mouse.move(x + width * 0.12, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.3, y + height / 2, { steps: 4 });
  await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 8 });
  await page.mouse.up();
  const dragged = Number(await field(page, 'Burstiness').inputValue());
  assert.ok(5 < dragged && dragged < 9, `${dragged}`);
  await page.keyboard.press('Control+z');
  assert.equal(await field(page, 'Burstiness').inputValue(), '1');
  assert.equal((await told(slide))[0], '1');
  assert.equal(await button(page, 'Undo').isDisabled(), true);
});

for (const width of [360, 1280]) {
  check(`sliders are as wide as their fields, ${width} px`, { width }, async ({ page }) => {
    if (width < 700) await button(page, 'Inputs').click();
    for (const label of ['Peak over mean', 'Headroom', 'Growth', 'Burstiness']) {
      const slide = await slider(page, label).boundingBox();
      const box = await field(page, label).locator('..').boundingBox();
      assert.deepEqual([slide.x, slide.width], [box.x, box.width], label);
      assert.ok(slide.y >= box.y + box.height - 1, `${label} lies over its field`);
    }
  });
}

const own = { ready: false, reducedMotion: 'reduce' };
check('a drag before the program is there moves the field, and both are handed over', own, async ({ page, visit }) => {
  let release;
  const free = new Promise((resolve) => { release = resolve; });
  await page.route('**/app_bg.wasm', async (route) => { await free; await route.continue(); });
  await visit('', false);
  await slider(page, 'Headroom').fill('2.05');
  assert.equal(await field(page, 'Headroom').inputValue(), '2.05');
  await field(page, 'Peak over mean').fill('4.44');
  assert.equal((await told(slider(page, 'Peak over mean')))[0], '4.4');
  await slider(page, 'Growth').focus();
  release();
  await page.locator('html[data-complete]').waitFor();
  assert.equal(await field(page, 'Headroom').inputValue(), '2.05');
  assert.deepEqual(await told(slider(page, 'Headroom')), ['2.05', '2.05 ×']);
  // The slider has no step at it; the number counts.
  assert.equal(await field(page, 'Peak over mean').inputValue(), '4.44');
  assert.match(await page.evaluate(() => document.activeElement.ariaLabel), /^Growth, coarse$/);
  await addressIs(page, '#v=2&peak-multiplier=4.44&headroom=2.05');
});
