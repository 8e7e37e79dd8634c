// What must work in every engine works in Firefox and in WebKit as it does in Chromium.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from './engines.mjs';
import { serve } from './server.mjs';

let site;
before(async () => { site = await serve(); });
after(() => site.close());

const complete = () => 'complete' in document.documentElement.dataset;
const figure = (id) => document.querySelector(`[data-figure="${id}"] .figure__value`)?.innerText.replace(/\s+/g, ' ');
const figureIs = (id, text) => document.querySelector(`[data-figure="${id}"] .figure__value`)
  ?.innerText.replace(/\s+/g, ' ') === text;
const overflow = () => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const panels = [...document.querySelectorAll('.panel, .answers')];
  return [wide, ...panels.map((panel) => panel.scrollWidth - panel.clientWidth)].filter((by) => 1 < by);
};

for (const engine of engines) {
  describe(engine.name, { skip: engine.missing ? `not here: ${engine.missing}` : false }, () => {
    let browser;
    before(async () => { browser = await engine.start(); });
    after(() => browser?.close());
    const attempt = async (hash, how, act) => {
      const tab = await browser.open(site.url + hash, { width: 1280, height: 900, ...how });
      await tab.until(complete);
      await act(tab);
      assert.deepEqual(await tab.problems(), []);
    };
    const check = (name, hash, how, act) => test(name, async (context) => {
      try {
        await attempt(hash, how, act);
      } catch (error) {
        // WebKitGTK 2.50 sometimes dies in its own JavaScript engine; that is tried once more.
        if (!/page crash/.test(error.message)) throw error;
        context.diagnostic(`${engine.name} crashed: ${error.message}`);
        await browser.close();
        browser = await engine.start();
        await attempt(hash, how, act);
      }
    });

    check('a link is read, a typed number answered and written', '#v=2&requests-per-day=100000', {}, async (tab) => {
      // 100,000 ÷ 86,400 × 3 × 2,300 tokens × 60 s = 479,167 a minute, and half of it.
      assert.equal(await tab.run(figure, 'peak-tokens'), '479 K/min');
      await tab.type('[data-key="requests"]', '50000');
      await tab.until(figureIs, 'peak-tokens', '240 K/min');
      await tab.until(() => location.hash === '#v=2');
      await tab.type('[data-key="headroom"]', '0.5x');
      await tab.until(() => document.querySelector('#s-headroom')?.getAttribute('aria-invalid') === 'true');
    });

    check('charts are drawn', '', {}, async (tab) => {
      await tab.until(() => {
        const missing = document.querySelector('[data-chart]:not([data-drawn], .day__strip, details:not([open]) *)');
        missing?.scrollIntoView();
        return !missing;
      });
      assert.ok(2 < await tab.run(() => document.querySelectorAll('[data-drawn] svg, [data-drawn] canvas').length));
    });

    check('the day is simulated in a worker', '', {}, async (tab) => {
      const told = () => {
        document.querySelector('#day')?.scrollIntoView();
        return document.querySelector('.day__sentence')?.innerText ?? '';
      };
      await tab.until(() => {
        document.querySelector('#day')?.scrollIntoView();
        return /pod-hours/.test(document.querySelector('.day__sentence')?.innerText ?? '');
      });
      // The same bits in every engine: the command tells the same day.
      assert.match((await tab.run(told)).replaceAll(/\s/g, ' '), /All 49,846 requests are answered/);
    });

    check('ranges give chances', '#v=2&requests-per-day=40k..60k&growth=5..15', {}, async (tab) => {
      const sure = await tab.until(() => document.querySelector('#verdict-sure')?.innerText);
      assert.match(sure.replaceAll(/\s/g, ' '), /^The peak fits today with a probability of over 99 %/);
    });

    check('a fix is applied and undone', '#v=2&requests-per-day=5000000', {}, async (tab) => {
      const hash = await tab.run(() => location.hash);
      await tab.until(() => {
        document.querySelector('#findings')?.scrollIntoView();
        return document.querySelector('.finding__fixes button') !== null;
      });
      await tab.run(() => document.querySelector('.finding__fixes button').click());
      await tab.until((before) => location.hash !== before, hash);
      await tab.until(() => document.activeElement?.textContent.trim() === 'Undo');
    });

    for (const [width, height] of [[1280, 900], [360, 800]]) {
      check(`nothing is wider than ${width} px`, '#v=2&requests-per-day=500000', { width, height }, async (tab) => {
        // A window may have a least width of its own.
        const inner = await tab.run(() => window.innerWidth);
        assert.ok(inner <= Math.max(width, 480), `${inner} px`);
        assert.deepEqual(await tab.run(overflow), []);
      });
    }
  });
}
