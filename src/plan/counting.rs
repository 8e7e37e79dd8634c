//! A provider as the plan sees it: the mean request and the largest one, counted the provider's
//! way.

use std::rc::Rc;

use super::counted::{Counted, OneRequest, Tokens};
use super::list_price::{batches_usd, list_usd};
use super::pods::Pods;
use super::standing::{Beside, Standing};
use super::streams::Part;
use super::{Demand, LimitKind};
use crate::catalog::model_kind::ModelKind;
use crate::catalog::provider::{Counting, Model, Tier, Vendor};
use crate::catalog::ratio;
use crate::model::demand::SECONDS_PER_MINUTE;
use crate::model::provisioned;
use crate::scenario::{Limits, Provider, Scenario, Workload};

/// A provider as the plan sees it: looked up and counted once for all who ask. What a
/// fix may change of it stands beside it, so that a change is tried on a copy.
#[derive(Debug, Clone)]
pub(crate) struct CountedRow<'a> {
    pub(super) provider: &'a Provider,
    pub(super) vendor: &'static Vendor,
    pub(super) model: Option<&'static Model>,
    /// Catalogue tier that the account's limits come from, if any.
    pub(super) tier: Option<&'static Tier>,
    /// Output kind of the model.
    pub(super) kind: ModelKind,
    pub(super) tokens: Counted,
    /// Share of each stream of requests that it is counted for; none where all count alike.
    pub(super) mix: Option<Rc<[f64]>>,
    pub(super) weight: f64,
    pub(super) limits: Limits,
    /// Limits above the tier's that its organization has, by kind.
    pub(super) agreed: Option<Rc<Beside>>,
    pub(super) units: Option<f64>,
    /// Pods that count one of the gateway's own limits.
    pub(super) pods: Pods,
    /// Position among the other rows.
    pub(super) at: Standing,
}

impl CountedRow<'_> {
    /// Shares of a workload's requests that the row is counted for, among so many workloads.
    pub(super) fn part(&self, workload: usize, workloads: usize) -> Part {
        let mix = self.mix.as_ref();
        mix.map_or(Part::ALL, |mix| Part::of(mix, workload, workloads))
    }

    /// A mean request of what a limit of a kind judges.
    pub(super) fn judged(&self, kind: LimitKind) -> &Counted {
        self.at
            .asked(kind)
            .map_or(&self.tokens, |(counted, _)| counted)
    }

    /// Requests per 1,000 tokens, if the vendor couples the two limits.
    pub(super) fn requests_per_1000_tokens(&self) -> Option<f64> {
        ratio::requests_per_1000_tokens(self.vendor.id, &self.provider.model)
    }
}

/// Sums of tokens and of squared tokens.
#[derive(Clone, Copy, Default)]
struct Sum {
    tokens: f64,
    squares: f64,
}

impl Sum {
    fn add(&mut self, requests: f64, tokens: f64) {
        self.tokens += requests * tokens;
        self.squares += requests * tokens * tokens;
    }

    fn tokens(self, per_request: f64) -> Tokens {
        Tokens {
            mean: self.tokens * per_request,
            size: if 0.0 < self.tokens {
                self.squares / self.tokens
            } else {
                0.0
            },
        }
    }
}

/// Amounts that a request of a workload counts for at a provider.
pub(super) struct Request {
    one: OneRequest,
    output: f64,
    /// Tokens counted together after the reservation is released.
    settled: f64,
    /// Seconds × tokens reserved beyond the settled amount.
    pub(super) standing_s: f64,
    /// Seconds × weighted tokens reserved, for reserved throughput.
    pub(super) unit_standing_s: f64,
}

/// Output that a provider reserves for a request: `max_tokens`, at least the mean output. Providers
/// that correct later reserve the model's maximum if none is sent.
pub(super) fn reserved_answer(workload: &Workload, provider: &Provider) -> f64 {
    let sent = workload.max_output_tokens;
    let assumed = provider
        .answer_max
        .filter(|_| assumes_longest(workload, provider));
    sent.or(assumed).unwrap_or(0.0).max(workload.output_tokens)
}

/// Whether the model's maximum output is reserved because no `max_tokens` is sent.
fn assumes_longest(workload: &Workload, provider: &Provider) -> bool {
    let is_asked = 0.0 < workload.output_tokens && workload.max_output_tokens.is_none();
    is_asked && provider.counting == Counting::Corrected
}

pub(super) fn request(
    workload: &Workload,
    provider: &Provider,
    vendor: &Vendor,
    demand: &Demand,
) -> Request {
    let cached_ratio = if vendor.counts_cached {
        0.0
    } else {
        workload.cached_percent / 100.0
    };
    let input = workload.input_tokens * (1.0 - cached_ratio);
    let (output, weight) = (workload.output_tokens, provider.output_weight);
    let answer = reserved_answer(workload, provider);
    let (arrival, counted, settled) = match provider.counting {
        Counting::Input => (input, output, input),
        Counting::Reserved => {
            let both = input + answer * weight;
            (both, answer, both)
        }
        Counting::Corrected => {
            let settled = input + output * weight;
            (workload.input_tokens + answer, output, settled)
        }
        Counting::Produced => (input, output, input + output * weight),
    };
    let answer_s = demand.answered_ratio * output / provider.output_tps;
    let held_s = provider.ttft_s * demand.attempts + answer_s;
    let standing_s = if provider.counting == Counting::Corrected {
        held_s * (arrival - settled).max(0.0)
    } else {
        0.0
    };
    Request {
        one: OneRequest {
            input,
            arrival,
            total: workload.input_tokens + workload.max_output_tokens.unwrap_or(0.0).max(output),
            answer: workload.max_output_tokens.unwrap_or(0.0).max(output),
            day: settled.max(arrival),
            usd: list_usd(workload, provider),
        },
        output: counted,
        settled,
        standing_s,
        // Units reserve the `max_tokens` sent, and release the unused part.
        unit_standing_s: held_s
            * (workload.max_output_tokens.unwrap_or(0.0) - output).max(0.0)
            * provider.unit.output_weight,
    }
}

impl OneRequest {
    /// Amounts that a request of a workload counts for at a provider.
    pub(super) fn of(
        workload: &Workload,
        provider: &Provider,
        vendor: &Vendor,
        demand: &Demand,
    ) -> Self {
        request(workload, provider, vendor, demand).one
    }

    /// The request in a batch: the batch queue counts its input; no limit per minute or day counts
    /// it.
    pub(super) fn in_batch(self, workload: &Workload, provider: &Provider) -> Self {
        Self {
            input: workload.input_tokens,
            arrival: 0.0,
            day: 0.0,
            usd: batches_usd(1.0, workload, provider),
            ..self
        }
    }

    fn larger(self, other: Self) -> Self {
        Self {
            input: self.input.max(other.input),
            arrival: self.arrival.max(other.arrival),
            total: self.total.max(other.total),
            answer: self.answer.max(other.answer),
            day: self.day.max(other.day),
            usd: self.usd.max(other.usd),
        }
    }
}

/// Mean request at this provider, for a part of each workload, without requests refused for their
/// size.
pub(super) fn counted_tokens(
    scenario: &Scenario,
    provider: &Provider,
    demand: &Demand,
    (part, takes): (impl Fn(usize) -> Part, impl Fn(OneRequest) -> bool),
) -> Counted {
    let (unit, vendor) = (unit_of(provider), provider.vendor_row());
    let [mut input, mut output, mut combined] = [Sum::default(); 3];
    let [mut requests, mut weighted, mut standing, mut unit_standing] = [0.0; 4];
    let [mut batched, mut batched_requests, mut usd, mut usd_direct] = [0.0; 4];
    let [mut largest, mut largest_in_batch] = [OneRequest::default(); 2];
    let (mut sent, mut direct_output, mut at_once, mut assumed) = (0.0, 0.0, (0.0, 0.0), None);
    for (index, workload) in scenario.workloads.iter().enumerate() {
        let (all, part) = (workload.requests_per_day(), part(index));
        let direct = all * part.live * workload.direct_ratio();
        let in_batches = all * part.batched * workload.batched_ratio();
        let counts = request(workload, provider, vendor, demand);
        // Where both parts are alike this adds nothing, not even rounding.
        requests += all * part.live + all * (part.batched - part.live) * workload.batched_ratio();
        sent += direct;
        direct_output += direct * workload.output_tokens;
        if 0.0 < direct {
            largest = largest.larger(counts.one);
        }
        if 0.0 < direct && assumes_longest(workload, provider) {
            assumed = provider.answer_max;
        }
        let direct = if takes(counts.one) { direct } else { 0.0 };
        at_once.0 += direct;
        at_once.1 += direct * workload.output_tokens;
        input.add(direct, counts.one.input);
        output.add(direct, counts.output);
        combined.add(direct, counts.settled);
        standing += direct * counts.standing_s / SECONDS_PER_MINUTE;
        unit_standing += direct * counts.unit_standing_s / SECONDS_PER_MINUTE;
        weighted += weighted_tokens(direct, workload, unit);
        batched += in_batches * workload.input_tokens;
        batched_requests += in_batches;
        usd_direct += direct * demand.answered_ratio * counts.one.usd;
        usd += batches_usd(in_batches, workload, provider);
        if 0.0 < in_batches {
            largest_in_batch = largest_in_batch.larger(counts.one.in_batch(workload, provider));
        }
    }
    let a_request = if 0.0 < requests { 1.0 / requests } else { 0.0 };
    let each_try = a_request * demand.attempts;
    let daily = combined.tokens * each_try;
    // What stands reserved is counted over all tries already.
    let mut combined = combined.tokens(each_try);
    combined.mean += standing * a_request;
    Counted {
        calls: sent * each_try,
        direct_ratio: sent * a_request,
        direct_output: direct_output * a_request,
        at_once: (at_once.0 * a_request, at_once.1 * a_request),
        input: input.tokens(each_try),
        output: output.tokens(each_try),
        combined,
        daily,
        daily_calls: sent * each_try,
        weighted: weighted * each_try + unit_standing * a_request,
        batched: batched * a_request,
        batched_requests: batched_requests * a_request,
        usd: (usd + usd_direct) * a_request,
        usd_direct: usd_direct * a_request,
        largest,
        largest_in_batch,
        assumed_answer: assumed,
    }
}

/// Input-equivalent tokens that requests of a workload count for with reserved throughput.
fn weighted_tokens(requests: f64, workload: &Workload, unit: provisioned::Unit) -> f64 {
    let load = provisioned::Load {
        input_tpm: requests * workload.input_tokens,
        cached_ratio: workload.cached_percent / 100.0,
        output_tpm: requests * workload.output_tokens,
    };
    provisioned::normalized_tpm(load, unit)
}

/// Throughput of one reserved unit of a provider.
pub(super) fn unit_of(provider: &Provider) -> provisioned::Unit {
    let unit = provider.unit;
    provisioned::Unit {
        input_tpm: unit.input_tpm,
        output_weight: unit.output_weight,
        cached_weight: unit.cached_percent / 100.0,
        units_min: unit.units_min,
        units_step: unit.units_step,
    }
}

/// Mean time that a request is at this provider, seconds: each attempt until its first token, then
/// the answer. Backoff is spent at the gateway. Requests that do not go there directly, or are
/// refused for their size, count as 0.
pub(super) fn upstream_s(row: &CountedRow<'_>, demand: &Demand) -> f64 {
    let judged = row.judged(LimitKind::Concurrency);
    answered_s(row.provider, demand, judged.at_once)
}

/// The same of a share of the requests and their output tokens.
pub(super) fn answered_s(provider: &Provider, demand: &Demand, (ratio, output): (f64, f64)) -> f64 {
    let answer_s = demand.answered_ratio * output / provider.output_tps;
    provider.ttft_s * demand.attempts * ratio + answer_s
}

/// Mean time that a request to this provider holds a slot of the gateway, seconds: including
/// backoff and the gateway's overhead.
pub(super) fn held_s(scenario: &Scenario, demand: &Demand, row: &CountedRow<'_>) -> f64 {
    let tokens = &row.tokens;
    let between_s = demand.backoff_s * tokens.direct_ratio;
    // Another provider may answer the requests that this one refuses.
    let direct = (tokens.direct_ratio, tokens.direct_output);
    answered_s(row.provider, demand, direct) + between_s + scenario.gateway.overhead_ms / 1e3
}

/// Mean time that a direct request with this output holds a slot of the gateway, seconds.
pub(super) fn answer_held_s(
    scenario: &Scenario,
    demand: &Demand,
    provider: &Provider,
    output_tokens: f64,
) -> f64 {
    let before_s = provider.ttft_s * demand.attempts + demand.backoff_s;
    before_s + output_tokens / provider.output_tps + scenario.gateway.overhead_ms / 1e3
}
