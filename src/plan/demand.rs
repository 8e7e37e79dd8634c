//! Demand: requests and tokens.

use serde::Serialize;

use crate::catalog::guide;
use crate::model::{demand as model, upstream};
use crate::scenario::{Scenario, Workload};

/// What the workloads ask for together, counted at the gateway.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Demand {
    /// Requests a day.
    pub requests_per_day: f64,
    /// Mean tokens of a request, input and output.
    pub tokens_per_request: f64,
    /// Mean input tokens of a request.
    pub input_tokens_per_request: f64,
    /// Mean output tokens of a request.
    pub output_tokens_per_request: f64,
    /// The daily token budget.
    pub tokens_per_day: f64,
    /// Mean rate, requests per second.
    pub mean_rps: f64,
    /// Rate at the peak, requests per second.
    pub peak_rps: f64,
    /// Rate at the peak, requests per minute.
    pub peak_rpm: f64,
    /// Mean tokens per minute.
    pub mean_tpm: f64,
    /// Tokens in the peak minute.
    pub peak_tpm: f64,
    /// Share of the requests that go on to a provider at once: not from the gateway's
    /// cache, and not in a batch.
    pub direct_ratio: f64,
    /// Mean output tokens of these, spread over all requests.
    pub direct_output_tokens_per_request: f64,
    /// Mean tokens of these, input and output, spread over all requests.
    #[serde(skip)]
    pub direct_tokens_per_request: f64,
    /// Calls made on average until one works or the attempts run out.
    pub attempts: f64,
    /// Share of the calls that one of these answers.
    #[serde(skip)]
    pub answered_ratio: f64,
    /// Mean wait between these calls, seconds.
    pub backoff_s: f64,
    /// Calls to providers for each request: the direct ones, tried again where they fail.
    pub calls_per_request: f64,
    /// Each workload's part.
    pub workloads: Vec<WorkloadDemand>,
}

/// One workload's part of the demand.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct WorkloadDemand {
    /// Its name.
    pub name: String,
    /// Requests a day.
    pub requests_per_day: f64,
    /// Tokens a day.
    pub tokens_per_day: f64,
    /// Mean tokens per minute.
    pub mean_tpm: f64,
    /// Tokens in the peak minute.
    pub peak_tpm: f64,
    /// Share of all tokens.
    pub token_share_ratio: f64,
    /// Share of its requests that goes to a provider in batches, at any hour of the day.
    #[serde(skip)]
    pub batched_ratio: f64,
}

pub(super) fn demand(scenario: &Scenario) -> Demand {
    let sum = |part: fn(&Workload) -> f64| -> f64 { scenario.workloads.iter().map(part).sum() };
    let requests_per_day = sum(Workload::requests_per_day);
    let input_per_day = sum(|w| w.requests_per_day() * w.input_tokens);
    let output_per_day = sum(|w| w.requests_per_day() * w.output_tokens);
    let per_request = |tokens: f64| {
        if 0.0 < requests_per_day {
            tokens / requests_per_day
        } else {
            0.0
        }
    };
    let direct_per_day = sum(|w| w.requests_per_day() * w.direct_ratio());
    let direct_output = sum(|w| w.requests_per_day() * w.direct_ratio() * w.output_tokens);
    let direct_input = sum(|w| w.requests_per_day() * w.direct_ratio() * w.input_tokens);
    let retry = &scenario.gateway.retry;
    let failure_ratio = retry.failure_percent / 100.0;
    let attempts = upstream::mean_attempts(failure_ratio, retry.attempts);
    let backoff_s = upstream::mean_backoff_s(
        failure_ratio,
        retry.attempts,
        retry.delay_ms / 1e3,
        guide::RETRY_DELAY_MAX_S,
    );
    let tokens_per_day = input_per_day + output_per_day;
    let peak_multiplier = scenario.traffic.peak_multiplier;
    let mean_rps = model::mean_rps(requests_per_day);
    let peak_rps = model::peak_rps(mean_rps, peak_multiplier);
    let of_all = (tokens_per_day, peak_multiplier);
    let workloads = scenario.workloads.iter().map(|it| part(it, of_all));
    Demand {
        requests_per_day,
        tokens_per_request: per_request(tokens_per_day),
        input_tokens_per_request: per_request(input_per_day),
        output_tokens_per_request: per_request(output_per_day),
        tokens_per_day,
        mean_rps,
        peak_rps,
        peak_rpm: peak_rps * model::SECONDS_PER_MINUTE,
        mean_tpm: tokens_per_day / model::MINUTES_PER_DAY,
        peak_tpm: model::peak_tpm(peak_rps, per_request(tokens_per_day)),
        direct_ratio: per_request(direct_per_day),
        direct_output_tokens_per_request: per_request(direct_output),
        direct_tokens_per_request: per_request(direct_input + direct_output),
        attempts,
        answered_ratio: 1.0 - upstream::failed_ratio(failure_ratio, retry.attempts),
        backoff_s,
        calls_per_request: per_request(direct_per_day) * attempts,
        workloads: workloads.collect(),
    }
}

/// Demand of one workload, with its share of all tokens, at a peak multiplier.
fn part(workload: &Workload, (all, peak_multiplier): (f64, f64)) -> WorkloadDemand {
    let tokens = model::tokens_per_day(
        workload.requests_per_day(),
        workload.input_tokens + workload.output_tokens,
    );
    let mean_tpm = tokens / model::MINUTES_PER_DAY;
    WorkloadDemand {
        name: workload.name.clone(),
        requests_per_day: workload.requests_per_day(),
        tokens_per_day: tokens,
        mean_tpm,
        peak_tpm: mean_tpm * peak_multiplier,
        batched_ratio: workload.batched_ratio(),
        token_share_ratio: if 0.0 < all { tokens / all } else { 0.0 },
    }
}
