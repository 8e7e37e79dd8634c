// What a first visit downloads: brotli sizes of dist/, before and after the form answers.
//
//   node tests/page/weigh.mjs
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { dist } from './server.mjs';

// `start` is the goal; `ceiling` is a little above where the page stands.
export const budgets = { start: 115_000, ceiling: 135_000, charts: 200_000, all: 750_000 };
const program = /\.(js|css|wasm)$/;

export async function weigh() {
  const page = await readFile(join(dist, 'index.html'), 'utf8');
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
    });
  }
  files.sort((one, other) => other.brotli - one.brotli);
  const start = files.filter((file) => file.first && program.test(file.name));
  return {
    files,
    start: start.reduce((sum, file) => sum + file.brotli, 0),
    charts: files.find((file) => file.name === 'echarts.js')?.brotli ?? 0,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, start, charts } = await weigh();
  const kb = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
  for (const first of [true, false]) {
    console.log(first ? '\nbefore the form answers      brotli         raw' : '\nlater, or never');
    for (const file of files.filter((each) => each.first === first)) {
      console.log(`  ${file.name.padEnd(24)}${kb(file.brotli)} ${kb(file.raw)}`);
    }
  }
  console.log(`\nJS + CSS + WASM, brotli: ${kb(start).trim()} of ${budgets.start / 1000}; ` +
    `charts: ${kb(charts).trim()} of ${budgets.charts / 1000}`);
}
