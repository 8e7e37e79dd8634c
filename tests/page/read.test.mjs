// Reading files back and comparing: what is recognised, what changes, and that nothing is lost.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { button, field, pageTests } from './parts.mjs';

const check = pageTests();
const dialog = (page) => page.getByRole('dialog', { name: 'Import or compare a file' });
const paste = async (page, text) => {
  await button(page, 'Import or compare a file…').click();
  await dialog(page).getByRole('textbox').fill(text);
};
const rows = async (page, name) => {
  const table = dialog(page).getByRole('region', { name });
  const texts = await table.locator('tbody tr').evaluateAll((all) => all.map((row) => row.innerText.split('\t')));
  return texts.map((cells) => cells.map((cell) => cell.trim()));
};
const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: keeptrusts-gateway}
spec:
  minReplicas: 4
  maxReplicas: 33
  metrics:
    - type: Resource
      resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}
`;

check('a pasted autoscaler is recognised, shows what differs, fills the scenario and can be undone', {}, async ({ page }) => {
  await paste(page, hpa);
  await dialog(page).getByText('This is a HorizontalPodAutoscaler').waitFor();
  assert.deepEqual(await rows(page, 'Inputs that differ'), [
    ['CPU target', '–', '70 %'],
    ['Down step', '100 %', '25 %'],
    ['Down period', '15 s', '120 s'],
    ['HPA maximum', '33 pods', '20 pods'],
    ['Memory target', '80 %', '–'],
    ['HPA minimum', '4 pods', '2 pods'],
    ['Queue target', '–', '50 per pod'],
    ['Up step', '100 %', '50 %'],
    ['Up period', '15 s', '60 s'],
    ['Up step, pods', '4 pods', '–'],
    ['Up period, pods', '15 s', '60 s'],
    ['Up window', '0 s', '60 s'],
  ]);
  await dialog(page).getByText('Filled in').click();
  assert.match(await dialog(page).innerText(), /Up step: 100 % spec\.behavior\.scaleUp\.policies Kubernetes fills it in/);
  assert.equal(await field(page, 'HPA maximum').inputValue(), '20', 'nothing changes before the reader says so');
  await button(dialog(page), 'Use it here').click();
  await dialog(page).waitFor({ state: 'hidden' });
  assert.equal(await field(page, 'HPA maximum').inputValue(), '33');
  await page.getByText('Read from a HorizontalPodAutoscaler. Undo takes it back').waitFor();
  await button(page, 'Undo').click();
  assert.equal(await field(page, 'HPA maximum').inputValue(), '20');
  await page.waitForFunction(() => location.hash === '#v=2');
});

check('a text that cannot be read says why, and keeps what was typed', {}, async ({ page }) => {
  for (const [text, told] of [
    ['a: [1', /neither YAML nor JSON/],
    ['kind: Secret', /Secret says nothing this calculator models/],
    ['<script>alert(1)</script>', /This is a web page/],
  ]) {
    await paste(page, text);
    assert.match(await dialog(page).getByRole('alert').innerText(), told, text);
    assert.equal(await button(dialog(page), 'Use it here').count(), 0);
    assert.equal(await dialog(page).getByRole('textbox').inputValue(), text);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
  }
});

check('a file of this calculator, dropped on the files, leaves what the reader typed', { hash: '#v=1&requests-per-day=7000' }, async ({ page }) => {
  await page.getByRole('tab', { name: 'policy-config.yaml', exact: true }).click();
  const text = await page.getByRole('tabpanel').getByRole('region').evaluate((code) => code.textContent);
  await field(page, 'Requests').fill('9000');
  await page.getByRole('region', { name: 'Files', exact: true }).evaluate((section, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'policy-config.yaml'));
    section.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, text);
  await dialog(page).getByText('This is a policy pack, made by this calculator').waitFor();
  // The link in its comment would replace what the reader typed: it is told, not laid over it.
  await dialog(page).getByText('Not used').first().waitFor();
});

check('another link is compared, and the patch can be downloaded either way', {}, async ({ page }) => {
  await paste(page, 'https://capacity.example/#v=1&hpa-max=33');
  await dialog(page).getByText('This is a link to a scenario').waitFor();
  const saved = async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), button(dialog(page), 'Download .patch').click()]);
    assert.equal(download.suggestedFilename(), 'capacity-plan.patch');
    return readFile(await download.path(), 'utf8');
  };
  assert.match(await saved(), /^-  maxReplicas: 33.*\n\+  maxReplicas: 20/m);
  await button(dialog(page), 'Swap sides').click();
  assert.match(await saved(), /^-  maxReplicas: 20.*\n\+  maxReplicas: 33/m);
  const patch = dialog(page).getByText('hpa.yaml', { exact: true });
  await patch.click();
  assert.match(await dialog(page).getByRole('region', { name: 'hpa.yaml' }).innerText(), /\+ {2}maxReplicas: 33/);
});

check('what is here already is said to be the same', {}, async ({ page }) => {
  await paste(page, 'kt capacity estimate --requests-per-day 50000');
  await dialog(page).getByText('It says what is here already.').waitFor();
  assert.ok(await button(dialog(page), 'Use it here').isDisabled());
});

check('a fault names the input that causes it and leads there', { hash: '#v=1&hpa-min=30&hpa-max=20' }, async ({ page }) => {
  await page.getByRole('tab', { name: 'hpa.yaml', exact: true }).click();
  await page.getByRole('tabpanel').getByRole('button', { name: 'HPA maximum' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), 'hpa-max');
});

check('on a phone nothing in the dialog is wider than it', { width: 360 }, async ({ page }) => {
  for (const text of ['kind: Secret', hpa, 'https://capacity.example/#v=1&requests-per-day=90000&name=' + 'x'.repeat(120)]) {
    await paste(page, text);
    await dialog(page).locator('.status').first().waitFor();
    const fits = await dialog(page).evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth);
    assert.ok(fits, text.slice(0, 60));
    await page.keyboard.press('Escape');
  }
});
