// The built page in other engines than Chromium: Firefox by WebDriver BiDi, WebKitGTK by its own
// driver under a screen of its own (Xvfb).
//
//   const engine = engines.find(({ name }) => name === 'Firefox');
//   engine.missing                        // what is not installed here; none if it can be tried
//   const browser = await engine.start();
//   const tab = await browser.open(url, { width: 360, height: 800 });
//   await tab.run((key) => document.documentElement.dataset[key], 'complete');
//   await tab.until(() => document.querySelector('h1')?.innerText === '…');
//   await tab.type('#s-headroom', '2');   // in place of what stands there
//   await tab.press('#button');
//   tab.problems                          // errors and refused content, as lines of text
//   await browser.close();
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';

const WAIT = 20_000;
const found = (...names) => {
  const folders = process.env.PATH.split(delimiter);
  const all = names.flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => join(folder, name))));
  return all.find((path) => existsSync(path));
};
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// Notes what must not happen. In Firefox it runs in the page before anything of it; in WebKit as
// soon as the document is there, and what was not loaded until then is read from the browser.
const watch = () => {
  window.problems = [];
  const note = (kind, text) => window.problems.push(`${kind}: ${text}`);
  // What cannot be loaded does not bubble.
  window.addEventListener('error', ({ message, target }) => note('error', message ?? target.src ?? target.href), true);
  window.addEventListener('unhandledrejection', ({ reason }) => note('rejected', reason));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    note('content policy', `${violatedDirective} ${blockedURI}`);
  });
};

// What both have in common, over `run`, which evaluates a function in the page; what it gives back
// is plain data, never an element.
const tabOf = (run, { type, press }) => ({
  run,
  type,
  press,
  until: async (is, ...args) => {
    const end = Date.now() + WAIT;
    for (;;) {
      const now = await run(is, ...args);
      if (now) return now;
      if (end < Date.now()) throw new Error(`never: ${is} of ${JSON.stringify(args)}`);
      await pause(50);
    }
  },
  problems: () => run(() => {
    const failed = performance.getEntriesByType('resource').filter(({ responseStatus }) => 400 <= responseStatus);
    return [...(window.problems ?? ['not watched']), ...failed.map(({ name }) => `not loaded: ${name}`)];
  }),
});

// ---- Firefox ------------------------------------------------------------------------------------

const firefox = found(
  process.env.FIREFOX ?? 'firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox',
);

async function startFirefox() {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox, headless: true });
  const open = async (url, { width, height, dark = false }) => {
    const page = await browser.newPage();
    await page.setViewport({ width, height });
    const scheme = { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' };
    await page.emulateMediaFeatures([scheme]).catch(() => {});
    await page.evaluateOnNewDocument(watch);
    await page.goto(url);
    return tabOf((is, ...args) => page.evaluate(is, ...args), {
      press: (selector) => page.locator(selector).click(),
      type: async (selector, text) => {
        await page.locator(selector).click();
        await page.evaluate((at) => document.querySelector(at).select(), selector);
        await page.keyboard.type(text);
      },
    });
  };
  return { open, close: () => browser.close() };
}

// ---- WebKit -------------------------------------------------------------------------------------

const driver = found('WebKitWebDriver');
const screen = found('Xvfb');
const miniBrowser = (() => {
  const roots = ['/usr/lib', '/usr/libexec'].filter(existsSync);
  const folders = roots.flatMap((root) => [root, ...readdirSync(root).map((name) => join(root, name))]);
  const webkit = ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'];
  const all = folders.flatMap((folder) => webkit.map((name) => join(folder, name, 'MiniBrowser')));
  return all.find(existsSync);
})();

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

async function startWebKit() {
  const port = await freePort();
  // Xvfb takes the first free display and writes its number.
  const xvfb = spawn(screen, ['-displayfd', '1', '-screen', '0', '1600x1200x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const display = await new Promise((done) => { xvfb.stdout.once('data', (text) => done(`:${String(text).trim()}`)); });
  const env = { ...process.env, DISPLAY: display, WEBKIT_DISABLE_COMPOSITING_MODE: '1', LANG: 'C.UTF-8' };
  const process_ = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
  const call = async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method, headers, body: body && JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  const alive = async () => (await call('GET', '/status').catch(() => null)) !== null;
  for (let tries = 0; tries < 100 && !(await alive()); tries += 1) await pause(100);
  const options = { binary: miniBrowser, args: ['--automation'] };
  const { sessionId } = await call('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  const at = `/session/${sessionId}`;
  const run = (is, ...args) => call('POST', `${at}/execute/sync`, {
    script: `return (${is})(...arguments)`, args,
  });
  const element = async (selector) => {
    const value = await call('POST', `${at}/element`, { using: 'css selector', value: selector });
    return Object.values(value)[0];
  };
  const open = async (url, { width, height }) => {
    // Another document first: a new fragment alone would load nothing.
    await call('POST', `${at}/url`, { url: 'about:blank' });
    await call('POST', `${at}/window/rect`, { width, height });
    await call('POST', `${at}/url`, { url });
    await run(watch);
    return tabOf(run, {
      press: async (selector) => call('POST', `${at}/element/${await element(selector)}/click`, {}),
      type: async (selector, text) => {
        const id = await element(selector);
        await run((at) => document.querySelector(at).select(), selector);
        await call('POST', `${at}/element/${id}/value`, { text });
      },
    });
  };
  return {
    open,
    close: async () => {
      await call('DELETE', at).catch(() => {});
      process_.kill();
      xvfb.kill();
    },
  };
}

export const engines = [
  { name: 'Firefox', missing: firefox ? null : 'firefox-esr', start: startFirefox },
  {
    name: 'WebKit',
    missing: driver && screen && miniBrowser ? null : 'webkit2gtk-driver and xvfb',
    start: startWebKit,
  },
];
