// The page fits its window, does not jump, prints clean and follows the theme.
import assert from 'node:assert/strict';
import { chartsDrawn } from './browser.mjs';
import { button, pageTests } from './parts.mjs';

const check = pageTests();
const long = 'x'.repeat(120);
const wide = `#v=1&name=${long}&w=${long},960000/day,900,350,from:chat&w=${long}2,1/day,1,1`
  + `&p=openai,gpt-4o,Build,60,name:${long}&p=custom,${long},Own+limits,40,name:${long}2&gpu${long}=8`;

check('no sideways scroll at any width, with long names and everything open', { hash: wide }, async ({ page }) => {
  await page.evaluate(() => {
    document.querySelectorAll('button[aria-expanded=false]').forEach((button) => button.click());
    document.querySelectorAll('details').forEach((details) => { details.open = true; });
  });
  await page.locator('details.data table').first().waitFor();
  const wider = {};
  for (const width of [320, 360, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(100);
    const guilty = await page.evaluate(() => {
      if (document.documentElement.scrollWidth <= window.innerWidth) return null;
      const out = [...document.querySelectorAll('#app *')].filter((each) => (
        each.getBoundingClientRect().right > window.innerWidth + 1 && !each.closest('.scroll, svg, .code')
      ));
      const path = (each) => `${each.closest('section, header, form')?.className} ${each.tagName} ${each.className}`;
      return [...new Set(out.map(path))].slice(0, 12);
    });
    if (guilty) wider[width] = guilty;
  }
  assert.deepEqual(wider, {});
});

check('the sheet with the inputs does not scroll sideways', { hash: wide, width: 360, height: 740 }, async ({ page }) => {
  await button(page, 'Inputs').click();
  const sheet = await page.locator('form').evaluate((form) => [form.scrollWidth, form.clientWidth]);
  assert.ok(sheet[0] <= sheet[1], `${sheet}`);
});

for (const width of [1280, 360]) {
  check(`nothing jumps while the page starts, ${width} px`, { width, locale: 'en-GB' }, async ({ page, context }) => {
    assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
    await page.waitForTimeout(300);
    const shift = await page.evaluate(() => new Promise((done) => {
      new PerformanceObserver((list) => {
        done(list.getEntries().filter((each) => !each.hadRecentInput).reduce((sum, each) => sum + each.value, 0));
      }).observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => done(0), 300);
    }));
    context.diagnostic(`layout shift ${shift.toFixed(4)} at ${width} px`);
    assert.ok(shift < 0.1, `layout shift ${shift}`);
  });
}

check('print shows answers and no controls', {}, async ({ page }) => {
  assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
  await page.emulateMedia({ media: 'print' });
  // The name is read as a title; boxes to tick are of use on paper.
  const controls = await page.evaluate(() => [
    ...document.querySelectorAll('button, select, textarea, [role=tab], input:not([type=checkbox], .scenario__name)'),
  ].filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.getBoundingClientRect().width > 1)
    .map((each) => `${each.tagName} ${each.getAttribute('aria-label') ?? each.textContent.trim()}`));
  assert.deepEqual(controls, []);
  assert.equal(await page.getByRole('region', { name: 'Key figures' }).isVisible(), true);
  assert.ok((await page.locator('body').innerText()).includes(page.url()), 'the link is printed');
});

check('a chart is drawn where it is seen, follows a number once it is seen again, and paper has them all', { width: 360, height: 740 }, async ({ page }) => {
  const drawn = () => page.locator('[data-drawn]').evaluateAll((all) => all.map((one) => one.dataset.chart));
  const last = page.locator('[data-chart]:not(.day__strip)').last();
  const id = await last.getAttribute('data-chart');
  assert.ok(!(await drawn()).includes(id), 'far down the page');
  await page.evaluate(() => {
    window.addEventListener('beforeprint', () => {
      window.__empty = [...document.querySelectorAll('.chart__canvas')].filter((one) => !one.querySelector('svg text')).length;
    });
  });
  await page.pdf();
  assert.equal(await page.evaluate(() => window.__empty), 0, 'drawings on paper');

  await last.scrollIntoViewIfNeeded();
  await page.locator(`[data-chart=${id}][data-drawn]`).waitFor();
  // Behind the inputs it waits until they are closed.
  await button(page, 'Inputs').click();
  await page.getByLabel('Requests', { exact: true }).fill('100000');
  await page.waitForFunction((name) => !document.querySelector(`[data-chart=${name}]`).matches('[data-drawn]'), id);
  await page.waitForTimeout(300);
  assert.equal(await page.locator(`[data-chart=${id}][data-drawn]`).count(), 0, 'drawn behind the sheet');
  await page.keyboard.press('Escape');
  await page.locator(`[data-chart=${id}][data-drawn]`).waitFor();
});

check('inputs that were opened over the page hold no chart back once there is room beside it', { width: 768, height: 900 }, async ({ page }) => {
  await button(page, 'Inputs').click();
  await page.setViewportSize({ width: 1100, height: 900 });
  await page.getByLabel('Requests', { exact: true }).fill('100000');
  await page.waitForFunction(() => /peak 479 K/.test(document.querySelector('#chart-tokens svg')?.textContent));
});

check('from the dark theme too, paper is white and its charts have dark words', { colorScheme: 'dark' }, async ({ page }) => {
  assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
  await page.evaluate(() => {
    const shade = (color) => color.match(/[\d.]+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0) / 765;
    window.__lightWords = (charts = '[data-chart]') => [...document.querySelectorAll(`${charts} svg text`)]
      .filter((text) => text.textContent.trim() && 0.6 < shade(getComputedStyle(text).fill))
      .map((text) => text.textContent);
    window.addEventListener('beforeprint', () => { window.__printed = window.__lightWords(); });
  });
  // The strips of the day are drawn when the day was lived.
  const light = () => page.evaluate(() => window.__lightWords('[data-chart]:not(.day__strip)'));
  const before = await light();
  assert.ok(before.length > 10, 'on a dark screen words are light');
  await page.pdf();
  assert.deepEqual(await page.evaluate(() => window.__printed), [], 'words too light for paper');
  assert.equal(await chartsDrawn(page), 0, 'charts not drawn again');
  assert.equal((await light()).length, before.length);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), undefined);
});

const look = (page) => page.evaluate(() => {
  const rgb = getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/g).slice(0, 3);
  const drawing = document.querySelector('[data-drawn] svg');
  return { light: rgb.reduce((sum, each) => sum + Number(each), 0) > 380, drawing: drawing?.outerHTML };
});

check('the theme follows the system, the button overrides it, reload keeps it', { colorScheme: 'dark' }, async ({ page }) => {
  const whenDrawn = async () => {
    assert.equal(await chartsDrawn(page), 0, 'charts not drawn');
    return look(page);
  };
  const dark = await whenDrawn();
  assert.equal(dark.light, false);

  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForTimeout(200);
  const light = await whenDrawn();
  assert.equal(light.light, true);
  assert.notEqual(light.drawing, dark.drawing, 'charts take the colors of the theme');

  await button(page, 'Switch between light and dark').click();
  await page.waitForTimeout(200);
  const chosen = await whenDrawn();
  assert.equal(chosen.light, false);
  assert.notEqual(chosen.drawing, light.drawing, 'charts follow the button');

  await page.reload();
  await page.locator('html[data-complete]').waitFor();
  assert.equal((await whenDrawn()).light, false);
  await button(page, 'Switch between light and dark').click();
  assert.equal((await look(page)).light, true);
});

check('a narrow chart has short words from the start', { hash: '#v=1', width: 360, height: 740 }, async ({ page }) => {
  const words = page.locator('#chart-tokens svg text').filter({ hasText: 'OpenAI tokens full' });
  await page.locator('#chart-tokens').scrollIntoViewIfNeeded();
  await words.first().waitFor();
  assert.equal(await words.first().textContent(), 'OpenAI tokens full');
});

check('on a phone the scenario’s name has room beside the readings', { width: 360, height: 740 }, async ({ page }) => {
  const name = page.getByLabel('Scenario name', { exact: true });
  const width = async () => (await name.boundingBox()).width;
  assert.ok(await width() >= 110, `${await width()} px at the start`);
  // What can be undone has its button, and the name still more than half a word.
  await name.fill('Black Friday');
  await button(page, 'Undo').waitFor();
  assert.ok(await width() >= 80, `${await width()} px with an edit to undo`);
  await button(page, 'Undo').click();
  await button(page, 'Redo').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
});

for (const [name, hash] of [['Brief', '#v=2&view=brief'], ['Full', ''], ['Compare', '#v=2&view=compare']]) {
  check(`on a phone the chosen reading is in sight: ${name}`, { hash, width: 360, height: 740 }, async ({ page }) => {
    const readings = page.getByRole('navigation', { name: 'Reading' });
    assert.deepEqual(await readings.getByRole('link').allInnerTexts(), ['Brief', 'Full', 'Compare']);
    const chosen = readings.locator('[aria-current=page]');
    assert.equal(await chosen.innerText(), name);
    const inSight = async () => {
      const { x, y, width, height } = await chosen.boundingBox();
      return 0 <= x && x + width <= 360 && 0 <= y && 24 <= height;
    };
    assert.ok(await inSight(), 'at the top');
    await page.evaluate(() => window.scrollTo(0, 1_000));
    assert.ok(await inSight(), 'further down');
  });
}

check('the other numbers stand in rows: a label of two lines moves its neighbors too', { width: 1280 }, async ({ page }) => {
  const values = page.locator('.figures--more .figure__value');
  await values.first().scrollIntoViewIfNeeded();
  const rows = await values.evaluateAll((all) => Object.values(Object.groupBy(
    all.map((value) => [value.closest('summary'), value].map((each) => each.getBoundingClientRect().top)),
    ([top]) => Math.round(top),
  )).map((row) => row.map(([, top]) => Math.round(top))));
  assert.ok(1 < rows.length, 'more than one row');
  for (const row of rows) assert.equal(new Set(row).size, 1, `values at ${row}`);
});

check('what scrolls sideways on a phone has a shade where more is, and none at its end', { width: 360, height: 740 }, async ({ page }) => {
  const row = page.locator('.tabs__row').first();
  await row.scrollIntoViewIfNeeded();
  assert.ok(await row.evaluate((one) => one.scrollWidth > one.clientWidth), 'the names of files do not fit');
  // The strip at the right edge, as it is painted: its darkest shade.
  const darkest = async () => {
    const { x, y, width, height } = await row.boundingBox();
    const clip = { x: x + width - 3, y, width: 3, height: Math.min(3, height) };
    const png = (await page.screenshot({ clip })).toString('base64');
    return page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas.drawImage(image, 0, 0);
      return Math.min(...canvas.getImageData(0, 0, image.width, image.height).data);
    }, png);
  };
  assert.ok(await darkest() < 235, 'a shade');
  await row.evaluate((one) => { one.scrollLeft = one.scrollWidth; });
  await page.waitForTimeout(100);
  assert.ok(await darkest() > 250, 'no shade at the end');
});

check('the words of a chart stand clear of its lines', { width: 360, height: 740 }, async ({ page }) => {
  await page.locator('#chart-capacity').scrollIntoViewIfNeeded();
  const chart = page.locator('#chart-capacity svg');
  await chart.waitFor();
  const [words, dot] = await chart.evaluate((svg) => {
    const box = (one) => one.getBoundingClientRect();
    const words = [...svg.querySelectorAll('text')].find((text) => text.textContent.startsWith('planned'));
    const ink = words.getAttribute('fill') ?? words.style.fill;
    const dot = [...svg.querySelectorAll('path')].find((path) => path.getAttribute('fill') === ink && box(path).width < 10);
    return [box(words), box(dot)].map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
  });
  const isBeside = dot.right <= words.left || words.right <= dot.left;
  assert.ok(isBeside || dot.bottom <= words.top || words.bottom <= dot.top, JSON.stringify({ words, dot }));
});

check('no word of a drawing is cut off', { hash: '#requests-per-day=900000' }, async ({ page }) => {
  const drawings = page.locator('main svg.chart__svg').filter({ visible: true });
  await drawings.first().waitFor();
  const cut = await drawings.evaluateAll((all) => all.flatMap((svg) => {
    const outer = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')]
      .filter((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return left < outer.left - 1 || right > outer.right + 1 || top < outer.top - 1 || bottom > outer.bottom + 1;
      })
      .map((text) => text.textContent);
  }));
  assert.deepEqual(cut, []);
  assert.ok((await drawings.allTextContents()).join().includes('of the server’s 97 connections'));
});

check('a unit stands whole beside its number, or not at all', { hash: '#v=2&requests-per-day=3000000&w=Chat,3000000000/day,900000,350000&w=RAG,1/day,1,1' }, async ({ page }) => {
  await page.evaluate(() => {
    document.querySelectorAll('#inputs button[aria-expanded=false]').forEach((button) => button.click());
    document.querySelectorAll('#inputs details').forEach((details) => { details.open = true; });
  });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    if (width === 360) await button(page, 'Inputs').click();
    const found = await page.locator('#inputs .field__unit:visible').evaluateAll((units) => units.map((unit) => {
      const [own, box] = [unit, unit.closest('.field__box')].map((each) => each.getBoundingClientRect());
      const isWhole = own.right <= box.right && own.bottom <= box.bottom;
      const isAway = box.bottom <= own.top + 1;
      return isWhole || isAway ? null : `${unit.textContent} ${own.right} ${box.right}`;
    }));
    assert.ok(found.length > 20, `${found.length} units`);
    assert.deepEqual(found.filter(Boolean), [], `${width} px`);
  }
});
