//! Each provider's share of the peak against its limits, counted the way it counts.

use serde::Serialize;

use super::Demand;
use crate::model::{limit, routing};
use crate::scenario::{Provider, Scenario};

/// One provider under the plan's load.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProviderPlan {
    /// Target id, as the pack names it.
    pub id: String,
    /// Id of the scenario's row.
    pub row: u32,
    /// Name for people.
    pub name: String,
    /// Model.
    pub model: String,
    /// Tier the limits come from.
    pub tier: String,
    /// Share of the requests.
    pub share_ratio: f64,
    /// Requests per second at the peak.
    pub rps: f64,
    /// Requests per minute at the peak.
    pub rpm: f64,
    /// Tokens per minute at the peak, as this provider counts them.
    pub tpm: f64,
    /// Each limit and its use.
    pub limits: Vec<LimitUse>,
    /// Use of the tightest limit, if there is any limit.
    pub utilization_ratio: Option<f64>,
    /// Kind of the tightest limit.
    pub binding_limit: Option<LimitKind>,
    /// Multiple of today's load at which it is full.
    pub max_scale: Option<f64>,
    /// Share of a limit that may be used.
    pub target_ratio: f64,
    /// Mean time a request takes here, gateway included, seconds.
    pub time_in_flight_s: f64,
}

/// A limit and its use at the peak.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LimitUse {
    /// What is limited.
    pub kind: LimitKind,
    /// Load in the limit's unit.
    pub load: f64,
    /// The limit.
    pub limit: f64,
    /// Share of the limit in use.
    pub utilization_ratio: Option<f64>,
    /// Multiple of today's load at which it is full.
    pub max_scale: Option<f64>,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Requests per minute.
    Rpm,
    /// Tokens per minute.
    Tpm,
    /// Input tokens per minute.
    Itpm,
    /// Output tokens per minute.
    Otpm,
    /// Requests per day.
    Rpd,
}

impl LimitKind {
    /// The thing that is counted.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Rpm | Self::Rpd => "requests",
            Self::Tpm => "tokens",
            Self::Itpm => "input tokens",
            Self::Otpm => "output tokens",
        }
    }

    /// The unit of the limit.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Rpm => "requests/min",
            Self::Rpd => "requests/day",
            Self::Tpm => "tokens/min",
            Self::Itpm => "input tokens/min",
            Self::Otpm => "output tokens/min",
        }
    }

    /// The field's usual abbreviation.
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::Rpm => "RPM",
            Self::Tpm => "TPM",
            Self::Itpm => "ITPM",
            Self::Otpm => "OTPM",
            Self::Rpd => "RPD",
        }
    }
}

/// What happens at the peak when one provider is lost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drill {
    /// Row of the lost provider.
    pub lost_row: u32,
    /// Its name.
    pub lost: String,
    /// Share of the requests that can still be served.
    pub served_ratio: f64,
    /// The others under the load they take over.
    pub providers: Vec<DrillRow>,
    /// Multiple of today's load at which the first of the others is full.
    pub max_scale: Option<f64>,
}

/// A provider that takes over.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DrillRow {
    /// Row of the scenario.
    pub row: u32,
    /// Name.
    pub name: String,
    /// Share of the requests now.
    pub share_ratio: f64,
    /// Use of the tightest limit.
    pub utilization_ratio: Option<f64>,
    /// The tightest limit.
    pub tightest: Option<LimitUse>,
}

/// Tokens of a mean request as a provider counts them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    pub(super) input: f64,
    pub(super) output: f64,
    pub(super) combined: f64,
}

/// Mean tokens a request counts for at this provider: cached input where it
/// counts, reserved output where it is reserved (`max_tokens`, never less than
/// the mean answer).
pub(super) fn counted_tokens(scenario: &Scenario, provider: &Provider, demand: &Demand) -> Counted {
    let vendor = provider.vendor_row();
    let (mut input, mut output) = (0.0, 0.0);
    for workload in &scenario.workloads {
        let requests = workload.requests_per_day();
        let cached = if vendor.counts_cached {
            0.0
        } else {
            workload.cached_percent / 100.0
        };
        let reserved = workload
            .max_output_tokens
            .unwrap_or(0.0)
            .max(workload.output_tokens);
        let answer = if vendor.reserves_output {
            reserved
        } else {
            workload.output_tokens
        };
        input += requests * workload.input_tokens * (1.0 - cached);
        output += requests * answer;
    }
    let per_request = if 0.0 < demand.requests_per_day {
        1.0 / demand.requests_per_day
    } else {
        0.0
    };
    let (input, output) = (input * per_request, output * per_request);
    let combined = if vendor.counts_output {
        input + output
    } else {
        input
    };
    Counted {
        input,
        output,
        combined,
    }
}

/// A provider with the tokens of a mean request as it counts them.
pub(super) type CountedRow<'a> = (&'a Provider, Counted);

/// The providers in the scenario's order, counted once for all who ask.
pub(super) fn counted_rows<'a>(scenario: &'a Scenario, demand: &Demand) -> Vec<CountedRow<'a>> {
    let row = |provider| (provider, counted_tokens(scenario, provider, demand));
    scenario.providers.iter().map(row).collect()
}

pub(super) fn providers(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
) -> Vec<ProviderPlan> {
    let weights: Vec<f64> = scenario
        .providers
        .iter()
        .map(|provider| provider.weight)
        .collect();
    let shares = routing::shares(&weights);
    let ids = scenario.target_ids();
    rows.iter()
        .zip(ids)
        .zip(shares)
        .map(|((row, id), share)| provider_plan(scenario, demand, row, id, share))
        .collect()
}

fn provider_plan(
    scenario: &Scenario,
    demand: &Demand,
    &(provider, tokens): &CountedRow<'_>,
    id: String,
    share_ratio: f64,
) -> ProviderPlan {
    let limits = limit_uses(provider, demand, share_ratio, tokens);
    let tightest = tightest(&limits);
    let rpm = demand.peak_rpm * share_ratio;
    let answer_s = demand.output_tokens_per_request / provider.output_tps;
    ProviderPlan {
        id,
        row: provider.id,
        name: provider.name.clone(),
        model: provider.model.clone(),
        tier: provider.tier.clone(),
        share_ratio,
        rps: demand.peak_rps * share_ratio,
        rpm,
        tpm: rpm * tokens.combined,
        utilization_ratio: tightest.and_then(|used| used.utilization_ratio),
        binding_limit: tightest.map(|used| used.kind),
        max_scale: tightest.and_then(|used| used.max_scale),
        target_ratio: provider.target_percent / 100.0,
        time_in_flight_s: provider.ttft_s + answer_s + scenario.gateway.overhead_ms / 1e3,
        limits,
    }
}

/// Multiple of today's load at which a provider is full when it takes this share.
pub(super) fn max_scale(
    scenario: &Scenario,
    demand: &Demand,
    provider: &Provider,
    share_ratio: f64,
) -> Option<f64> {
    let tokens = counted_tokens(scenario, provider, demand);
    let limits = limit_uses(provider, demand, share_ratio, tokens);
    tightest(&limits)?.max_scale
}

fn limit_uses(provider: &Provider, demand: &Demand, share: f64, tokens: Counted) -> Vec<LimitUse> {
    let rpm = demand.peak_rpm * share;
    let limits = provider.limits;
    [
        (LimitKind::Rpm, limits.rpm, rpm),
        (LimitKind::Tpm, limits.tpm, rpm * tokens.combined),
        (LimitKind::Itpm, limits.itpm, rpm * tokens.input),
        (LimitKind::Otpm, limits.otpm, rpm * tokens.output),
        (LimitKind::Rpd, limits.rpd, demand.requests_per_day * share),
    ]
    .into_iter()
    .filter_map(|(kind, limit, load)| {
        let limit = limit?;
        Some(LimitUse {
            kind,
            load,
            limit,
            utilization_ratio: limit::utilization_ratio(load, limit),
            max_scale: limit::scale_to_full(load, limit),
        })
    })
    .collect()
}

/// The limit that is full first: a limit of zero under load before all others.
fn tightest(limits: &[LimitUse]) -> Option<&LimitUse> {
    let fullness = |used: &LimitUse| used.utilization_ratio.unwrap_or(f64::INFINITY);
    limits.iter().max_by(|a, b| {
        fullness(a)
            .total_cmp(&fullness(b))
            .then_with(|| b.kind.order().cmp(&a.kind.order()))
    })
}

impl LimitKind {
    /// Between equals the first in this order is named.
    fn order(self) -> u8 {
        match self {
            Self::Rpm => 0,
            Self::Tpm => 1,
            Self::Itpm => 2,
            Self::Otpm => 3,
            Self::Rpd => 4,
        }
    }
}

/// One drill for each provider that carries load, when there is another one.
pub(super) fn drills(demand: &Demand, rows: &[CountedRow<'_>]) -> Vec<Drill> {
    let weights: Vec<f64> = rows.iter().map(|(provider, _)| provider.weight).collect();
    let carrying = weights.iter().filter(|weight| 0.0 < **weight).count();
    if carrying < 2 {
        return Vec::new();
    }
    let lost = (0..weights.len()).filter(|index| 0.0 < weights[*index]);
    lost.map(|index| drill(demand, rows, &weights, index))
        .collect()
}

fn drill(demand: &Demand, rows: &[CountedRow<'_>], weights: &[f64], lost: usize) -> Drill {
    let shares = routing::shares_without(weights, lost);
    let mut takers = Vec::new();
    let (mut served_ratio, mut max_scale) = (0.0, None::<f64>);
    for (&(provider, tokens), share_ratio) in rows.iter().zip(shares) {
        if share_ratio == 0.0 {
            continue;
        }
        let limits = limit_uses(provider, demand, share_ratio, tokens);
        let tightest = tightest(&limits).cloned();
        let scale = tightest.as_ref().and_then(|used| used.max_scale);
        served_ratio += share_ratio * scale.unwrap_or(f64::INFINITY).min(1.0);
        max_scale = match (max_scale, scale) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        takers.push(DrillRow {
            row: provider.id,
            name: provider.name.clone(),
            share_ratio,
            utilization_ratio: tightest.as_ref().and_then(|used| used.utilization_ratio),
            tightest,
        });
    }
    let (lost_row, name) = rows
        .get(lost)
        .map_or((0, String::new()), |(p, _)| (p.id, p.name.clone()));
    Drill {
        lost_row,
        lost: name,
        // Shares sum to one but for rounding.
        served_ratio: served_ratio.min(1.0),
        providers: takers,
        max_scale,
    }
}
