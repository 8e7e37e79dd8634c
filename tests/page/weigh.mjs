// What a first visit downloads: brotli sizes of dist/, before and after the form answers. A link
// also waits for the files that `boot.js` names.
//
//   node tests/page/weigh.mjs
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { dist } from './server.mjs';

// Until the form answers, the chart library, and everything but that: the goals. `now` is half a
// percent above where the page stands: the same source gives other bytes in other folders.
export const budgets = { start: 115_000, charts: 200_000, all: 700_000 };
export const now = { start: 116_000, linked: 167_400, all: 1_439_600 };
// Programs of their own, each in a worker; `.ci/build.mjs` holds each to its budget.
const ofWorkers = /\/(usage|day)(\.client\.js|-worker\.js|_bg\.wasm)$/;
const program = /\.(js|css|wasm)$/;
// Of other pages, of the page around a frame, or never loaded by a browser that runs the page.
const apart = /^(echarts|embed|sw|old-browser|style-page|links)\./;

export async function weigh() {
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  const boot = await readFile(join(dist, 'boot.js'), 'utf8');
  const names = (await readdir(dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length));
  const files = [];
  for (const name of names) {
    const bytes = await readFile(join(dist, name));
    files.push({
      name,
      raw: bytes.length,
      brotli: brotliCompressSync(bytes).length,
      // Named by the page means loaded with it, but for the program that waits for the form
      // and the script of browsers too old to run.
      first: name === 'index.html' || (page.includes(name) && !/^(old-browser|preview|sw\.)/.test(name)),
      linked: program.test(name) && name !== 'offline.js' && boot.includes(`./${name}`),
    });
  }
  files.sort((one, other) => other.brotli - one.brotli);
  const sum = (some) => some.reduce((total, file) => total + file.brotli, 0);
  const parts = files.filter(({ name }) => program.test(name) && !apart.test(name) && !ofWorkers.test(name));
  return {
    files,
    start: sum(parts.filter((file) => file.first)),
    linked: sum(parts.filter((file) => file.first || file.linked)),
    all: sum(parts),
    workers: sum(files.filter((file) => ofWorkers.test(file.name))),
    charts: files.find((file) => file.name === 'echarts.js')?.brotli ?? 0,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, start, linked, charts, all, workers } = await weigh();
  const kb = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
  for (const first of [true, false]) {
    console.log(first ? '\nbefore the form answers      brotli         raw' : '\nlater, or never');
    for (const file of files.filter((each) => each.first === first)) {
      console.log(`  ${file.name.padEnd(24)}${kb(file.brotli)} ${kb(file.raw)}`);
    }
  }
  console.log(`\nJS + CSS + WASM, brotli: ${kb(start).trim()} of ${budgets.start / 1000} ` +
    `(of a link ${kb(linked).trim()}); ` +
    `charts: ${kb(charts).trim()} of ${budgets.charts / 1000}; all else: ${kb(all).trim()} of ${budgets.all / 1000}; workers: ${kb(workers).trim()}`);
}
