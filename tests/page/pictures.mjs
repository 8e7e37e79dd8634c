// The pictures of the README, from the built page. Run by `make pictures`.
import { mkdir } from 'node:fs/promises';
import { chartsDrawn, startSite } from './browser.mjs';
import { frameOf } from './host.mjs';
import { startDocs } from './mkdocs.mjs';

const scenario = '#v=2&name=Support+platform&w=Chat,60000/day,900,350,from:chat'
  + '&w=RAG,20000/day,4500,500,cached:20&growth=6';
const folder = 'docs';
await mkdir(folder, { recursive: true });

const site = await startSite();
const take = async (name, how, shot = {}) => {
  const tab = await site.open({ height: 900, ...how });
  if (await chartsDrawn(tab.page)) throw new Error(`${name}: charts not drawn`);
  await tab.page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled', ...shot });
  await tab.close();
};
await take('../public/preview', { width: 1280 });
await take('full-dark', { width: 1280, hash: scenario, colorScheme: 'dark' });
await take('brief', { width: 800, hash: `${scenario}&view=brief` }, { fullPage: true });
await take('phone', { width: 360, height: 740, hash: scenario });
await take('compare', { width: 1280, hash: `${scenario}&view=compare&with=${encodeURIComponent('v=2&requests-per-day=160000')}` });
await site.close();

const host = await startDocs();
const docs = await host.open('index.html', { width: 1100, height: 1100 });
if (await chartsDrawn(await frameOf(docs.page))) throw new Error('embed: charts not drawn');
await docs.page.screenshot({ path: `${folder}/embed.png`, animations: 'disabled' });
await host.close();
