// The plan of ten workloads and six providers: natively, then in Chromium, side by side.
// Run by `make bench`; takes the native program and the folder with timing.js.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { serve } from './server.mjs';

const [program, folder] = process.argv.slice(2);
await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="start.js"></script>');
await writeFile(join(folder, 'start.js'), "import init from './timing.js'; init();");

const native = Number(execFileSync(program, { encoding: 'utf8' }));
const server = await serve({ root: `${folder}/` });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
await page.goto(server.url);
await page.waitForFunction(() => document.title !== '', null, { timeout: 120_000 });
const wasm = Number(await page.title());
await browser.close();
await server.close();

const row = (name, time, note) => console.log(`${name.padEnd(28)} ${time.toFixed(1).padStart(8)} µs  ${note}`);
console.log('\nevaluate(), ten workloads and six providers, both as the page is built');
row('native', native, 'bound 50');
row('WASM in Chromium', wasm, `${(wasm / native).toFixed(2)} × native, bound 1.5`);
