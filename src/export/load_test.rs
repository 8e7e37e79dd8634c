//! `load-test.js`: a k6 script that produces the modelled peak and mix.
//!
//! Users' own names appear only in the data, which is JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::comment::name_line;
use super::{File, Source};
use crate::model::day::SAMPLES;
use crate::plan::{answer_times, tested};
use crate::say::export::load_test as say;
use crate::scenario::Workload;

/// Time units of k6 in seconds, shortest first.
const UNITS: [(&str, f64); 4] = [
    ("1s", 1.0),
    ("1m", 60.0),
    ("1h", 3_600.0),
    ("24h", 86_400.0),
];
/// Minimum rate per unit: k6 takes whole rates, and from here rounding errs by less than 0.5 %.
const FINE: f64 = 100.0;
/// Quarter hours per day.
const QUARTERS: usize = 96;
/// Time at the peak, in seconds.
const HELD_S: f64 = 600.0;
/// Relative standard errors of the 95th and 99th percentile over one request: √(p(1 − p)) over
/// density × quantile, of lognormal times with a standard deviation equal to their mean.
const ERROR_95: f64 = 1.76;
const ERROR_99: f64 = 3.1;
/// Maximum number of virtual users per k6 machine.
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
    let bounds = Bounds::of(&source);
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
    lines.push(format!("const bounds = {};", json(&bounds.thresholds())));
    let planned = (data..lines.len()).collect();
    lines.push(String::new());
    lines.push(SCRIPT.to_owned());
    let mut file = File::plain("load-test.js", "text/javascript");
    file.text = lines.join("\n");
    file.planned_lines = planned;
    file.checked(say::CHECKED, Vec::new())
        .noted(notes(&source, users, &bounds))
        .lacking(gaps(&source, users))
}

/// Traffic at the end of each quarter hour, relative to the highest.
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

/// Load per workload that sends anything, at its share of the peak.
fn parts(source: &Source) -> Vec<Part> {
    let demand = &source.plan.demand;
    let workloads = source.scenario.workloads.iter().zip(&demand.workloads);
    let sent = workloads
        .enumerate()
        .filter(|(_, (_, plan))| 0.0 < plan.requests_per_day);
    sent.map(|(index, (workload, plan))| {
        let rps = demand.peak_rps * plan.requests_per_day / demand.requests_per_day;
        part(source, (index, workload), rps)
    })
    .collect()
}

fn part(source: &Source, (index, workload): (usize, &Workload), rps: f64) -> Part {
    let scenario = source.scenario;
    let fine = UNITS.iter().find(|(_, seconds)| FINE <= rps * seconds);
    let (unit, seconds) = fine.copied().unwrap_or(UNITS[3]);
    let output = longest(workload);
    let held = rps * held_s(source, index, output);
    // Peaks in open requests exceed the mean by up to five times its square root.
    let most = (held * scenario.traffic.headroom).max(held + 5.0 * held.sqrt());
    Part {
        workload: name_line(&workload.name),
        rate: whole((rps * seconds).round()).max(1),
        unit,
        users: whole(most.ceil()).max(1),
        input: whole(workload.input_tokens.round()),
        cached: whole((workload.input_tokens * workload.cached_percent / 100.0).round()),
        output: whole(output.round()).max(1),
    }
}

/// Maximum output tokens that a test request asks for; an answer may use all of them.
fn longest(workload: &Workload) -> f64 {
    workload.max_output_tokens.unwrap_or(workload.output_tokens)
}

/// Mean time a request of a workload stays open in the test, in seconds.
fn held_s(source: &Source, workload: usize, output_tokens: f64) -> f64 {
    let times = times(source, workload, output_tokens);
    times.map(|(share, held_s)| share * held_s).sum()
}

/// Share of each provider in a workload, and seconds a request stays open there. Each request goes
/// to a provider at once, even if the cache or a batch would take it.
fn times(source: &Source, workload: usize, output_tokens: f64) -> impl Iterator<Item = (f64, f64)> {
    let (scenario, plan) = (source.scenario, source.plan);
    let asked = (workload, output_tokens);
    answer_times(scenario, &plan.demand, &plan.providers, asked)
}

/// Thresholds of the test: modelled values with a margin that also covers chance.
struct Bounds {
    failed_ratio: f64,
    p95_s: Option<f64>,
    p99_s: Option<f64>,
}

impl Bounds {
    fn of(source: &Source) -> Self {
        let (scenario, plan) = (source.scenario, source.plan);
        let demand = &plan.demand;
        let mut kinds = Vec::new();
        let workloads = scenario.workloads.iter().zip(&demand.workloads);
        for (index, (workload, own)) in workloads.enumerate() {
            let part = own.requests_per_day / demand.requests_per_day.max(f64::MIN_POSITIVE);
            let times = times(source, index, longest(workload));
            kinds.extend(times.map(|(share, held_s)| (part * share, held_s)));
        }
        let told = tested(scenario, (&plan.gateway, &plan.queue), &kinds);
        let sent = (demand.peak_rps * HELD_S).max(1.0);
        let within = |time_s: Option<f64>, error: f64| {
            let margin = (3.0 * error / sent.sqrt()).max(0.25);
            let most_s = time_s.map(|time_s| (time_s * (1.0 + margin) * 10.0).ceil() / 10.0);
            most_s.filter(|most_s| *most_s < scenario.gateway.client_timeout_s)
        };
        let failed = told.failed_ratio;
        let chance = 3.0 * (failed * (1.0 - failed) / sent).sqrt();
        let failed_ratio = failed + (0.5 * failed).max(chance).max(0.01);
        Self {
            failed_ratio: ((failed_ratio * 1e3).ceil() / 1e3).min(1.0),
            p95_s: within(told.p95_s, ERROR_95),
            p99_s: within(told.p99_s, ERROR_99),
        }
    }

    /// Thresholds in k6's notation.
    fn thresholds(&self) -> BTreeMap<&'static str, Vec<String>> {
        let times = [("95", self.p95_s), ("99", self.p99_s)];
        let times = times.into_iter().filter_map(|(share, time_s)| {
            let most_ms = (time_s? * 1e3).round();
            Some(format!("p({share})<{most_ms}"))
        });
        let failed = vec![format!("rate<{}", self.failed_ratio)];
        let mut all = BTreeMap::from([("http_req_failed", failed)]);
        let times: Vec<String> = times.collect();
        if !times.is_empty() {
            all.insert("http_req_duration", times);
        }
        all
    }
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

/// Script, identical for every plan.
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
";

fn notes(source: &Source, users: f64, bounds: &Bounds) -> Vec<String> {
    vec![
        say::ramp_note(source.plan.demand.peak_rps),
        say::fail_note(users, bounds.failed_ratio, [bounds.p95_s, bounds.p99_s]),
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
