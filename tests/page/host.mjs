// A page of another site with the calculator in it: its own origin, and a content policy that
// allows the calculator's script and frames and nothing else of them.
//
//   const host = await startHost({ 'index.html': (app) => `<kt-capacity …>` });
//   const tab = await host.open('index.html', { width: 360 });   // as site.open in browser.mjs
//   await host.close();
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, startSite } from './browser.mjs';
import { serve } from './server.mjs';

// `pages` maps a name to what stands in the page, given the calculator's address. `cors`: the
// calculator's host lets pages of any origin load its files. `root`: a folder instead of pages.
export async function startHost(pages, { cors = false, root, contentPolicy } = {}) {
  const site = await startSite({ cors });
  const app = new URL(site.url);
  const folder = root ?? (await mkdtemp(join(tmpdir(), 'kt-capacity-host-')));
  const server = await serve({
    root: folder,
    base: '/docs/',
    contentPolicy: contentPolicy ?? `default-src 'self'; script-src 'self' ${app.origin}; frame-src ${app.origin}`,
  });
  const add = (name, content) => writeFile(join(folder, name), page(content(site.url)));
  if (!root) await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  for (const [name, content] of Object.entries(pages)) await add(name, content);
  return {
    app: site.url,
    url: server.url,
    add,
    openApp: (how) => site.open(how),
    open: (name, how = {}) => open(site.browser, server.url, {
      path: name, ready: false, width: 800, hosts: [app.host], ...how,
    }),
    close: async () => {
      await server.close();
      await site.close();
      if (!root) await rm(folder, { recursive: true });
    },
  };
}

const page = (content) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Docs</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="icon.svg"></head><body>${content}</body></html>`;

export const script = (app) => `<script async src="${app}embed.js"></script>`;

// The document in the frame of the embed at this place of the page, once it answers.
export async function frameOf(page, index = 0) {
  const element = page.locator('kt-capacity').nth(index).locator('iframe.on');
  await element.waitFor({ timeout: 15_000 });
  const frame = await (await element.elementHandle()).contentFrame();
  await frame.locator('html[data-complete]').waitFor({ state: 'attached' });
  return frame;
}

// The frame is as high as what it holds, which does not scroll in it. What a worker answers
// comes later and makes the page longer: the frame follows within three seconds.
export async function assertFits(page, index = 0) {
  const frame = await frameOf(page, index);
  const element = page.locator('kt-capacity').nth(index).locator('iframe');
  const measured = async () => ({
    outside: await element.evaluate((frame) => frame.getBoundingClientRect().height),
    ...await frame.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
      return {
        inside: Math.ceil(document.body.getBoundingClientRect().height),
        scrolls: [scrollHeight - clientHeight, scrollWidth - clientWidth],
      };
    }),
  });
  const fits = ({ outside, inside, scrolls }) => outside === inside && scrolls.every((by) => by === 0);
  const end = Date.now() + 3_000;
  let now = await measured();
  while (Date.now() < end && !fits(now)) {
    await page.waitForTimeout(50);
    now = await measured();
  }
  assert.equal(now.outside, now.inside, 'height of the frame');
  assert.deepEqual(now.scrolls, [0, 0], 'the frame scrolls');
  return now.inside;
}
