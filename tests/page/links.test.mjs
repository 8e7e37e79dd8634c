// A scenario is its link; a broken link still opens a working page.
import assert from 'node:assert/strict';
import { addressIs, button, eventually, everything, field, figureText, hash, noNonsense, pageTests, row } from './parts.mjs';

const check = pageTests();
const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const names = [`Q1 "fast" & 'loose' <script>window.__pwned=1</script>`, 'a,b:c/d&e=f#g 🚀', 'Größe 50 % +'];
const name = (index) => encodeURIComponent(names[index]);
const hours = Array.from({ length: 24 }, (_, hour) => hour + 0.5).join(',');
const rich = `#v=1&name=${name(0)}&w=${name(1)},960000/day,900,350,from:chat&w=RAG,25.5/min,4500,500,cached:20,max:700`
  + `&p=openai,gpt-4o,Build,60,tpm:123456,rpm:none,name:${name(2)}&p=groq,,,40&shape=${hours}&growth=15`;

check('the default scenario has a link of its own', {}, async ({ page }) => {
  await addressIs(page, '#v=2');
});

check('reload and a second tab with the copied link show the same scenario', { hash: rich, ...clipboard }, async ({ page, site }) => {
  assert.equal(await field(page, 'Scenario name').inputValue(), names[0]);
  assert.equal(await row(page, names[1]).count(), 1);
  const openai = row(page, names[2]);
  assert.match(await openai.innerText(), /123 K TPM/);
  assert.match(await openai.innerText(), /your limits/);
  const shown = await everything(page);

  await page.reload();
  await page.locator('html[data-complete]').waitFor();
  await eventually(() => everything(page), shown);

  await button(page, 'Copy link').click();
  await page.getByText('Link copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const second = await site.open({ hash: new URL(link).hash });
  // Opened in another spelling, the address keeps it until something is edited.
  assert.equal(new URL(link).pathname, new URL(page.url()).pathname);
  assert.deepEqual(await everything(second.page), shown);
  second.assertClean();
  await second.close();
});

check('what was typed is in the link: workloads, own limits, a custom day, any name', {}, async ({ page, site }) => {
  await field(page, 'Scenario name').fill(names[0]);
  await page.getByLabel('Name of the workload All requests').fill(names[1]);
  await button(page, '+ Summarization').click();
  await page.getByLabel('Name of the provider OpenAI', { exact: true }).fill(names[2]);
  await button(page, `Limits and prices of ${names[2]}`).click();
  await row(page, names[2]).getByLabel('TPM', { exact: true }).fill('123456');
  await button(page, `Limits and prices of ${names[2]}`).click();
  await page.getByLabel('Custom', { exact: true }).check();
  await page.getByLabel(/24 hours/).fill(hours);
  await page.getByLabel(/24 hours/).blur();
  await addressIs(page, /shape=0\.5,1\.5,/);
  const shown = await everything(page);
  const second = await site.open({ hash: hash(page) });
  assert.deepEqual(await everything(second.page), shown);
  await second.close();
});

check('another link pasted into the tab replaces the scenario, and can be undone', {}, async ({ page }) => {
  const before = await everything(page);
  await page.evaluate((link) => { window.location.hash = link; }, rich);
  await row(page, names[1]).waitFor();
  assert.match(await figureText(page, 'Peak requests'), /34\.6\s+rps/); // (960,000 + 25.5 × 1,440) / 86,400 × 3
  await button(page, 'Undo').click();
  await addressIs(page, '#v=2');
  assert.deepEqual(await everything(page), before);
});

check('back without an address, the saved draft is there', {}, async ({ page, visit }) => {
  await field(page, 'Requests').fill('70000');
  await field(page, 'Requests').blur();
  await addressIs(page, '#v=2&requests-per-day=70000');
  const shown = await everything(page);
  await visit('');
  assert.equal(await field(page, 'Requests').inputValue(), '70,000');
  await eventually(() => everything(page), shown);
});

check('what was typed a moment before leaving is saved', {}, async ({ page, visit }) => {
  await field(page, 'Requests').fill('80000');
  await visit('');
  assert.equal(await field(page, 'Requests').inputValue(), '80,000');
});

// Sets a value and loads the page anew in one go, as a quick hand does.
const typeAndReload = async (page, value) => {
  const again = page.waitForEvent('load');
  await page.evaluate((text) => {
    const input = document.querySelector('#w1-requests');
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    window.location.reload();
  }, value);
  await again;
  await page.locator('html[data-complete]').waitFor();
};
check('a key pressed a moment before the page is loaded again is not lost', { hash: '#v=1&requests-per-day=100000' }, async ({ page, visit }) => {
  await typeAndReload(page, '110000');
  await addressIs(page, '#v=1&requests-per-day=110000');
  assert.equal(await field(page, 'Requests').inputValue(), '110,000');
  await typeAndReload(page, '120000');
  assert.equal(await field(page, 'Requests').inputValue(), '120,000');
  // Another link is another scenario, also in the same tab.
  await page.evaluate(() => {
    const input = document.querySelector('#w1-requests');
    input.value = '130000';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await visit('#v=1&requests-per-day=90000');
  assert.equal(await field(page, 'Requests').inputValue(), '90,000');
  await page.reload();
  await page.locator('html[data-complete]').waitFor();
  assert.equal(await field(page, 'Requests').inputValue(), '90,000');
});

check('a page that is hidden writes its address at once', { hash: '#v=1&growth=5' }, async ({ page }) => {
  const written = await page.evaluate(() => {
    const input = document.querySelector('#w1-requests');
    input.value = '110000';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    const { hash } = window.location;
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    return [hash, sessionStorage.length];
  });
  assert.deepEqual(written, ['#v=1&requests-per-day=110000&growth=5', 0]);
});

const asked = { ready: false, path: '?utm_source=mail&requests-per-day=100000&growth=7' };
check('a scenario after the question mark is understood and moves to its place', asked, async ({ page }) => {
  await page.locator('html[data-complete]').waitFor();
  assert.match(await figureText(page, 'Peak requests'), /3\.47\s+rps/);
  assert.equal(await page.locator('#app [role=alert]').count(), 0);
  assert.equal(new URL(page.url()).search, '?utm_source=mail');
  assert.equal(hash(page), '#requests-per-day=100000&growth=7');
});
check('of two scenarios in an address the one after # counts, and that is told', { ready: false, path: '?growth=7', hash: '#growth=5' }, async ({ page }) => {
  await page.locator('html[data-complete]').waitFor();
  assert.equal(await field(page, 'Growth').inputValue(), '5');
  assert.match(await page.getByRole('alert').innerText(), /after the \? was left out/);
  assert.equal(new URL(page.url()).search, '');
});

const damaged = () => localStorage.setItem('kt-capacity:draft', 'v=1&growth=-5');
check('a damaged draft is not called a link', { init: damaged }, async ({ page }) => {
  assert.match(await page.getByRole('alert').innerText(), /^Part of what this browser had kept could not be used/);
  await page.evaluate(() => { window.location.hash = 'v=1&growth=-7'; });
  await page.getByText('Part of the link could not be used').waitFor();
});

const blocked = () => ['localStorage', 'sessionStorage'].forEach((name) => Object.defineProperty(window, name, {
  get() { throw new DOMException('The operation is insecure.', 'SecurityError'); },
}));
check('with storage blocked the page works', { init: blocked }, async ({ page }) => {
  await field(page, 'Requests').fill('60000');
  await addressIs(page, '#v=2&requests-per-day=60000');
  await button(page, 'Switch between light and dark').click();
  await page.locator('summary:has(> #checklist)').click();
  await page.getByRole('checkbox').first().check();
  await field(page, 'Requests').fill('50000');
  await addressIs(page, '#v=2');
  await typeAndReload(page, '70000');
  assert.equal(await field(page, 'Requests').inputValue(), '50,000', 'the last that was written');
});

const full = () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; };
check('with storage full the page works', { init: full }, async ({ page }) => {
  await field(page, 'Requests').fill('60000');
  await addressIs(page, '#v=2&requests-per-day=60000');
  await button(page, 'Switch between light and dark').click();
  await page.getByRole('checkbox').first().check();
});

// (what it is, link, whether there is something to say)
const image = encodeURIComponent('<img src=x onerror="window.__pwned=1">');
const script = encodeURIComponent('<script>window.__pwned=1</script>');
const hostile = [
  ['junk', '#%%%&&&===&~~', true],
  ['words without a meaning', '#hello world', true],
  ['a link cut off', rich.slice(0, rich.indexOf('&growth') - 60), true],
  ['a link cut in a letter', '#v=1&name=%F0%9F%9A', false],
  ['a script for a name', `#v=1&name=${script}&w=${script},1/day,1,1&p=openai,gpt-4o,Build,1,name:${script}`, false],
  ['an image for a name', `#v=1&name=${image}&w=${image},1/day,1,1&p=openai,${image},${image},1,name:${image}`, true],
  ['an image for a key', `#v=1&${image}=1&growth=${image}`, true],
  ['not a number', '#v=1&requests-per-day=NaN', true],
  ['an endless number', '#v=1&requests-per-day=1e999&w=x,inf/day,1,1', true],
  ['a negative number', '#v=1&avg-input-tokens=-1&p=openai,gpt-4o,Build,-3', true],
  ['unknown keys', '#v=1&gpu=8&__proto__=1', true],
  ['a newer version', '#v=99&growth=5', true],
  ['no version there is', '#v=0&growth=5', true],
  ['a key twice', '#v=1&growth=5&growth=7', true],
  ['a tier nobody has', '#v=1&p=openai,gpt-4o,Biuld,60', true],
  ['a model nobody has', '#v=1&provider=openai&model=gpt-4oo', true],
  ['a row of nothing', '#w=,,,,', true],
  ['a link out of HTML', '#v=1&amp;growth=5&amp;view=full', false],
  ['no weight at all', '#v=1&p=openai,gpt-4o,Build,0', false],
];
check('hostile and broken links get a notice, a working page, and run nothing', {}, async ({ page, visit, problems }) => {
  for (const [what, link, notice] of hostile) {
    await visit(link);
    assert.equal(await page.locator('#app [role=alert]').count(), notice ? 1 : 0, `${what}: notices`);
    assert.equal(await page.evaluate(() => window.__pwned), undefined, what);
    assert.equal(await page.locator('#app').locator('img, script, iframe').count(), 0, what);
    await noNonsense(page).catch((error) => { throw new Error(what, { cause: error }); });
    await button(page, 'Reset to the guide’s example').click();
    assert.match(await figureText(page, 'Peak requests'), /1\.74\s+rps/, what);
    assert.equal(await page.locator('#app [role=alert]').count(), 0, `${what}: the notice goes with the link`);
    assert.deepEqual(problems, [], what);
  }
});

check('a notice names what could not be used, and can be dismissed', { hash: '#v=1&gpu=8&growth=-5&retention-days=30' }, async ({ page }) => {
  const notice = page.getByRole('alert');
  assert.match(await notice.innerText(), /“gpu” is not known/);
  assert.match(await notice.innerText(), /growth: “-5” cannot be used. Enter 0 to 1,000 %/);
  assert.match(await figureText(page, 'Stored events'), /\s3\s+GB/, 'the rest is read');
  await button(page, 'Dismiss').click();
  assert.equal(await notice.count(), 0);
});

// Counted from the document on: the browser itself takes a second to pass such an address around.
const clocked = () => new MutationObserver(() => {
  if (document.documentElement?.hasAttribute('data-ready')) window.__ready ??= performance.now();
}).observe(document, { attributes: true, subtree: true });
check('a link of a megabyte is read in the time of a few short ones', { init: clocked }, async ({ page, visit, context }) => {
  const read = async (link) => {
    await visit(link);
    return page.evaluate(() => (
      window.__ready - performance.getEntriesByType('navigation')[0].domInteractive
    ));
  };
  const short = await read('#v=1&growth=7');
  const long = await read(`#v=1&growth=8&name=${'x'.repeat(1_000_000)}`);
  context.diagnostic(`${Math.round(short)} ms, with a megabyte ${Math.round(long)} ms`);
  assert.ok(long < 10 * short, `${long} ms for ${short} ms`);
  assert.match(await page.getByRole('alert').innerText(), /Too long/);
  assert.equal(await field(page, 'Growth').inputValue(), '8');
});

check('a link of an earlier version is told once which answers changed', { hash: '#v=1&requests-per-day=60000' }, async ({ page, visit }) => {
  const told = page.getByRole('status').filter({ hasText: 'from an earlier release' });
  await told.waitFor();
  await told.getByRole('button', { name: 'Got it' }).click();
  assert.equal(await told.count(), 0);
  await visit('#v=2&requests-per-day=60000');
  assert.equal(await told.count(), 0, 'a link of this version');
  await page.reload();
  await visit('#v=1&requests-per-day=70000');
  await page.locator('#verdict').waitFor();
  assert.equal(await told.count(), 0, 'once is enough');
});

check('further metrics of the autoscaler are read, or told their form', { hash: '#v=2' }, async ({ page }) => {
  const metrics = page.locator('#s-hpa-metrics');
  await metrics.waitFor({ state: 'attached' });
  await metrics.evaluate((field) => {
    for (let around = field; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true;
  });
  await metrics.fill('pods/rps');
  await metrics.blur();
  await page.locator('#s-hpa-metrics-error').getByText('Enter metrics as').waitFor();
  assert.equal(await metrics.inputValue(), 'pods/rps', 'what was typed stays');
  await metrics.fill('pods/rps/100/1, external/queue/30');
  await metrics.blur();
  await page.waitForFunction(() => location.hash.includes('hpa-metrics=pods/rps/100/1,external/queue/30'));
  assert.equal(await metrics.getAttribute('aria-invalid'), null);
});
