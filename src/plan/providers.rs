//! Each provider's share of the peak against its limits, counted the way it counts.

use serde::Serialize;

use super::limits::{Counted, counted_tokens, limit_uses, tightest, upstream_s};
use super::{Demand, LimitKind, LimitUse};
use crate::model::routing;
use crate::scenario::{Provider, Scenario};

/// One provider under the plan's load.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
    let limits = limit_uses(scenario, provider, demand, share_ratio, tokens);
    let tightest = tightest(&limits);
    let per_minute = demand.peak_rpm * share_ratio;
    ProviderPlan {
        id,
        row: provider.id,
        name: provider.name.clone(),
        model: provider.model.clone(),
        tier: provider.tier.clone(),
        share_ratio,
        rps: demand.peak_rps * share_ratio * tokens.calls,
        rpm: per_minute * tokens.calls,
        tpm: per_minute * tokens.combined,
        utilization_ratio: tightest.and_then(|used| used.utilization_ratio),
        binding_limit: tightest.map(|used| used.kind),
        max_scale: tightest.and_then(|used| used.max_scale),
        target_ratio: provider.target_percent / 100.0,
        time_in_flight_s: upstream_s(provider, demand) + scenario.gateway.overhead_ms / 1e3,
        limits,
    }
}
