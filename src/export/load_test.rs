//! `load-test.js`: a k6 script that produces the modelled peak and mix.
//!
//! Names that a reader typed appear only in the data, which is JSON.

use serde::Serialize;

use super::comment::one_line;
use super::{File, Source};
use crate::model::day::SAMPLES;
use crate::say::export::load_test as say;
use crate::scenario::Workload;

/// Seconds of each time unit of k6, the shortest first.
const UNITS: [(&str, f64); 4] = [
    ("1s", 1.0),
    ("1m", 60.0),
    ("1h", 3_600.0),
    ("24h", 86_400.0),
];
/// Rates are whole; from this many in a unit on, rounding stays below half a percent.
const FINE: f64 = 100.0;
/// Quarters of an hour in a day.
const QUARTERS: usize = 96;
/// The most virtual users that one machine runs in k6.
const USERS_EACH_MACHINE: f64 = 20_000.0;

#[derive(Serialize)]
struct Part {
    workload: String,
    rate: u64,
    unit: &'static str,
    users: u64,
    input: u64,
    cached: u64,
    output: u64,
}

pub(super) fn file(source: Source) -> File {
    let parts = parts(&source);
    let users: f64 = parts.iter().map(|part| part.users as f64).sum();
    let model = source.scenario.providers.first();
    let model = model.map_or("", |provider| provider.model.as_str());
    let mut lines: Vec<String> = source
        .head(&[say::ABOUT, say::RUN, say::SUMMARY])
        .iter()
        .map(|line| format!("// {line}"))
        .collect();
    lines.push("import http from 'k6/http';".to_owned());
    lines.push("import { check } from 'k6';".to_owned());
    lines.push("import { Gauge } from 'k6/metrics';".to_owned());
    lines.push(String::new());
    let data = lines.len();
    lines.push(format!("const model = __ENV.MODEL || {};", json(&model)));
    lines.push(format!(
        "const timeout = '{}s';",
        source.scenario.gateway.client_timeout_s
    ));
    lines.push("const parts = [".to_owned());
    lines.extend(parts.iter().map(|part| format!("  {},", json(part))));
    lines.push("];".to_owned());
    lines.push(format!(
        "const day = {};",
        json(&day(&source.plan.day.profile))
    ));
    let planned = (data..lines.len()).collect();
    lines.push(String::new());
    lines.push(SCRIPT.to_owned());
    let mut file = File::plain("load-test.js", "text/javascript");
    file.text = lines.join("\n");
    file.planned_lines = planned;
    file.checked(say::CHECKED, Vec::new())
        .noted(notes(&source, users))
        .lacking(gaps(&source, users))
}

/// Height of the day at the end of each quarter of an hour, over the highest.
fn day(profile: &[f64]) -> Vec<f64> {
    let samples = (SAMPLES / QUARTERS - 1..profile.len()).step_by(SAMPLES / QUARTERS);
    let heights: Vec<f64> = samples.map(|sample| profile[sample]).collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let part = |height: &f64| (height / highest * 1e3).round() / 1e3;
    let is_empty = highest <= 0.0;
    let parts = heights
        .iter()
        .map(|height| if is_empty { 0.0 } else { part(height) });
    parts.collect()
}

/// Each workload that sends anything, at its share of the peak.
fn parts(source: &Source) -> Vec<Part> {
    let demand = &source.plan.demand;
    let workloads = source.scenario.workloads.iter().zip(&demand.workloads);
    let sent = workloads.filter(|(_, plan)| 0.0 < plan.requests_per_day);
    sent.map(|(workload, plan)| {
        let rps = demand.peak_rps * plan.requests_per_day / demand.requests_per_day;
        part(source, workload, rps)
    })
    .collect()
}

fn part(source: &Source, workload: &Workload, rps: f64) -> Part {
    let scenario = source.scenario;
    let fine = UNITS.iter().find(|(_, seconds)| FINE <= rps * seconds);
    let (unit, seconds) = fine.copied().unwrap_or(UNITS[3]);
    let output = workload.max_output_tokens.unwrap_or(workload.output_tokens);
    let held_s = held_s(source, output);
    Part {
        workload: one_line(&workload.name),
        rate: whole((rps * seconds).round()).max(1),
        unit,
        users: whole((rps * held_s * scenario.traffic.headroom).ceil()).max(1),
        input: whole(workload.input_tokens.round()),
        cached: whole((workload.input_tokens * workload.cached_percent / 100.0).round()),
        output: whole(output.round()).max(1),
    }
}

/// How long a request of the test is open: each one goes to a provider at once, whatever the
/// cache or batches would take, and may be answered with all the tokens it asks for.
fn held_s(source: &Source, output_tokens: f64) -> f64 {
    let demand = &source.plan.demand;
    let rows = source.scenario.providers.iter().zip(&source.plan.providers);
    let at_providers: f64 = rows
        .map(|(row, plan)| {
            let before_s = row.ttft_s * demand.attempts + demand.backoff_s;
            plan.share_ratio * (before_s + output_tokens / row.output_tps)
        })
        .sum();
    at_providers + source.scenario.gateway.overhead_ms / 1e3
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, in range and not negative, and the cast saturates"
)]
fn whole(value: f64) -> u64 {
    value as u64
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// The same for every plan.
const SCRIPT: &str = r"const gateway = __ENV.GATEWAY || 'http://localhost:41002';
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
";

fn notes(source: &Source, users: f64) -> Vec<String> {
    vec![
        say::ramp_note(source.plan.demand.peak_rps),
        say::fail_note(users),
        say::COST_NOTE.to_owned(),
    ]
}

fn gaps(source: &Source, users: f64) -> Vec<String> {
    let mut gaps = Vec::new();
    if users == 0.0 {
        gaps.push(say::NOTHING_SENT.to_owned());
    } else if source.plan.demand.peak_rps * 600.0 < 1.0 {
        gaps.push(say::HARDLY_SENT.to_owned());
    }
    if USERS_EACH_MACHINE < users {
        gaps.push(say::too_many_users(users));
    }
    let workloads = &source.scenario.workloads;
    if workloads.iter().any(|w| 0.0 < w.cache_hit_percent) {
        gaps.push(say::NO_CACHE.to_owned());
    }
    if workloads.iter().any(|w| 0.0 < w.batch_percent) {
        gaps.push(say::NO_BATCH.to_owned());
    }
    if source.scenario.traffic.burstiness.total_cmp(&1.0).is_ne() {
        gaps.push(say::NO_BURSTS.to_owned());
    }
    gaps
}
