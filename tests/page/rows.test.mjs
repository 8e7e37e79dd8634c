// Workloads and providers: add, change, move, remove, and take it back.
import assert from 'node:assert/strict';
import {
  addressIs, button, everything, field, figureText, noNonsense, pageTests, row, settled, summaries,
  verdict,
} from './parts.mjs';

const check = pageTests();

// Names of the workloads in the table, with one of its columns.
const table = (page, column) => page.getByRole('region', { name: 'Tokens and cost by workload' })
  .getByRole('row')
  .evaluateAll((rows, column) => {
    const cells = rows.map((row) => [...row.cells].map((cell) => cell.innerText));
    const index = cells[0].indexOf(column);
    return cells.slice(1).map((each) => [each[0], each[index]]);
  }, column);
const order = async (page) => {
  await settled(page);
  return (await table(page, 'Workload')).map(([name]) => name);
};
const workload = async (page, name) => {
  const more = button(page, `More about ${name}`);
  if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
  return row(page, name);
};

check('each of the guide’s profiles brings its tokens a minute', {}, async ({ page }) => {
  const profiles = [
    ['Chat (short)', '35 K'], ['Chat (long context)', '100 K'], ['Summarization', '85 K'],
    ['Embeddings', '250 K'], ['Code generation', '105 K'],
  ];
  for (const [name] of profiles) await button(page, `+ ${name}`).click();
  // The first takes the place of the example.
  assert.deepEqual(await table(page, 'Mean tokens/min'), profiles);
  await addressIs(page, /&w=Code\+generation,30\/min,1500,2000,from:code$/);
  // 660 a minute, three times as many at the peak.
  assert.match(await figureText(page, 'Peak requests'), /\s33\s+rps/);
});

check('a workload is renamed, duplicated, moved and removed', {}, async ({ page }) => {
  await page.getByLabel('Name of the workload All requests').fill('Search');
  assert.deepEqual(await order(page), ['Search']);
  assert.equal(await (await workload(page, 'Search')).getByLabel('Remove').isDisabled(), true, 'the last one stays');

  await (await workload(page, 'Search')).getByLabel('Duplicate').click();
  assert.deepEqual(await order(page), ['Search', 'Search (copy)']);
  assert.match(await figureText(page, 'Peak requests'), /3\.47\s+rps/);

  await (await workload(page, 'Search (copy)')).getByLabel('Move up').click();
  assert.deepEqual(await order(page), ['Search (copy)', 'Search']);
  assert.equal(await (await workload(page, 'Search (copy)')).getByLabel('Move up').isDisabled(), true);
  await (await workload(page, 'Search (copy)')).getByLabel('Move down').click();
  assert.deepEqual(await order(page), ['Search', 'Search (copy)']);

  await (await workload(page, 'Search')).getByLabel('Remove').click();
  assert.deepEqual(await order(page), ['Search (copy)']);
  assert.match(await figureText(page, 'Peak requests'), /1\.74\s+rps/);
});

check('a workload counted by the minute keeps its load', {}, async ({ page }) => {
  await field(page, 'Requests').fill('72000');
  await (await workload(page, 'All requests')).getByLabel('Requests counted').selectOption('per minute');
  assert.equal(await field(page, 'Requests').inputValue(), '50');
  assert.match(await figureText(page, 'Peak requests'), /2\.5\d*\s+rps/);
  await addressIs(page, '#v=2&requests-per-minute=50');
});

check('undo and redo, by button and by keyboard, and reset', {}, async ({ page }) => {
  const start = await everything(page);
  assert.equal(await button(page, 'Undo').isDisabled(), true);
  await button(page, '+ Embeddings').click();
  await button(page, '+ Summarization').click();
  const three = await everything(page);

  await button(page, 'Undo').click();
  assert.deepEqual(await order(page), ['Embeddings'], 'a preset takes the place of the example');
  await button(page, 'Undo').click();
  assert.deepEqual(await everything(page), start);
  await button(page, 'Redo').click();
  await button(page, 'Redo').click();
  assert.deepEqual(await everything(page), three);
  assert.equal(await button(page, 'Redo').isDisabled(), true);

  await page.getByRole('main').focus();
  await page.keyboard.press('Control+z');
  assert.deepEqual(await order(page), ['Embeddings']);
  await page.keyboard.press('Control+Shift+z');
  assert.deepEqual(await everything(page), three);

  await button(page, 'Reset to the guide’s example').click();
  assert.deepEqual(await everything(page), start);
  await addressIs(page, '#v=2');
  await button(page, 'Undo').click();
  assert.deepEqual(await everything(page), three);
});

check('the keys for undo also work after a choice, where there is no text to undo', {}, async ({ page }) => {
  await page.getByLabel('Flat', { exact: true }).check();
  await addressIs(page, '#v=2&shape=flat');
  await page.keyboard.press('Control+z');
  await addressIs(page, '#v=2');
});

check('typing on in a field is one step to undo', {}, async ({ page }) => {
  await field(page, 'Requests').fill('');
  await field(page, 'Requests').pressSequentially('76543');
  await field(page, 'Input').fill('900');
  await button(page, 'Undo').click();
  assert.equal(await field(page, 'Requests').inputValue(), '76,543');
  await button(page, 'Undo').click();
  assert.equal(await field(page, 'Requests').inputValue(), '50,000');
  assert.equal(await button(page, 'Undo').isDisabled(), true);
});

check('a tier brings its limits; own limits are marked; none is none', {}, async ({ page }) => {
  const openai = row(page, 'OpenAI');
  const toggle = button(page, 'Limits and prices of OpenAI');
  await toggle.click();
  await openai.getByLabel('Tier').selectOption('Guide lowest');
  // The guide's table: 500 requests and 30 K tokens a minute; 60 % of 240 K are too many.
  assert.equal(await openai.locator('[data-key=rpm]').inputValue(), '500');
  assert.equal(await openai.locator('[data-key=tpm]').inputValue(), '30,000');
  assert.match(await figureText(page, 'Tightest limit'), /479\s+%/);
  await toggle.click();
  assert.match(await openai.innerText(), /500 RPM · 30 K TPM/);
  assert.doesNotMatch(await openai.innerText(), /your limits/);

  await toggle.click();
  await openai.locator('[data-key=tpm]').fill('600k');
  assert.match(await figureText(page, 'Tightest limit'), /24\s+%/); // 143,750 of 600,000
  await openai.locator('[data-key=rpm]').fill('');
  await toggle.click();
  assert.match(await openai.innerText(), /600 K TPM\s*your limits/);
  assert.doesNotMatch(await openai.innerText(), /RPM/);
  await addressIs(page, /tpm:600000/);
  await addressIs(page, /rpm:none/);
});

check('a provider without any limit is told apart from one that is full', {}, async ({ page }) => {
  await button(page, 'Limits and prices of OpenAI').click();
  for (const key of ['rpm', 'tpm']) await row(page, 'OpenAI').locator(`[data-key=${key}]`).fill('');
  await button(page, 'Limits and prices of OpenAI').click();
  assert.match(await row(page, 'OpenAI').innerText(), /no limits known/);
  assert.match(await figureText(page, 'Tightest limit'), /Azure OpenAI/);
});

check('providers are added and removed', {}, async ({ page }) => {
  await page.getByLabel('Add a provider').selectOption('Groq');
  assert.equal(await row(page, 'Groq').count(), 1);
  await addressIs(page, /&p=groq,/);
  for (const name of ['Azure OpenAI', 'Anthropic', 'Groq']) {
    await button(page, `Limits and prices of ${name}`).click();
    await row(page, name).getByRole('button', { name: 'Remove provider' }).click();
    assert.equal(await row(page, name).count(), 0);
  }
  await button(page, 'Limits and prices of OpenAI').click();
  assert.equal(await button(page, 'Remove provider').isDisabled(), true, 'the last one stays');
  await button(page, 'Undo').click();
  assert.equal(await row(page, 'Groq').count(), 1);
});

check('every vendor of the list can be added, changed and answers without nonsense', {}, async ({ page }) => {
  const add = page.getByLabel('Add a provider');
  const vendors = (await add.locator('option').allInnerTexts()).slice(1);
  assert.ok(vendors.length >= 8, vendors.join());
  for (const vendor of vendors) {
    await add.selectOption(vendor);
    await noNonsense(page);
  }
  const rows = page.getByRole('button', { name: /^Limits and prices of/ });
  assert.equal(await rows.count(), 3 + vendors.length);
  await rows.last().click();
  await page.getByLabel('Model', { exact: true }).last().fill('my-own-model');
  await addressIs(page, /my-own-model/);
});

check('with all weights 0 the page says so', {}, async ({ page }) => {
  const before = (await summaries(page)).join();
  for (const name of ['OpenAI', 'Azure OpenAI', 'Anthropic']) {
    await row(page, name).getByLabel('Weight').fill('0');
    await noNonsense(page);
  }
  await page.getByRole('form').getByText('Give at least one provider a weight above 0').waitFor();
  assert.doesNotMatch(await verdict(page), /^Fits/);
  assert.notEqual((await summaries(page)).join(), before);
  await row(page, 'Anthropic').getByLabel('Weight', { exact: true }).fill('1');
  await settled(page);
  assert.equal(await page.getByText('Give at least one provider a weight above 0').count(), 0);
});

check('arrow keys choose a provider, and Enter adds it once', {}, async ({ page }) => {
  const rows = page.getByRole('group', { name: 'Providers', exact: true }).locator('.row__name');
  await rows.nth(2).waitFor();
  const list = page.getByLabel('Add a provider');
  await list.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  assert.equal(await rows.count(), 3, 'nothing is added on the way');
  const chosen = await list.evaluate((select) => select.selectedOptions[0].text);
  await page.keyboard.press('Enter');
  await rows.nth(3).waitFor();
  assert.equal(await rows.count(), 4);
  assert.equal(await rows.nth(3).inputValue(), chosen);
  // By pointer a choice adds at once.
  await list.selectOption({ label: 'Groq' });
  await rows.nth(4).waitFor();
  assert.equal(await rows.nth(4).inputValue(), 'Groq');
});

check('a link with providers of its own is of this version, and tells nothing of another', { hash: '#v=2' }, async ({ page }) => {
  await page.getByLabel('Add a provider').selectOption({ label: 'Groq' });
  await addressIs(page, /^#v=2&.*p=groq/);
  await page.reload();
  await page.getByRole('group', { name: 'Providers', exact: true }).locator('.row__name').nth(3).waitFor();
  assert.equal(await page.getByRole('status').filter({ hasText: 'from an earlier release' }).count(), 0);
});
