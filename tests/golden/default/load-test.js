// The modelled peak as a load test. Run it against a test deployment: it costs tokens.
// k6 run -e GATEWAY=http://kt-gateway:41002 -e TOKEN=… load-test.js; with -e DAY=1 the whole day in an hour
// With -e GATEWAYS=2 --summary-export summary.json the calculator reads what two gateways did.
// Planned on 2026-11-23, from this scenario:
// https://capacity.example/#v=2
import http from 'k6/http';
import { check } from 'k6';
import { Gauge } from 'k6/metrics';

const model = __ENV.MODEL || "gpt-4o";
const timeout = '30s';
const parts = [
  {"workload":"All requests","rate":104,"unit":"1m","users":38,"input":1500,"cached":0,"output":800},
];
const day = [0.03,0.028,0.027,0.026,0.026,0.025,0.024,0.023,0.022,0.022,0.021,0.021,0.021,0.021,0.021,0.021,0.021,0.021,0.022,0.022,0.023,0.024,0.026,0.028,0.031,0.038,0.048,0.06,0.076,0.101,0.138,0.183,0.237,0.3,0.375,0.465,0.561,0.653,0.737,0.823,0.901,0.96,0.991,1.0,0.991,0.967,0.927,0.861,0.787,0.727,0.693,0.674,0.668,0.676,0.7,0.747,0.802,0.849,0.878,0.902,0.916,0.914,0.889,0.843,0.783,0.718,0.652,0.577,0.499,0.427,0.363,0.305,0.252,0.207,0.171,0.146,0.126,0.111,0.097,0.088,0.081,0.075,0.069,0.064,0.059,0.055,0.052,0.049,0.047,0.045,0.043,0.04,0.037,0.035,0.033,0.031];
const bounds = {"http_req_failed":["rate<0.07"]};

const gateway = __ENV.GATEWAY || 'http://localhost:41002';
const params = {
  headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${__ENV.TOKEN || ''}` },
  timeout,
};

// How many gateways take the test: the calculator reads it in the summary.
const gateways = new Gauge('gateways');
export function setup() {
  if (__ENV.GATEWAYS) gateways.add(Number(__ENV.GATEWAYS));
}

// With DAY set the whole day passes in an hour, a quarter of an hour in 37.5 s.
const stages = (rate) => (__ENV.DAY
  ? day.map((height) => ({ duration: '37500ms', target: Math.round(rate * height) }))
  : [
    { duration: '2m', target: rate },
    { duration: '10m', target: rate },
  ]);

export const options = {
  scenarios: Object.fromEntries(
    parts.map((part, index) => [
      `workload_${index + 1}`,
      {
        executor: 'ramping-arrival-rate',
        exec: 'ask',
        startRate: __ENV.DAY ? Math.round(part.rate * day[0]) : 0,
        timeUnit: part.unit,
        stages: stages(part.rate),
        preAllocatedVUs: part.users,
        env: { PART: String(index) },
        tags: { workload: part.workload },
      },
    ]),
  ),
  // What the model expects, with a margin.
  thresholds: { ...bounds, dropped_iterations: ['count==0'] },
};

// About one token a word. The first words are the same in every request, so that a provider can
// cache them; the rest begins with a number of its own.
function prompt(part) {
  const own = Math.max(part.input - part.cached, 0);
  return `${'the '.repeat(part.cached)}${own ? `${Math.random()} ${'of '.repeat(own)}` : ''}`;
}

export function ask() {
  const part = parts[Number(__ENV.PART)];
  const body = {
    model,
    max_tokens: part.output,
    messages: [{ role: 'user', content: prompt(part) }],
  };
  const answer = http.post(`${gateway}/v1/chat/completions`, JSON.stringify(body), params);
  check(answer, {
    'is answered': ({ status }) => status === 200,
    'is not refused': ({ status }) => status !== 429,
  });
}
