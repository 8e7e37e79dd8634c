// The built page in a real browser, watched.
//
//   const site = await startSite();                 // server and Chromium; close with site.close()
//   const tab = await site.open({ hash: '#…', width: 360, height: 800, colorScheme: 'dark' });
//   tab.page                                        // a Playwright page, ready to be used
//   await tab.visit('#…');                          // loads the page anew
//   tab.assertClean();                              // no error, no refused style or script,
//   await tab.close();                              // no request to another host
//
// `open` takes every option of Playwright's browser.newContext as well, and waits until the
// programs have set `data-complete` on <html>; `ready: false` returns once the document is there.
// `init` is a function that runs in the page before anything else; `hosts` names further hosts
// that the page may ask. All sections are open, unless `folded: true`.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage',
];

export async function startSite(options = {}) {
  const server = await serve(options);
  const browser = await chromium.launch({
    executablePath: process.env.CHROME ?? '/usr/bin/chromium',
    args: flags,
  });
  return {
    browser,
    url: server.url,
    open: (how = {}) => open(browser, server.url, how),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

export async function open(browser, url, how) {
  const {
    hash = '', path = '', width = 1280, height = 900, colorScheme = 'light', ready = true, init,
    hosts = [], folded = false, ...context
  } = how;
  const session = await browser.newContext({
    viewport: { width, height }, deviceScaleFactor: 1, colorScheme, reducedMotion: 'reduce',
    locale: 'en-US', serviceWorkers: 'block', ...context,
  });
  if (!folded) await session.addInitScript(unfold);
  if (init) await session.addInitScript(init);
  session.setDefaultTimeout(20_000);
  session.setDefaultNavigationTimeout(30_000);
  const page = await session.newPage();
  const problems = await watch(session, page, [new URL(url).host, ...hosts]);

  const tab = {
    page,
    problems,
    assertClean: () => assert.deepEqual(problems, [], 'the page reported problems'),
    visit: async (link, wait = true) => {
      // From another document: a new fragment alone would not load anything.
      if (page.url() !== 'about:blank') await page.goto('about:blank');
      await page.goto(url + path + link);
      if (wait) await waitUntilReady(page, problems);
    },
    close: () => session.close(),
  };
  await tab.visit(hash, ready);
  return tab;
}

// What the reader of this browser has opened before.
function unfold() {
  try {
    localStorage['kt-capacity:open'] ??=
      'rest events minute queue charts-more path sure files checklist numbers depth reference';
  } catch {
    // A frame may be refused its storage.
  }
}

// Collects, as lines of text, whatever must not happen.
async function watch(session, page, hosts) {
  const problems = [];
  const note = (kind, text) => problems.push(`${kind}: ${text}`);
  page.on('console', (message) => {
    if (message.type() === 'error') note('console', message.text());
  });
  page.on('pageerror', (error) => note('error', error.message));
  session.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && !hosts.includes(url.host)) note('foreign request', url.href);
  });
  session.on('response', (response) => {
    if (response.status() >= 400) note(`status ${response.status()}`, response.url());
  });
  await session.exposeBinding('reportViolation', (_, text) => note('content policy', text));
  await session.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sourceFile, lineNumber } = event;
      window.reportViolation(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
    });
  });
  return problems;
}

async function waitUntilReady(page, problems) {
  const sign = page.locator('html[data-complete], #failure:not([hidden])').first();
  await sign.waitFor({ state: 'attached', timeout: 15_000 }).catch(() => {
    throw new Error(`the page did not become ready\n${problems.join('\n')}`);
  });
  const failure = page.locator('#failure:not([hidden])');
  if (await failure.count()) throw new Error(`the page failed: ${await failure.innerText()}`);
}

// Every chart on the page is drawn as its numbers are, or `timeout` is over. Returns how many are not.
// What is out of sight is not drawn, so it scrolls to each, and back.
export async function chartsDrawn(page, timeout = 15_000) {
  const behind = () => page.evaluate(() => {
    const missing = document.querySelectorAll('[data-chart]:not([data-drawn], .day__strip, details:not([open]) *)');
    missing[0]?.scrollIntoView();
    return missing.length;
  });
  const end = Date.now() + timeout;
  const top = await page.evaluate(() => window.scrollY);
  const left = () => page.locator('[data-chart]:not([data-drawn], .day__strip, details:not([open]) *)').count();
  // What arrives later (the day, ranges) may bring one more.
  for (;;) {
    while (Date.now() < end && (await behind()) > 0) await page.waitForTimeout(50);
    await page.evaluate((y) => window.scrollTo(0, y), top);
    await page.waitForTimeout(50);
    const missing = await left();
    if (missing === 0 || Date.now() >= end) return missing;
  }
}
