// What lies behind the findings: the tables, and the inputs that fill them.
import assert from 'node:assert/strict';

import { field, figure, pageTests } from './parts.mjs';

const check = pageTests();

const section = (page) => page.getByRole('region', { name: 'Behind the findings' });

/** The cells of a table, opened first. */
async function cells(page, title) {
  const table = section(page).locator('details.folded').filter({ hasText: title });
  await table.evaluate((one) => { one.open = true; });
  return table.locator('tbody tr').evaluateAll((rows) => rows.map((row) =>
    [...row.children].map((cell) => cell.innerText.replaceAll('\u00a0', ' ').trim())));
}

check('every table behind the findings is filled, and nothing in it is no number', {}, async ({ page }) => {
  const titles = ['Ways to split the requests', 'If a provider or a zone is lost', 'Waiting at the peak',
    'What an event takes', 'When a disk is full', 'Reserved throughput'];
  for (const title of titles) {
    const rows = await cells(page, title);
    assert.ok(rows.length > 0, title);
    assert.doesNotMatch(rows.flat().join(' '), /NaN|undefined|inf\b|null/, title);
  }
});

check('a split is applied in a click and undone in another', {}, async ({ page }) => {
  const rows = await cells(page, 'Ways to split the requests');
  assert.deepEqual(rows.map((row) => row[0]), ['As given', 'Level use', 'Cheapest that fits']);
  assert.equal(rows[0][1], '60 % / 25 % / 15 %');
  await section(page).getByRole('button', { name: 'Apply: Level use' }).click();
  await page.waitForFunction(() => location.hash.includes('p=openai'));
  const after = await cells(page, 'Ways to split the requests');
  assert.equal(after[0][1], rows[1][1]);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.waitForFunction(() => !location.hash.includes('p='));
  assert.deepEqual(await cells(page, 'Ways to split the requests'), rows);
});

check('the kind of event decides what is stored, in the link too', {}, async ({ page }) => {
  const stored = () => figure(page, 'Stored events').innerText();
  assert.match(await stored(), /\n9 GB\n/);
  await page.locator('summary').filter({ hasText: 'Control plane, storage, database' }).click();
  await page.getByLabel('Event holds').selectOption({ label: 'Metadata only' });
  // 50,000 × 90 × about 263 B measured: between 1.1 and 1.3 GB.
  assert.match(await stored(), /1\.[123]\d? GB/);
  await page.waitForFunction(() => location.hash.includes('events=metadata'));
});

check('a wait target adds its rule, and a bad one is told beside its field', {}, async ({ page }) => {
  await page.getByText('Waits, failures and zones').click();
  await field(page, 'Wait target, P99').fill('0.05');
  await page.waitForFunction(() => location.hash.includes('wait-target=0.05'));
  const rows = await cells(page, 'Waiting at the peak');
  assert.match(rows.map((row) => row[0]).join(), /Queue that keeps 50 ms/);
  await field(page, 'Wait target, P99').fill('-1');
  const message = page.locator('#s-wait-target-error');
  assert.match(await message.innerText(), /0\.001 to 3,600 s/);
});

check('reserved units replace limits and token prices', { hash: '#p=azure-openai,gpt-5.2,PTU,1' }, async ({ page }) => {
  assert.match(await figure(page, 'Tightest limit').innerText(), /reserved throughput/);
  const rows = await cells(page, 'Reserved throughput');
  assert.equal(rows.length, 1);
  assert.match(rows[0][1], /PTU/);
});
