// The modelled peak as a load test. Run it against a test deployment: it costs tokens.
// k6 run -e GATEWAY=http://kt-gateway:41002 -e TOKEN=… load-test.js
// Planned on 2026-11-23, from this scenario:
// https://capacity.example/#v=2
import http from 'k6/http';
import { check } from 'k6';

const model = __ENV.MODEL || "gpt-4o";
const timeout = '30s';
const parts = [
  {"workload":"All requests","rate":104,"unit":"1m","users":26,"input":1500,"cached":0,"output":800},
];

const gateway = __ENV.GATEWAY || 'http://localhost:41002';
const params = {
  headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${__ENV.TOKEN || ''}` },
  timeout,
};

export const options = {
  scenarios: Object.fromEntries(
    parts.map((part, index) => [
      `workload_${index + 1}`,
      {
        executor: 'ramping-arrival-rate',
        exec: 'ask',
        startRate: 0,
        timeUnit: part.unit,
        stages: [
          { duration: '2m', target: part.rate },
          { duration: '10m', target: part.rate },
        ],
        preAllocatedVUs: part.users,
        env: { PART: String(index) },
        tags: { workload: part.workload },
      },
    ]),
  ),
  thresholds: {
    http_req_failed: ['rate<0.01'],
    http_req_duration: [`p(99)<${parseFloat(timeout) * 1000}`],
    dropped_iterations: ['count==0'],
  },
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
