// Trunk's last step: bundle the chart library; in a release also join the style sheets into
// one request and shrink what Trunk's own minifier cannot (it gives up on the generated glue).
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build, transform } from 'esbuild';

const out = process.env.TRUNK_STAGING_DIR;
const budget = 200_000; // bytes of echarts.js after brotli

await bundleCharts();
await nameLaterProgram();
if (process.env.TRUNK_PROFILE === 'release') {
  await drawAhead();
  await joinStyles();
  await drawStyle();
  await shrinkScripts();
  await weighCharts();
  await listRelease();
}

async function bundleCharts() {
  await build({
    entryPoints: ['src/ui/chart/echarts.js'],
    outfile: join(out, 'echarts.js'),
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

// Trunk names the page's program by its content, but not the one that is loaded later.
async function nameLaterProgram() {
  const [js, wasm] = ['later.js', 'later_bg.wasm'].map((name) => join(out, name));
  const hash = createHash('sha256').update(await readFile(js)).update(await readFile(wasm));
  const name = `later-${hash.digest('hex').slice(0, 16)}`;
  await rename(js, join(out, `${name}.js`));
  await rename(wasm, join(out, `${name}_bg.wasm`));

  const file = join(out, 'index.html');
  const page = await readFile(file, 'utf8');
  const parts = `data-later-js="./${name}.js" data-later-wasm="./${name}_bg.wasm"`;
  const named = page.replace(' data-js=', ` ${parts} data-js=`);
  if (named === page) throw new Error('index.html has no start script');
  await writeFile(file, named);
}

async function draw(...what) {
  const program = ['--bin', 'prerender', '--no-default-features', '--features', 'ssr'];
  const { stdout } = await promisify(execFile)('cargo', ['run', '--quiet', ...program, ...what], {
    maxBuffer: 1 << 24,
  });
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
  const page = await readFile(join(out, 'index.html'), 'utf8');
  const [sheet] = page.match(/<link rel="stylesheet"[^>]*>/);
  await writeFile(join(out, 'style.html'), `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Design language of the capacity calculator</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<script src="theme.js"></script>
${sheet}
<link rel="stylesheet" href="style-page.css">
</head>
<body>${body}</body>
</html>
`);
}

// The default scenario, drawn by the same components, stands in the page until they are there.
async function drawAhead() {
  const drawn = await draw();
  const file = join(out, 'index.html');
  const page = await readFile(file, 'utf8');
  const place = '<div id="still"></div>';
  if (page.split(place).length !== 2) throw new Error('index.html has no place for the drawn page');
  await writeFile(file, page.replace(place, () => `<div id="still">${drawn}</div>`));
}

// Link order is cascade order, so the sheets join in the order of the page.
async function joinStyles() {
  const page = await readFile(join(out, 'index.html'), 'utf8');
  const link = /<link[^>]*\brel="stylesheet"[^>]*>\s*/g;
  const names = (page.match(link) ?? []).map((tag) => tag.match(/href="\.\/([^"]+)"/)[1]);
  if (names.length === 0) throw new Error('index.html links no style sheet');

  const sheets = await Promise.all(names.map((name) => readFile(join(out, name), 'utf8')));
  const { code } = await transform(sheets.join('\n'), { loader: 'css', minify: true });
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const joined = `style-${hash}.css`;

  let first = true;
  const linked = page.replace(link, () => {
    const tag = first ? `<link rel="stylesheet" href="./${joined}">\n    ` : '';
    first = false;
    return tag;
  });
  await writeFile(join(out, joined), code);
  await writeFile(join(out, 'index.html'), linked);
  await Promise.all([...new Set(names)].map((name) => rm(join(out, name))));
}

async function shrinkScripts() {
  const names = (await readdir(out)).filter((name) => name.endsWith('.js') && !/^(echarts|sw)\.js$/.test(name));
  for (const name of names) {
    const file = join(out, name);
    const { code } = await transform(await readFile(file, 'utf8'), { minify: true });
    await writeFile(file, code);
  }
}

// The service worker keeps the page and those it leads to, under a name made of their content.
async function listRelease() {
  const program = /\.(html|js|css|wasm|svg|webmanifest)$/;
  const apart = /^(sw|embed|old-browser)\.js$/;
  const names = (await readdir(out)).filter((name) => program.test(name) && !apart.test(name)).sort();

  const page = join(out, 'index.html');
  const html = (await readFile(page, 'utf8')).replace(' data-js=', ' data-worker="./sw.js" data-js=');
  await writeFile(page, html);

  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(await readFile(join(out, name)));
  const file = join(out, 'sw.js');
  const source = await readFile(file, 'utf8');
  const { code } = await transform(source
    .replace("release = ''", `release = '${hash.digest('hex').slice(0, 16)}'`)
    .replace('files = []', `files = ${JSON.stringify(names)}`), { minify: true });
  if (code.includes('files=[]')) throw new Error('sw.js has no place for the files');
  await writeFile(file, code);
}

async function weighCharts() {
  const size = brotliCompressSync(await readFile(join(out, 'echarts.js'))).length;
  console.log(`echarts.js: ${size / 1000} kB brotli, at most ${budget / 1000}`);
  if (size > budget) throw new Error('the chart library is too heavy');
}
