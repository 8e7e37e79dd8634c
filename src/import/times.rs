//! Times to answer at the providers, from those measured in a usage export.

use super::called::{called_providers, rows_called};
use crate::scenario::property::{Entry, OUTPUT_TPS, TTFT};
use crate::scenario::{Provider, Scenario};
use crate::traffic::{Called, Digest};

/// Part of a measured mean time that the first token takes, where its guess is longer than all.
const PART_OF_FIRST: f64 = 0.5;

/// Times of one provider: to the first token, and speed of the output after it. The mean answer
/// takes the measured time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredTimes {
    /// Index of the provider.
    pub row: usize,
    /// Time to the first token, seconds.
    pub ttft_s: f64,
    /// Output tokens per second.
    pub output_tps: f64,
    /// Measured mean time to the whole answer, seconds.
    pub answer_s: f64,
    /// Whether the file tells the time to the first token. Otherwise it is the scenario's, or part
    /// of a mean answer that takes no longer.
    pub is_ttft_measured: bool,
}

impl MeasuredTimes {
    /// Sets the time to the first token.
    pub fn put_ttft(&self, provider: &mut Provider) {
        TTFT.put(provider, Entry::from(Some(self.ttft_s)));
    }

    /// Sets the speed of the output; with it the time to the first token, unless that is measured:
    /// the two give the mean time together.
    pub fn put_tps(&self, provider: &mut Provider) {
        OUTPUT_TPS.put(provider, Entry::from(Some(self.output_tps)));
        if !self.is_ttft_measured {
            self.put_ttft(provider);
        }
    }

    /// Sets both.
    pub fn put(&self, provider: &mut Provider) {
        self.put_ttft(provider);
        self.put_tps(provider);
    }
}

/// The times of the scenario's providers: those of their own models, if the file tells whom it
/// called; of all requests otherwise. None without a duration in the file.
pub fn measured_times(digest: &Digest, scenario: &Scenario) -> Vec<MeasuredTimes> {
    let is_told = !called_providers(digest).is_empty();
    let called = rows_called(digest, &scenario.providers);
    let ways = scenario.ways();
    let rows = scenario.providers.iter().enumerate();
    let times = rows.filter_map(|(row, provider)| {
        let (answer_s, first_s) = if is_told {
            let calls = digest.called.iter().zip(&called);
            let own = calls.filter(|(_, at)| **at == Some(row));
            let own: Vec<&Called> = own.map(|(call, _)| call).collect();
            (
                mean(&own, |call| call.latency_s),
                mean(&own, |call| call.first_token_s),
            )
        } else {
            (digest.latency_s, digest.first_token_s)
        };
        let output = output_tokens(scenario, ways.get(row)?);
        fitted(provider, row, output, (answer_s?, first_s))
    });
    times.collect()
}

/// Gives the scenario's providers their measured times; those.
pub fn with_times(digest: &Digest, scenario: &mut Scenario) -> Vec<MeasuredTimes> {
    let times = measured_times(digest, scenario);
    for of in &times {
        of.put(&mut scenario.providers[of.row]);
    }
    times
}

/// Mean over callees, by their shares.
fn mean(calls: &[&Called], of: fn(&Called) -> Option<f64>) -> Option<f64> {
    let told = calls
        .iter()
        .filter_map(|call| Some((of(call)?, call.share_ratio)));
    let (sum, shares) = told.fold((0.0, 0.0), |(sum, shares), (value, share)| {
        (sum + value * share, shares + share)
    });
    (0.0 < shares).then(|| sum / shares)
}

/// Mean output tokens of the requests that may go to a provider.
fn output_tokens(scenario: &Scenario, may_go: &[bool]) -> f64 {
    let own = scenario.workloads.iter().zip(may_go);
    let own = own.filter(|(_, may_go)| **may_go).map(|(workload, _)| {
        let requests = workload.requests_per_day() * workload.direct_ratio();
        (requests, requests * workload.output_tokens)
    });
    let (requests, tokens) = own.fold((0.0, 0.0), |(a, b), (requests, tokens)| {
        (a + requests, b + tokens)
    });
    if 0.0 < requests {
        tokens / requests
    } else {
        0.0
    }
}

fn fitted(
    provider: &Provider,
    row: usize,
    output: f64,
    (answer_s, first_s): (f64, Option<f64>),
) -> Option<MeasuredTimes> {
    let first_s = first_s.filter(|first_s| *first_s < answer_s);
    let guess_s = if provider.ttft_s < answer_s {
        provider.ttft_s
    } else {
        answer_s * PART_OF_FIRST
    };
    let ttft_s = first_s.unwrap_or(guess_s);
    let ttft_s = four_digits(ttft_s);
    let output_tps = four_digits(output / (answer_s - ttft_s));
    let is_allowed =
        TTFT.spec().check(ttft_s).is_ok() && OUTPUT_TPS.spec().check(output_tps).is_ok();
    is_allowed.then_some(MeasuredTimes {
        row,
        ttft_s,
        output_tps,
        answer_s,
        is_ttft_measured: first_s.is_some(),
    })
}

fn four_digits(value: f64) -> f64 {
    let places = 3.0 - libm::floor(libm::log10(value));
    let parts = libm::pow(10.0, places.max(0.0));
    if value.is_finite() && 0.0 < value {
        libm::round(value * parts) / parts
    } else {
        value
    }
}
