// Without a network, installed, and when a newer release comes.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { chartsDrawn, startSite } from './browser.mjs';
import { figureText } from './parts.mjs';
import { dist } from './server.mjs';

const complete = (page) => page.locator('html[data-complete]').waitFor();
// The first visit is over once every file is kept.
const kept = (page) => page.evaluate(async () => {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== 'activated') {
    await new Promise((done) => active.addEventListener('statechange', done, { once: true }));
  }
});
const allowed = { serviceWorkers: 'allow' };

// A release of its own folder, so that another can take its place.
async function withSite(act) {
  const root = await mkdtemp(join(tmpdir(), 'release-'));
  await cp(dist, root, { recursive: true });
  const site = await startSite({ root: `${root}/` });
  try {
    await act(site, root);
  } finally {
    await site.close();
    await rm(root, { recursive: true });
  }
}

// The same page with another word, as another release: its files change, and so does the worker.
async function release(root, word) {
  const change = async (name, from, to) => {
    const file = join(root, name);
    const text = await readFile(file, 'utf8');
    assert.ok(text.includes(from), `${name} has ${from}`);
    await writeFile(file, text.replace(from, to));
  };
  await change('index.html', 'property="og:title" content="', `property="og:title" content="${word} `);
  await change('boot.js', 'dataset.complete=""', `dataset.complete="${word}"`);
  const worker = await readFile(join(root, 'sw.js'), 'utf8');
  await writeFile(join(root, 'sw.js'), worker.replace(/"[0-9a-f]{16}"/, `"${word}"`));
}

// The program writes the title; what the release wrote stands here.
const shareTitle = (page) => page.locator('meta[property="og:title"]').getAttribute('content');

test('once visited the page works without a network, links and charts too', async () => {
  await withSite(async (site) => {
    const tab = await site.open(allowed);
    const { page } = tab;
    await kept(page);
    await page.context().setOffline(true);
    await tab.visit('#requests-per-day=100000');
    assert.match(await figureText(page, 'Peak requests'), /3\.47\s+rps/);
    await page.getByLabel('Requests', { exact: true }).fill('200000');
    assert.match(await figureText(page, 'Peak requests'), /6\.94\s+rps/);
    assert.equal(await chartsDrawn(page), 0, 'every chart is drawn');
    await tab.close();
  });
});

test('the pages it leads to are there without a network too', async () => {
  await withSite(async (site) => {
    const tab = await site.open(allowed);
    const { page } = tab;
    await kept(page);
    const { url } = site;
    await page.context().setOffline(true);
    for (const [path, heading] of [['links.html', 'How to build a link'], ['style.html?dark#theme=dark', 'Design language']]) {
      await page.goto(url + path);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      const bare = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
      assert.match(bare, /system-ui/, `${path} has its style sheet`);
    }
    await tab.close();
  });
});

test('a newer release takes over as a whole, when the reader asks for it', async () => {
  await withSite(async (site, root) => {
    const tab = await site.open(allowed);
    const { page } = tab;
    await kept(page);
    await release(root, 'newer');
    await tab.visit('#requests-per-day=100000');
    assert.doesNotMatch(await shareTitle(page), /newer/);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.complete), '');
    const notice = page.getByText('A newer version of the calculator is ready.');
    await notice.waitFor();
    // The new files are here, and this page still gets none of them.
    const boot = await page.evaluate(() => fetch('boot.js').then((answer) => answer.text()));
    assert.doesNotMatch(boot, /newer/);

    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForFunction(() => document.documentElement.dataset.complete === 'newer');
    assert.match(await shareTitle(page), /newer/);
    assert.match(await figureText(page, 'Peak requests'), /3\.47\s+rps/, 'the scenario is kept');
    assert.equal(await page.locator('#update').isVisible(), false);
    assert.equal(await page.evaluate(() => caches.keys().then((names) => names.length)), 1);
    await tab.close();
  });
});

test('a first visit offers no newer release', async () => {
  await withSite(async (site) => {
    const tab = await site.open(allowed);
    await kept(tab.page);
    await tab.visit('');
    await tab.page.waitForTimeout(500);
    assert.equal(await tab.page.locator('#update').isVisible(), false);
    tab.assertClean();
    await tab.close();
  });
});

test('in a frame nothing is kept', async () => {
  await withSite(async (site, root) => {
    await writeFile(join(root, 'host.html'), '<!doctype html><title>Host</title><iframe src="./"></iframe>');
    const tab = await site.open({ ...allowed, path: 'host.html', ready: false });
    const frame = tab.page.frameLocator('iframe');
    await frame.locator('html[data-complete]').waitFor();
    await tab.page.waitForTimeout(1_000);
    const registrations = () => navigator.serviceWorker.getRegistrations().then((all) => all.length);
    assert.equal(await tab.page.evaluate(registrations), 0);
    await tab.close();
  });
});

test('the manifest names the page, its place and icons that are there', async () => {
  await withSite(async (site) => {
    const tab = await site.open({});
    const manifest = await tab.page.evaluate(async () => {
      const { href } = document.querySelector('link[rel=manifest]');
      const read = await (await fetch(href)).json();
      const icons = await Promise.all(read.icons.map((icon) => fetch(icon.src).then((a) => a.status)));
      return { ...read, icons, start: new URL(read.start_url, href).href };
    });
    assert.equal(manifest.start, site.url);
    assert.equal(manifest.display, 'standalone');
    assert.deepEqual(manifest.icons, [200, 200]);
    await tab.close();
  });
});
