//! Summary of a k6 run: the file of `--summary-export`, or the data of `handleSummary`.
//!
//! A run measures three assumptions of a scenario: throughput per gateway, share of failed calls,
//! and response time.

use super::fact::Facts;
use super::kind::Kind;
use super::lay::Task;
use super::leftover::leftovers;
use super::lines::Document;
use super::reading::{Reading, Taken};
use super::value::{at, number};
use crate::model::digits;
use crate::plan::{Plan, answer_times, evaluate, outline};
use crate::say::tested as say;
use crate::scenario::Scenario;
use crate::scenario::property::{FAILURES, GATEWAY_RPS, Number, OUTPUT_TPS, TTFT};

/// Check in our own script that fails if a request is rejected with 429.
const NOT_REFUSED: &str = "is not refused";
/// Metrics used as far as possible.
const USED: [&str; 4] = [
    "metrics.http_reqs",
    "metrics.http_req_failed",
    "metrics.http_req_duration",
    ANSWERED,
];
/// Metric of the durations of successful responses.
const ANSWERED: &str = "metrics.http_req_duration{expected_response:true}";

/// Overlays a summary on the tested scenario.
pub(super) fn read(document: &Document, task: &Task) -> Reading {
    let mut run = Run {
        document,
        plan: outline(task.base, task.today),
        facts: Facts::default(),
        reading: Reading::of(Some(Kind::LoadTest), task.base.clone()),
    };
    run.facts.understood = USED.map(str::to_owned).to_vec();
    let failed = run.value("metrics.http_req_failed", &["value", "rate"]);
    let failed_ratio = failed
        .as_ref()
        .map_or(0.0, |(_, ratio)| ratio.clamp(0.0, 1.0));
    let is_answered = failed_ratio < 1.0;
    run.rate(failed_ratio);
    if let Some((place, _)) = failed {
        run.failures(&place, failed_ratio);
    }
    // Failed calls are retried, which takes time.
    run.plan = outline(&run.reading.scenario, task.today);
    if is_answered {
        run.times();
    }
    run.others();
    let (left, alike) = leftovers(document, None, &run.facts);
    run.reading.left.extend(left);
    run.reading.alike.extend(alike);
    run.reading
}

struct Run<'a> {
    document: &'a Document,
    plan: Plan,
    facts: Facts,
    reading: Reading,
}

impl Run<'_> {
    /// Value of a metric under one of these names, with its place.
    fn value(&self, metric: &str, names: &[&str]) -> Option<(String, f64)> {
        let places = names.iter().flat_map(|name| {
            let inner = ["", "values."];
            inner.map(|inner| [metric, ".", inner, name].concat())
        });
        let mut found = places.filter_map(|place| {
            let value = number(at(&self.document.value, &place)?)?;
            Some((place, value))
        });
        found.find(|(_, value)| 0.0 <= *value)
    }

    /// Sets the measured throughput per gateway.
    fn rate(&mut self, failed_ratio: f64) {
        let Some((place, rps)) = self.value("metrics.http_reqs", &["rate"]) else {
            return;
        };
        if 1.0 <= failed_ratio {
            self.facts.unused(place, say::NOTHING_ANSWERED);
            return;
        }
        let counted = self.value("metrics.gateways", &["value"]);
        let counted = counted.filter(|(_, gateways)| 1.0 <= *gateways);
        if counted.is_some() {
            self.facts.understood.push("metrics.gateways".to_owned());
        }
        let planned = f64::from(self.plan.gateway.instances.max(1));
        let gateways = counted.as_ref().map_or(planned, |(_, gateways)| *gateways);
        let answered = rps * (1.0 - failed_ratio);
        let note = say::rate(answered, gateways, counted.is_some());
        let note = if failed_ratio <= 0.0 {
            [&note, say::ONLY_SENT].concat()
        } else {
            note
        };
        self.take(&place, &GATEWAY_RPS, rounded(answered / gateways), &note);
    }

    /// Sets the share of failed calls so that the share after all attempts is as measured, without
    /// 429 responses, which are due to limits.
    fn failures(&mut self, place: &str, failed_ratio: f64) {
        let refused_ratio = self.refused_ratio().unwrap_or(0.0).min(failed_ratio);
        if 0.0 < refused_ratio {
            self.refused(refused_ratio);
        }
        let other_ratio = failed_ratio - refused_ratio;
        let attempts = self.reading.scenario.gateway.retry.attempts.max(1);
        if other_ratio <= 0.0 && 1 < attempts {
            self.facts.unused(place, say::no_failures(attempts));
            return;
        }
        let each = libm::pow(other_ratio, 1.0 / f64::from(attempts));
        let percent = rounded(each * 100.0);
        let mut note = say::failures(other_ratio, attempts);
        if FAILURES.spec().check(percent).is_err() {
            note.push_str(say::MORE_THAN_PLANNED);
            self.facts.unused(place, note);
            return;
        }
        self.take(place, &FAILURES, percent, &note);
    }

    /// Compares the share rejected by limits with the model: no input sets it, and a difference
    /// shows how far the plan's limits are from the provider's. A test of minutes only reaches
    /// per-minute limits, so the model excludes daily, monthly and spending limits.
    fn refused(&mut self, ratio: f64) {
        const PLACE: &str = "root_group";
        self.facts.understood.push(PLACE.to_owned());
        let plan = evaluate(&of_minutes(&self.reading.scenario), self.plan.today);
        self.reading.taken.push(Taken {
            object: String::new(),
            place: PLACE.to_owned(),
            line: self.document.lines.at(PLACE),
            label: say::REFUSED.to_owned(),
            value: say::percent(ratio),
            note: Some(say::refused(plan.queue.limited_ratio)),
        });
    }

    /// Share of requests rejected, by the check of our script.
    fn refused_ratio(&self) -> Option<f64> {
        let checks = &self.document.value["root_group"]["checks"];
        let listed = checks.as_array().into_iter().flatten();
        let named = checks.get(NOT_REFUSED).into_iter();
        let mut all = named.chain(listed.filter(|check| check["name"] == NOT_REFUSED));
        let check = all.next()?;
        let (passes, fails) = (number(&check["passes"])?, number(&check["fails"])?);
        (0.0 < passes + fails).then(|| fails / (passes + fails))
    }

    /// Scales the speeds of all providers by one factor, so that the mean response time is as
    /// measured.
    fn times(&mut self) {
        let whole = || self.value("metrics.http_req_duration", &["avg"]);
        let Some((place, mean_ms)) = self.value(ANSWERED, &["avg"]).or_else(whole) else {
            return;
        };
        self.latest();
        match self.factor(mean_ms / 1e3) {
            Some(factor) => self.speeds(&place, factor, &say::times(mean_ms / 1e3)),
            None => self.facts.unused(place, say::TOO_SHORT),
        }
    }

    /// Reports the 95th percentile beside the clients' timeout.
    fn latest(&mut self) {
        let metrics = [ANSWERED, "metrics.http_req_duration"];
        let mut all = metrics
            .iter()
            .filter_map(|metric| self.value(metric, &["p(95)"]));
        if let Some((place, p95_ms)) = all.next() {
            let timeout_s = self.reading.scenario.gateway.client_timeout_s;
            self.facts
                .unused(place, say::latest(p95_ms / 1e3, timeout_s));
        }
    }

    /// Ratio of measured to modelled time at the providers.
    fn factor(&self, mean_s: f64) -> Option<f64> {
        let (scenario, demand) = (&self.reading.scenario, &self.plan.demand);
        let around_s = scenario.gateway.overhead_ms / 1e3 + demand.backoff_s;
        let workloads = scenario.workloads.iter().zip(&demand.workloads);
        let at_providers = workloads.enumerate().map(|(index, (workload, plan))| {
            let asked = (index, workload.output_tokens);
            let held = answer_times(scenario, demand, &self.plan.providers, asked);
            let time_s: f64 = held
                .map(|(share, held_s)| share * (held_s - around_s))
                .sum();
            plan.requests_per_day * time_s
        });
        let modelled_s = at_providers.sum::<f64>() / demand.requests_per_day;
        let factor = (mean_s - around_s) / modelled_s;
        (factor.is_finite() && 0.0 < factor).then_some(factor)
    }

    fn speeds(&mut self, place: &str, factor: f64, note: &str) {
        let shares: Vec<f64> = self
            .plan
            .providers
            .iter()
            .map(|plan| plan.share_ratio)
            .collect();
        let rows = self.reading.scenario.providers.iter_mut().zip(shares);
        for (row, _) in rows.filter(|(_, share)| 0.0 < *share) {
            let speeds = [
                (&TTFT, row.ttft_s * factor),
                (&OUTPUT_TPS, row.output_tps / factor),
            ];
            for (number, value) in speeds {
                let value = rounded(value).clamp(number.low, number.high);
                (number.set)(row, Some(value));
                let taken = taken(self.document, place, number, value, note);
                let object = row.name.clone();
                self.reading.taken.push(Taken { object, ..taken });
            }
        }
    }

    fn take(&mut self, place: &str, number: &'static Number<Scenario>, value: f64, note: &str) {
        if number.spec().check(value).is_err() {
            self.facts.unused(place, super::value::allowed(number));
            return;
        }
        (number.set)(&mut self.reading.scenario, Some(value));
        let taken = taken(self.document, place, number, value, note);
        self.reading.taken.push(taken);
    }

    /// Reports the values specific to the run.
    fn others(&mut self) {
        let whole = self.document.value.as_object().into_iter().flatten();
        let parts = whole
            .filter(|(key, _)| *key != "metrics")
            .map(|(key, _)| key.clone());
        let metrics = self.document.value["metrics"]
            .as_object()
            .into_iter()
            .flatten();
        let metrics = metrics.map(|(key, _)| ["metrics.", key].concat());
        for place in parts.chain(metrics).collect::<Vec<_>>() {
            let told = self.facts.unused.iter().map(|(place, _)| place);
            let known = self.facts.understood.iter().chain(told);
            if known.into_iter().any(|known| *known == place) {
                continue;
            }
            let is_late = place == "metrics.dropped_iterations";
            let why = if is_late {
                say::DROPPED
            } else {
                say::OF_THE_RUN
            };
            self.facts.unused(place, why);
        }
    }
}

fn taken<S>(document: &Document, place: &str, number: &Number<S>, value: f64, note: &str) -> Taken {
    Taken {
        object: String::new(),
        place: place.to_owned(),
        line: document.lines.at(place),
        label: number.label.to_owned(),
        value: format!("{} {}", digits::shortest(value), number.unit),
        note: Some(note.to_owned()),
    }
}

/// Scenario without limits that a test of minutes cannot reach.
fn of_minutes(scenario: &Scenario) -> Scenario {
    let mut scenario = scenario.clone();
    for row in &mut scenario.providers {
        let limits = &mut row.limits;
        (limits.rpd, limits.tpd) = (None, None);
        (limits.requests_per_month, limits.tokens_per_month) = (None, None);
        (limits.usd_per_month, limits.usd_per_10_min) = (None, None);
    }
    scenario
}

/// Value with three digits, the precision of a run of minutes.
fn rounded(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return value;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)) - 2.0);
    let steps = libm::round(value / unit);
    if unit < 1.0 {
        steps / libm::round(1.0 / unit)
    } else {
        steps * unit
    }
}
