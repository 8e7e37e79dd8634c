// A chart as a file of its own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { pageTests } from './parts.mjs';

const check = pageTests();

async function saved(page, name) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await download;
  return [file.suggestedFilename(), await readFile(await file.path())];
}

for (const colorScheme of ['light', 'dark']) {
  check(`a chart is saved with its title, sentence, source and link, ${colorScheme}`, { hash: '#v=2&requests-per-day=70000', colorScheme }, async ({ page }) => {
    await page.locator('#chart-tokens svg').waitFor();
    const title = 'Tokens per minute over the day';
    const [name, bytes] = await saved(page, `${title}, save as SVG`);
    assert.equal(name, 'tokens.svg');
    const sentence = await page.locator('#chart-tokens').getAttribute('aria-label');
    // A page of its own: this one's content policy refuses the file's styles.
    const blank = await page.context().newPage();
    const texts = await blank.evaluate((text) => {
      const xml = new DOMParser().parseFromString(text, 'image/svg+xml');
      if (xml.querySelector('parsererror')) return ['broken'];
      return [...xml.documentElement.children].filter((it) => it.localName === 'text').map((it) => it.textContent);
    }, bytes.toString());
    await blank.close();
    assert.equal(texts[0], title);
    const said = texts.slice(1).join(' ');
    assert.ok(said.startsWith(sentence), said);
    assert.match(said, /Capacity calculator, 2\d{3}|Capacity calculator, \d+ \w+ 2\d{3}/);
    assert.ok(said.replaceAll(' ', '').endsWith(`${page.url()}`), said);
    const [picture, png] = await saved(page, `${title}, save as PNG`);
    assert.equal(picture, 'tokens.png');
    assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    // Twice the width of the drawing and its margins.
    const width = await page.locator('#chart-tokens').evaluate((it) => it.getBoundingClientRect().width);
    assert.equal(png.readUInt32BE(16), Math.floor((width + 32) * 2));
  });
}
