// Checks of exported folders that need Node: the k6 script, run with k6's modules stood in for,
// and the operators' objects, read with the types generated from their definitions.
//
//   node tests/tools.mjs FOLDER…
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';

const seconds = { '1s': 1, '1m': 60, '1h': 3600, '24h': 86400 };

for (const folder of process.argv.slice(2)) {
  const read = (name) => readFile(join(folder, name), 'utf8');
  new ScaledObject(load(await read('keda-scaledobject.yaml'))).validate();
  new PrometheusRule(load(await read('prometheusrule.yaml'))).validate();
  await loadTest(folder, await read('load-test.js'), JSON.parse(await read('scenario.json')));
}

async function loadTest(folder, script, scenario) {
  const plain = join(folder, 'load-test.mjs');
  await writeFile(plain, script);
  execFileSync(process.execPath, ['--check', plain]);
  const stood = join(folder, 'load-test.stood-in.mjs');
  const modules =
    'const sent = globalThis.sent;\n' +
    'const http = { post: (url, body, params) => (sent.push({ url, body, params }), { status: 200 }) };\n' +
    'class Gauge { add(value) { globalThis.gateways = value; } }\n' +
    'const check = (answer, checks) => Object.values(checks).forEach((test) => { if (!test(answer)) throw answer; });\n';
  assert.match(script, /^import http from 'k6\/http';$/m);
  const rest = script.replace("import http from 'k6/http';", modules).replace("import { check } from 'k6';", '').replace("import { Gauge } from 'k6/metrics';", '');
  await writeFile(stood, rest);
  globalThis.sent = [];
  globalThis.__ENV = { TOKEN: 't' };
  const { options, ask, setup } = await import(pathToFileURL(stood));
  setup();
  assert.equal(globalThis.gateways, undefined);
  __ENV.GATEWAYS = '3';
  setup();
  assert.equal(globalThis.gateways, 3);
  delete globalThis.gateways;
  __ENV.DAY = '1';
  const whole = (await import(`${pathToFileURL(stood)}?day`)).options;
  delete __ENV.DAY;

  // The planned peak, from the question and not from the script: requests a day over the seconds
  // of a day, times the calls each one makes and the peak over the mean.
  const perDay = (w) => (w.period === 'minute' ? w.requests * 1440 : w.requests) * w.calls;
  const sending = scenario.workloads.filter((w) => perDay(w) > 0);
  const peaks = sending.map((w) => (perDay(w) / 86400) * scenario['peak-multiplier']);
  const parts = Object.values(options.scenarios);
  assert.equal(parts.length, peaks.length, basename(folder));
  parts.forEach((part, index) => {
    const [ramp, hold] = part.stages;
    assert.equal(ramp.target, hold.target);
    assert.ok(Number.isInteger(hold.target) && Number.isInteger(part.preAllocatedVUs));
    const rps = hold.target / seconds[part.timeUnit];
    assert.ok(Math.abs(rps - peaks[index]) <= Math.max(peaks[index] * 0.005, 0.5 / 86400), `${basename(folder)}: ${rps}`);

    // The whole day in an hour: the same peak once, and its shape, whose mean is known.
    const { stages, startRate } = Object.values(whole.scenarios)[index];
    const length = stages.reduce((sum, { duration }) => sum + Number(duration.slice(0, -2)), 0);
    assert.ok(stages.every(({ duration }) => /^\d+ms$/.test(duration)) && length === 3_600_000, `${length} ms`);
    assert.equal(Math.max(...stages.map(({ target }) => target)), hold.target);
    const mean = stages.reduce((sum, { target }) => sum + target, 0) / stages.length;
    const expected = hold.target / scenario['peak-multiplier'];
    assert.ok(Math.abs(mean - expected) <= expected * 0.03 + 0.5, `${basename(folder)}: ${mean}, ${expected}`);
    assert.ok(0 <= startRate && startRate <= hold.target);

    __ENV.PART = part.env.PART;
    ask();
    const { body, params } = globalThis.sent.at(-1);
    const { messages, max_tokens: most } = JSON.parse(body);
    const words = messages[0].content.split(' ').filter(Boolean).length;
    const w = sending[index];
    assert.ok(Math.abs(words - w['avg-input-tokens']) <= 1.5, `${words} words`);
    assert.equal(most, Math.max(1, Math.round(w['max-output-tokens'] ?? w['avg-output-tokens'])));
    assert.equal(params.timeout, `${scenario.timeout}s`);
  });
}
