// The calculator in a real documentation site: MkDocs with the Material theme, built here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chartsDrawn } from './browser.mjs';
import { assertFits, frameOf, startHost } from './host.mjs';

const config = `site_name: Gateway
use_directory_urls: false
theme:
  name: material
  font: false
  palette:
    - {scheme: default, toggle: {icon: material/weather-night, name: Switch to dark}}
    - {scheme: slate, toggle: {icon: material/weather-sunny, name: Switch to light}}
  features: [navigation.instant]
plugins: []
`;
const page = (app) => `# Capacity planning

Multiply requests by the mean tokens of a request. Change the numbers to yours:

<script async src="${app}embed.js"></script>
<kt-capacity view="tokens" requests-per-day="50000" theme="auto"><a href="${app}#v=1&amp;view=tokens">Token throughput in the calculator</a></kt-capacity>

A peak of a few seconds does not fill a minute.

## Storage

<kt-capacity view="storage" requests-per-day="50000"><a href="${app}#v=1&amp;view=storage">Storage in the calculator</a></kt-capacity>
`;

const missing = spawnSync('mkdocs', ['--version']).error !== undefined;
const needed = process.env.CI === 'true';
const skip = missing && !needed && 'skipped: mkdocs-material is not installed';
let folder;
let host;
before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), 'kt-capacity-mkdocs-'));
  // The theme writes inline scripts and styles, so its site has no policy of its own.
  host = await startHost({}, { root: join(folder, 'site'), contentPolicy: 'object-src *' });
  await mkdir(join(folder, 'docs'));
  await writeFile(join(folder, 'mkdocs.yml'), config);
  await writeFile(join(folder, 'docs', 'index.md'), page(host.app));
  await writeFile(join(folder, 'docs', 'other.md'), '# Other\n\nText.\n');
  const built = spawnSync('mkdocs', ['build', '--strict', '--quiet'], { cwd: folder, encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr ?? String(built.error));
});
after(async () => {
  await host?.close();
  if (folder) await rm(folder, { recursive: true });
});

const check = (name, how, act) => test(name, { skip }, async () => {
  const tab = await host.open('index.html', how);
  try {
    await act(tab);
    tab.assertClean();
  } finally {
    await tab.close();
  }
});
const themeIs = (frame, theme) => frame.waitForFunction(
  (theme) => document.documentElement.dataset.theme === theme, theme,
);

check('it stands in the text and follows the switch between light and dark', { width: 1280, height: 2000 }, async ({ page }) => {
  const [tokens, storage] = [await frameOf(page, 0), await frameOf(page, 1)];
  assert.equal(await chartsDrawn(tokens), 0, 'charts not drawn');
  await assertFits(page, 0);
  await assertFits(page, 1);
  // The guide's example: 1.7361 rps × 2,300 tokens × 60 s, and 50,000 × 2,000 B × 90 days.
  assert.match(await tokens.locator('[data-figure=peak-tokens] .figure__value').innerText(), /^240\s+K\/min$/);
  assert.match(await storage.locator('[data-figure=stored-events] .figure__value').innerText(), /^9\s+GB$/);
  for (const [title, theme] of [['Switch to dark', 'dark'], ['Switch to light', 'light']]) {
    await page.locator(`label[title="${title}"]`).click();
    await themeIs(tokens, theme);
    await themeIs(storage, theme);
  }
});

check('the site’s own navigation takes it away and brings it back', { width: 1280, height: 2000 }, async ({ page }) => {
  await frameOf(page);
  await page.locator('label[title="Switch to dark"]').click();
  await page.getByRole('link', { name: 'Other' }).first().click();
  await page.getByRole('heading', { name: 'Other' }).waitFor();
  await page.getByRole('link', { name: 'Capacity planning' }).first().click();
  await page.getByRole('heading', { name: 'Capacity planning' }).waitFor();
  await themeIs(await frameOf(page), 'dark');
  await assertFits(page);
});

check('on a phone nothing is wider than the page', { width: 360, height: 800 }, async ({ page }) => {
  await assertFits(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
});
