// Builds the page into dist/: links the program, cuts it into the parts that load one after
// another, shrinks them, draws the page ahead and lists the release.
//
//   node .ci/build.mjs             for use
//   node .ci/build.mjs --serve     fast and large, built again after each edit, served on PORT
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync, watch } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build, context, transform } from 'esbuild';
import { lean } from './lean.mjs';

const isServed = process.argv.includes('--serve');
const port = Number(process.env.PORT ?? 8080);
const out = isServed ? 'target/served' : 'dist';
const staging = `${out}.new`;
// Programs of their own that the page runs in workers: `src/bin/NAME`, feature NAME; the level at
// which each is optimized, and its most bytes after brotli.
const workers = { usage: { level: '-O2', most: 346_900 }, day: { level: '-O3', most: 120_000 } };
const budget = 200_000; // bytes of echarts.js after brotli
// Of Chromium 96, Firefox 79 and Safari 15 on, as the page itself. The zeros in the tables stay:
// cut out at each, they are bytes less before compression, and 4 kB more after it.
const wasmFeatures = JSON.parse(await readFile('package.json', 'utf8')).config.wasm.split(' ');
// Functions in the order of their names stand beside their kin, which compresses better than the
// order of their uses. A pointer below 1,024 is the far end of the stack, which nothing reaches:
// so an offset may be added where memory is read. Together 2 % after brotli.
const wasmOptions = [...wasmFeatures, '--skip-pass=memory-packing', '--low-memory-unused',
  '--reorder-functions-by-name'];

const run = promisify(execFile);
const cargo = (args, variables) => run('cargo', args, {
  maxBuffer: 1 << 26, env: { ...process.env, ...variables },
}).catch((error) => {
  throw new Error(error.stderr || error.message);
});
const hashOf = (...texts) => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex').slice(0, 16);
};
const brotli = (bytes) => brotliCompressSync(bytes).length;

async function buildPage() {
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  await cp('public', staging, { recursive: true });
  const [program] = await Promise.all([buildProgram(), bundleCharts()]);
  await writePage(program);
  if (!isServed) {
    await drawStyle();
    await shrinkScripts();
    await weighCharts();
    await listRelease();
  }
  await rm(out, { recursive: true, force: true });
  await rename(staging, out);
}

// ---- The program ------------------------------------------------------------

// The parts stay together in a folder that is named by their content: they belong to one
// release, and find each other by plain names.
async function buildProgram() {
  const linked = await (isServed ? linkFast() : linkSmall());
  const folder = 'target/parts';
  await rm(folder, { recursive: true, force: true });
  await run('assemble', [linked, folder, 'app']);

  if (!isServed) await makeLean(folder);
  const names = (await readdir(folder)).sort();
  const parts = names.filter((name) => name.endsWith('.wasm'));
  const shrink = async () => {
    if (!isServed) for (const part of parts) await shrinkPart(join(folder, part));
  };
  const [ofWorkers] = await Promise.all([buildWorkers(), shrink()]);
  const ofLinks = await bundleGlue(folder);
  const files = ['app.js', ...parts].map((name) => join(folder, name)).concat(ofWorkers);
  const program = `program-${hashOf(...await Promise.all(files.map((file) => readFile(file))))}`;
  await mkdir(join(staging, program));
  for (const file of files) await cp(file, join(staging, program, basename(file)));
  return { program, keep: ofLinks.map((name) => `./${program}/${name}`) };
}

// The programs that workers run, from one build of the library.
async function buildWorkers() {
  const linked = isServed ? ['build', '--quiet'] : ['build', '-Zbuild-std=std,panic_abort', '--quiet'];
  const place = isServed ? 'target' : 'target/small';
  const names = Object.keys(workers);
  const bins = names.flatMap((name) => ['--bin', name]);
  await cargo([...linked, '--profile', 'worker', '--no-default-features', '--features', names.join(),
    '--target', 'wasm32-unknown-unknown', ...bins, '--target-dir', place], isServed ? {} : small([]));
  const glued = names.map((name) => glueWorker(name, `${place}/wasm32-unknown-unknown/worker/${name}.wasm`));
  return (await Promise.all(glued)).flat();
}

// A program of its own: its driver with the glue in one classic script, since not every browser
// runs a worker as a module, and its wasm.
async function glueWorker(name, program) {
  const folder = `target/workers/${name}`;
  await run('assemble', [program, folder]);
  const wasm = join(folder, `${name}_bg.wasm`);
  if (!isServed) await run('wasm-opt', [workers[name].level, ...wasmOptions, '-o', wasm, wasm]);
  const script = join(folder, `${name}-worker.js`);
  await cp(`src/bin/${name}/driver.js`, join(folder, 'driver.js'));
  const bundle = (entry, outfile) => build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'iife',
    target: 'es2020',
    minify: !isServed,
    logOverride: { 'empty-import-meta': 'silent' }, // the driver names the wasm itself
  });
  await bundle(join(folder, 'driver.js'), script);
  const files = [script, wasm];
  // The page's way to it, where that is more than a worker.
  const client = `src/bin/${name}/client.js`;
  if (existsSync(client)) {
    files.push(join(folder, `${name}.client.js`));
    await bundle(client, files.at(-1));
  }
  if (!isServed) {
    const sizes = await Promise.all(files.map(async (file) => brotli(await readFile(file))));
    const size = sizes.reduce((sum, each) => sum + each);
    if (size > workers[name].most) throw new Error(`${name}: ${size / 1000} kB brotli`);
  }
  return files;
}

async function linkFast() {
  await cargo(['rustc', '--quiet', '--features', 'split', '--target', 'wasm32-unknown-unknown', '--bin', 'app', '--',
    '-Clink-arg=--emit-relocs']);
  return 'target/wasm32-unknown-unknown/debug/app.wasm';
}

// The variables of a small program.
function small(more) {
  const flags = [...more, '-Zunstable-options', '-Cpanic=immediate-abort', '-Zlocation-detail=none',
    `--remap-path-prefix=${homedir()}=~`];
  return { RUSTC_BOOTSTRAP: '1', CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') };
}

// A panic becomes a trap, which `public/boot.js` tells: without the texts and the places of panics
// the program is an eighth smaller. The compiler has this for all of the standard library only
// among its unstable options; of one fixed release they are as stable as the rest.
async function linkSmall() {
  const options = ['--release', '--quiet', '--features', 'split', '--target', 'wasm32-unknown-unknown', '--bin', 'app'];
  await cargo(['build', '-Zbuild-std=std,panic_abort', ...options, '--target-dir', 'target/small'],
    small(['--cfg=erase_components', '-Clink-arg=--emit-relocs']));
  return 'target/small/wasm32-unknown-unknown/release/app.wasm';
}

async function shrinkPart(file) {
  await run('wasm-opt', ['--flatten', '--rereloop', '-Oz', '-Oz', ...wasmOptions, '-o', file, file]);
}

async function makeLean(folder) {
  const [program, script] = ['app_bg.wasm', 'app.js'].map((name) => join(folder, name));
  const { wasm, glue } = lean(await readFile(program), await readFile(script, 'utf8'));
  await writeFile(program, wasm);
  await writeFile(script, glue);
}

// One script for the program and for the loading of its parts; returns the files of the part that
// links need. A host that names the wrong type for .wasm must not break a part, as it does not
// break the first one.
async function bundleGlue(folder) {
  const loader = join(folder, '__wasm_split.js');
  const text = await readFile(loader, 'utf8');
  const robust = text.replaceAll('WebAssembly.instantiateStreaming(src, imports)', 'instantiated(src, imports)');
  if (robust === text) throw new Error('the loader of the parts is not as expected');
  await writeFile(loader, `${robust}
async function instantiated(fetched, imports) {
  const answer = await fetched;
  if (!answer.ok) throw new Error(\`\${answer.url}: \${answer.status}\`);
  if (answer.headers.get('content-type') === 'application/wasm') {
    return WebAssembly.instantiateStreaming(answer, imports);
  }
  return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
`);
  await build({
    entryPoints: [join(folder, 'app.js')],
    outfile: join(folder, 'app.js'),
    allowOverwrite: true,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: !isServed,
    logLevel: 'error', // the glue names one module twice, which is all the same
  });
  // The loader names above each shared file the parts that share it.
  const shared = [...text.matchAll(/\/\* ([\w, ]+) \*\/\s+const __(chunk_\d+) /g)];
  const ofLinks = shared.filter(([, parts]) => parts.split(', ').includes('keep'));
  return ['split_keep', ...ofLinks.map(([, , name]) => name)].map((name) => `${name}.wasm`);
}

async function bundleCharts() {
  await build({
    entryPoints: ['src/ui/chart/echarts.js'],
    outfile: join(staging, 'echarts.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'echarts',
    target: 'es2020',
    legalComments: 'none',
    // The licences ask for their notice to travel with the code.
    banner: { js: '/*! Apache ECharts, Apache-2.0; ZRender, BSD-3-Clause; tslib, 0BSD */' },
    logLevel: 'warning',
  });
}

async function weighCharts() {
  const size = brotli(await readFile(join(staging, 'echarts.js')));
  if (size > budget) throw new Error(`echarts.js: ${size / 1000} kB brotli, at most ${budget / 1000}`);
}

// ---- The page ---------------------------------------------------------------

// index.html with the joined sheet, the start script and, for use, the page drawn ahead.
async function writePage({ program, keep }) {
  let page = await readFile('index.html', 'utf8');
  const link = /<link rel="stylesheet" [^>]*href="style\/[^>]*>\s*/g;
  const sheets = page.match(link) ?? [];
  if (sheets.length === 0) throw new Error('index.html links no style sheet');
  const sheet = await joinSheets('style', sheets.filter((tag) => !tag.includes('data-part="page"')));
  const later = await joinSheets('page', sheets.filter((tag) => tag.includes('data-part=')));
  let isFirst = true;
  page = page.replace(link, () => {
    const tag = isFirst ? `<link rel="stylesheet" href="./${sheet}">\n    ` : '';
    isFirst = false;
    return tag;
  });

  const [js, wasm] = [`./${program}/app.js`, `./${program}/app_bg.wasm`];
  await nameParts({ keep: isServed ? [] : keep, style: later });
  const head = `<link rel="preload" href="${wasm}" as="fetch" type="application/wasm" crossorigin fetchpriority="low">
    <link rel="modulepreload" href="${js}" fetchpriority="low">
    <script type="module" src="./boot.js" data-js="${js}" data-wasm="${wasm}"></script>
  </head>`;
  page = page.replace('</head>', () => head);

  if (!isServed) {
    const place = '<div id="still"></div>';
    if (page.split(place).length !== 2) throw new Error('index.html has no place for the drawn page');
    const drawn = await draw();
    page = page.replace(place, () => `<div id="still">${drawn}</div>`);
  }
  await writeFile(join(staging, 'index.html'), page);
}

// One sheet of several; the order of their links is the order of the cascade.
async function joinSheets(name, tags) {
  const texts = tags.map((tag) => readFile(tag.match(/href="([^"]+)"/)[1], 'utf8'));
  const css = (await transform((await Promise.all(texts)).join('\n'), { loader: 'css', minify: !isServed })).code;
  const sheet = `${name}-${hashOf(css)}.css`;
  await writeFile(join(staging, sheet), css);
  return sheet;
}

// The start script knows what it asks for besides the program.
async function nameParts({ keep, style }) {
  const file = join(staging, 'boot.js');
  const source = await readFile(file, 'utf8');
  const named = source
    .replace('keep: []', () => `keep: ${JSON.stringify(keep)}`)
    .replace("style: ''", () => `style: './${style}'`);
  if (named.includes("style: ''")) throw new Error('boot.js has no place for the parts');
  await writeFile(file, named);
}

// The default scenario, drawn by the page's own components.
async function draw(...what) {
  const { stdout } = await cargo(['run', '--quiet', '--bin', 'prerender', '--no-default-features', '--features', 'ssr', ...what]);
  return stdout.replaceAll('<!>', ''); // marks for a program that would take the nodes over
}

// The design language, on a page that needs no program.
async function drawStyle() {
  // Shown more than once, a section still has a heading of its own.
  const times = new Map();
  const body = (await draw('style')).replace(/(aria-labelledby|\bid)="([a-z]+)"/g, (_, which, name) => {
    if (which !== 'id') times.set(name, (times.get(name) ?? 0) + 1);
    return `${which}="${name}${times.get(name) ?? ''}"`;
  });
  const page = await readFile(join(staging, 'index.html'), 'utf8');
  const [sheet] = page.match(/<link rel="stylesheet"[^>]*>/);
  const later = (await readdir(staging)).find((name) => /^page-\w+\.css$/.test(name));
  await writeFile(join(staging, 'style.html'), `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Design language of the capacity calculator</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<script src="theme.js"></script>
${sheet}
<link rel="stylesheet" href="./${later}">
<link rel="stylesheet" href="style-page.css">
</head>
<body>${body}</body>
</html>
`);
}

async function shrinkScripts() {
  const names = (await readdir(staging)).filter((name) => name.endsWith('.js') && !/^(echarts|sw)\.js$/.test(name));
  for (const name of names) {
    const file = join(staging, name);
    const { code } = await transform(await readFile(file, 'utf8'), { minify: true });
    await writeFile(file, code);
  }
}

// The service worker keeps the page and those it leads to, under a name made of their content.
async function listRelease() {
  const kept = /\.(html|js|css|wasm|svg|webmanifest)$/;
  const apart = /^(sw|embed|old-browser)\.js$/;
  const entries = await readdir(staging, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(staging.length + 1));
  const names = paths.filter((name) => kept.test(name) && !apart.test(name)).sort();

  const page = join(staging, 'index.html');
  const html = (await readFile(page, 'utf8')).replace(' data-js=', ' data-worker="./sw.js" data-js=');
  await writeFile(page, html);

  const contents = await Promise.all(names.map((name) => readFile(join(staging, name))));
  const release = hashOf(...names.flatMap((name, index) => [name, contents[index]]));
  const file = join(staging, 'sw.js');
  const source = await readFile(file, 'utf8');
  const { code } = await transform(source
    .replace("release = ''", `release = '${release}'`)
    .replace('files = []', `files = ${JSON.stringify(names)}`), { minify: true });
  if (code.includes('files=[]')) throw new Error('sw.js has no place for the files');
  await writeFile(file, code);
}

// ---- Serving ----------------------------------------------------------------

async function serve() {
  const server = await context({});
  await server.serve({ servedir: out, port, host: '127.0.0.1' });
  console.log(`http://127.0.0.1:${port}/`);
  const opener = { darwin: 'open', linux: process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? 'xdg-open' : '' };
  const open = opener[process.platform];
  if (open) run(open, [`http://127.0.0.1:${port}/`]).catch(() => {});

  let timer;
  let building = Promise.resolve();
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building.then(buildPage).then(
        () => console.log('built again: reload the page'),
        (error) => console.error(error.message),
      );
    }, 200);
  };
  for (const place of ['src', 'style', 'public']) watch(place, { recursive: true }, again);
  watch('index.html', again);
}

await buildPage();
if (isServed) await serve();
