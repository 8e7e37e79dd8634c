// A documentation site with the calculator in it: MkDocs with the Material theme, built here.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost } from './host.mjs';

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

export const isMissing = () => spawnSync('mkdocs', ['--version']).error !== undefined;

// As startHost, with the site's folder gone once it is closed.
export async function startDocs() {
  const folder = await mkdtemp(join(tmpdir(), 'kt-capacity-mkdocs-'));
  // The theme writes inline scripts and styles, so its site has no policy of its own.
  const host = await startHost({}, { root: join(folder, 'site'), contentPolicy: 'object-src *' });
  await mkdir(join(folder, 'docs'));
  await writeFile(join(folder, 'mkdocs.yml'), config);
  await writeFile(join(folder, 'docs', 'index.md'), page(host.app));
  await writeFile(join(folder, 'docs', 'other.md'), '# Other\n\nText.\n');
  const built = spawnSync('mkdocs', ['build', '--strict', '--quiet'], { cwd: folder, encoding: 'utf8' });
  const close = async () => {
    await host.close();
    await rm(folder, { recursive: true });
  };
  if (built.status !== 0) {
    await close();
    throw new Error(built.stderr ?? String(built.error));
  }
  return { ...host, close };
}
