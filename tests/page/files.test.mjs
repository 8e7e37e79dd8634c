// The generated files: tabs, copy, download, zip, and what is in them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { load, loadAll } from 'js-yaml';
import { button, field, pageTests } from './parts.mjs';

const check = pageTests();
const tabs = [
  'policy-config.yaml', 'policy-config.strict.yaml', 'database.yaml', 'kt command',
  'deployment.yaml', 'service.yaml', 'hpa.yaml', 'pdb.yaml', 'kustomization.yaml', 'keda-scaledobject.yaml',
  'prometheus-rules.yaml', 'prometheus-rules.test.yaml', 'prometheusrule.yaml', 'grafana-dashboard.json', 'load-test.js',
  'report.md', 'plan.csv', 'scenario.json',
];
const panel = (page) => page.getByRole('tabpanel');
const shown = (page) => panel(page).getByRole('region').evaluate((code) => code.textContent);
const tab = (page, name) => page.getByRole('tab', { name, exact: true });
const saved = async (page, press) => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
};

// The guide's manifest, field by field.
const manifest = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'kt-gateway-hpa' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'kt-gateway' },
    minReplicas: 2,
    maxReplicas: 20,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      {
        type: 'Pods',
        pods: {
          metric: { name: 'kt_request_queue_depth' },
          target: { type: 'AverageValue', averageValue: '50' },
        },
      },
    ],
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 60,
        policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
      },
      scaleDown: {
        stabilizationWindowSeconds: 300,
        policies: [{ type: 'Percent', value: 25, periodSeconds: 120 }],
      },
    },
  },
};

check('every tab opens by mouse and by arrow keys', {}, async ({ page }) => {
  assert.deepEqual(await page.getByRole('tab').allInnerTexts(), tabs);
  const texts = new Map();
  for (const name of tabs) {
    await tab(page, name).click();
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), name);
    texts.set(name, await shown(page));
  }
  assert.equal(new Set(texts.values()).size, tabs.length, 'each has a text of its own');

  const last = tabs.length - 1;
  const steps = [['ArrowRight', 0], ['ArrowDown', 1], ['End', last], ['ArrowLeft', last - 1], ['Home', 0], ['ArrowLeft', last]];
  for (const [key, index] of steps) {
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.innerText), tabs[index], key);
    assert.equal(await shown(page), texts.get(tabs[index]), key);
  }
});

check('copy writes exactly the text shown, and says so', { permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page }) => {
  for (const name of tabs) {
    await tab(page, name).click();
    await button(page, 'Copy the file').click();
    await panel(page).getByRole('status').getByText('Copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await shown(page), name);
  }
});

// The three ways a clipboard can be out of reach.
const refusing = () => {
  navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
};
const missing = () => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
for (const [what, init] of [['refused', refusing], ['missing', missing]]) {
  check(`with the clipboard ${what} the text is shown, selected`, { init }, async ({ page }) => {
    await button(page, 'Copy the file').click();
    const area = page.getByLabel('Text to copy');
    await area.waitFor({ timeout: 3_000 });
    await panel(page).getByRole('status').getByText('Ctrl+C').waitFor();
    const selected = await area.evaluate((area) => [
      document.activeElement === area, area.value.slice(area.selectionStart, area.selectionEnd),
    ]);
    assert.deepEqual(selected, [true, await shown(page)]);
    await button(page, 'Copy link').click();
    await page.getByRole('banner').getByLabel('Text to copy').waitFor({ timeout: 3_000 });
    assert.equal(await page.getByRole('banner').getByLabel('Text to copy').inputValue(), page.url());
  });
}

check('a permission that was denied is no dead end', { permissions: [] }, async ({ page, site }) => {
  const session = await site.browser.newBrowserCDPSession();
  const target = await (await page.context().newCDPSession(page)).send('Target.getTargetInfo');
  await session.send('Browser.setPermission', {
    permission: { name: 'clipboard-write' },
    setting: 'denied',
    browserContextId: target.targetInfo.browserContextId,
  });
  await button(page, 'Copy the file').click();
  await page.getByLabel('Text to copy').waitFor({ timeout: 3_000 });
});

check('a download is the text shown, under the name of the tab', {}, async ({ page }) => {
  // One of each type; Chromium takes no more than ten downloads of a page in a row.
  for (const name of ['kt command', 'hpa.yaml', 'grafana-dashboard.json', 'load-test.js', 'report.md', 'plan.csv']) {
    await tab(page, name).click();
    const file = await saved(page, () => panel(page).getByRole('button', { name: 'Download' }).click());
    assert.equal(file.name, name === 'kt command' ? 'kt-command.sh' : name);
    assert.equal(file.bytes.toString('utf8'), await shown(page), name);
  }
});

check('the zip holds every file, and every YAML file can be read', {}, async ({ page }) => {
  await page.getByLabel('Name of the provider OpenAI', { exact: true }).fill('a: "b" #c\n🚀 <x>');
  await field(page, 'Scenario name').fill(`it's: "50 %" #1`);
  const texts = new Map();
  for (const name of tabs) {
    await tab(page, name).click();
    texts.set(name === 'kt command' ? 'kt-command.sh' : name, await shown(page));
  }
  const zip = await saved(page, () => button(page, 'All, .zip').click());
  assert.equal(zip.name, 'capacity-plan.zip');
  const files = unzipSync(zip.bytes);
  assert.deepEqual(Object.keys(files).sort(), ['README.txt', ...texts.keys()].sort());
  for (const [name, bytes] of Object.entries(files)) {
    const text = Buffer.from(bytes).toString('utf8');
    if (texts.has(name)) assert.equal(text, texts.get(name), name);
    else assert.match(text, /hpa\.yaml/, 'the README names the files');
    if (name.endsWith('.yaml')) assert.ok(loadAll(text).every((document) => typeof document === 'object'), name);
  }
});

check('the default autoscaler is the guide’s, field by field', {}, async ({ page }) => {
  await tab(page, 'hpa.yaml').click();
  assert.deepEqual(load(await shown(page)), manifest);
});

check('the files follow the scenario', {}, async ({ page }) => {
  await tab(page, 'hpa.yaml').click();
  await field(page, 'HPA maximum').fill('33');
  assert.equal(load(await shown(page)).spec.maxReplicas, 33);
  await tab(page, 'kt command').click();
  await field(page, 'Requests').fill('60000');
  assert.match(await shown(page), /--requests-per-day 60000 /);
});

check('the pack splits the requests as the weights say', {}, async ({ page }) => {
  await tab(page, 'policy-config.yaml').click();
  const pack = load(await shown(page));
  const text = JSON.stringify(pack);
  assert.match(text, /"weights":\{"openai":60,"azure-openai":25,"anthropic":15\}/);
});

check('a file its target would refuse is held back until it is valid', { hash: '#v=1&hpa-min=30' }, async ({ page }) => {
  await tab(page, 'hpa.yaml').click();
  assert.match(await panel(page).innerText(), /minReplicas|minimum/);
  assert.equal(await button(panel(page), 'Download').count(), 0);
  await page.getByText('hpa.yaml, kustomization.yaml and keda-scaledobject.yaml are held back until they are valid').waitFor();
  const press = () => button(page, 'All, .zip').click();
  const held = Object.keys(unzipSync((await saved(page, press)).bytes));
  assert.ok(held.includes('deployment.yaml'));
  assert.ok(!held.includes('hpa.yaml') && !held.includes('kustomization.yaml'), held.join());
  await field(page, 'HPA maximum').fill('40');
  await button(panel(page), 'Download').waitFor();
  assert.ok(Object.keys(unzipSync((await saved(page, press)).bytes)).includes('hpa.yaml'));
});
