//! Each limit of a provider under its share of the load, counted the way it counts.

use serde::Serialize;

use super::Demand;
use crate::catalog::provider::{Model, Tier, Vendor};
use crate::model::demand::SECONDS_PER_MINUTE;
use crate::model::{burst, limit, provisioned};
use crate::scenario::{Limits, Provider, Scenario};

/// A limit and its use at the peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimitUse {
    /// What is limited.
    pub kind: LimitKind,
    /// Load in the limit's unit.
    pub load: f64,
    /// The limit, less what bursts within its window take.
    pub limit: f64,
    /// The limit as published or entered.
    pub published: f64,
    /// Share of the published limit that steady traffic may use before its bursts break
    /// the limit's window; 1 where it is judged over a minute or more.
    pub usable_ratio: f64,
    /// How full it is: closed or used.
    pub state: LimitState,
    /// Multiple of today's load at which it is full; none without load.
    pub max_scale: Option<f64>,
}

/// How full a limit is, or what is held to limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LimitState {
    /// No limit is known, which is not a limit without load.
    Unknown,
    /// There is load and the limit is 0: fuller than anything in use.
    Closed,
    /// Share of the limit in use; more than 1 is refused.
    Used(f64),
}

impl LimitState {
    fn of(load: f64, limit: f64) -> Self {
        limit::utilization_ratio(load, limit).map_or(Self::Closed, Self::Used)
    }

    /// The state of what a limit holds, where there may be none.
    pub(super) fn of_limit(limit: Option<&LimitUse>) -> Self {
        limit.map_or(Self::Unknown, |used| used.state)
    }

    /// Share of the limit in use, where it has one.
    pub fn ratio(self) -> Option<f64> {
        match self {
            Self::Used(ratio) => Some(ratio),
            Self::Unknown | Self::Closed => None,
        }
    }

    /// Whether more is asked for than the limit allows.
    pub fn is_over(self) -> bool {
        self.fullness().is_some_and(|fullness| 1.0 < fullness)
    }

    /// By what limits are compared; none where there is nothing to compare.
    fn fullness(self) -> Option<f64> {
        match self {
            Self::Unknown => None,
            Self::Closed => Some(f64::INFINITY),
            Self::Used(ratio) => Some(ratio),
        }
    }
}

/// The fullest of limits, or of what is held to limits; of equals the first. What is unknown
/// is never the fullest: nobody can say how full it is.
pub fn tightest<T>(
    items: impl IntoIterator<Item = T>,
    state: impl Fn(&T) -> LimitState,
) -> Option<T> {
    let mut found: Option<(f64, T)> = None;
    for item in items {
        let Some(fullness) = state(&item).fullness() else {
            continue;
        };
        if found.as_ref().is_none_or(|(most, _)| *most < fullness) {
            found = Some((fullness, item));
        }
    }
    found.map(|(_, item)| item)
}

/// The lowest of the multiples that are known.
pub(super) fn lowest(scales: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    scales.flatten().min_by(f64::total_cmp)
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
    /// Tokens per day.
    Tpd,
    /// Requests in flight at once.
    Concurrency,
    /// Units of reserved throughput.
    Units,
}

/// A mean request as a provider counts it: what of it goes there at once, each try
/// by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    /// Calls.
    pub(super) calls: f64,
    /// Input tokens.
    pub(super) input: f64,
    /// Output tokens.
    pub(super) output: f64,
    /// Both, as they count together.
    pub(super) combined: f64,
    /// Input tokens of reserved throughput.
    pub(super) weighted: f64,
}

/// A provider as the plan sees it: looked up and counted once for all who ask. What a
/// fix may change of it stands beside it, so that a change is tried on a copy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CountedRow<'a> {
    pub(super) provider: &'a Provider,
    pub(super) vendor: &'static Vendor,
    pub(super) model: Option<&'static Model>,
    pub(super) tokens: Counted,
    pub(super) weight: f64,
    pub(super) limits: Limits,
    pub(super) units: Option<f64>,
}

impl CountedRow<'_> {
    /// The catalogue row the limits came from, if there is one.
    pub(super) fn tier(&self) -> Option<&'static Tier> {
        let tiers = self.model?.tiers;
        tiers.iter().find(|tier| tier.name == self.provider.tier)
    }
}

/// The providers in the scenario's order.
pub(super) fn counted_rows<'a>(scenario: &'a Scenario, demand: &Demand) -> Vec<CountedRow<'a>> {
    let row = |provider: &'a Provider| {
        let vendor = provider.vendor_row();
        CountedRow {
            provider,
            vendor,
            model: provider.model_row(),
            tokens: counted_tokens(scenario, provider, vendor, demand),
            weight: provider.weight,
            limits: provider.limits,
            units: provider.units,
        }
    };
    scenario.providers.iter().map(row).collect()
}

/// Mean tokens a request counts for at this provider: cached input where it
/// counts, reserved output where it is reserved (`max_tokens`, never less than
/// the mean answer).
fn counted_tokens(
    scenario: &Scenario,
    provider: &Provider,
    vendor: &Vendor,
    demand: &Demand,
) -> Counted {
    let unit = unit_of(provider);
    let (mut input, mut output, mut weighted) = (0.0, 0.0, 0.0);
    for workload in &scenario.workloads {
        let requests = workload.requests_per_day() * workload.direct_ratio();
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
        let load = provisioned::Load {
            input_tpm: requests * workload.input_tokens,
            cached_ratio: workload.cached_percent / 100.0,
            output_tpm: requests * workload.output_tokens,
        };
        weighted += provisioned::normalized_tpm(load, unit);
    }
    let per_request = if 0.0 < demand.requests_per_day {
        demand.attempts / demand.requests_per_day
    } else {
        0.0
    };
    let (input, output) = (input * per_request, output * per_request);
    let combined = if vendor.counts_output {
        input + output * provider.output_weight
    } else {
        input
    };
    Counted {
        calls: demand.calls_per_request,
        input,
        output,
        combined,
        weighted: weighted * per_request,
    }
}

/// What one reserved unit of a provider carries.
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

/// Seconds a mean request waits for this provider: each try for its first token, then
/// for the answer, and between the tries. What does not go there at once waits for
/// nothing.
pub(super) fn upstream_s(provider: &Provider, demand: &Demand) -> f64 {
    let before = before_tokens_s(provider, demand);
    before * demand.direct_ratio + demand.direct_output_tokens_per_request / provider.output_tps
}

/// Seconds until the first token of a request that goes on to a provider, tries and the
/// waits between them included.
pub(super) fn before_tokens_s(provider: &Provider, demand: &Demand) -> f64 {
    provider.ttft_s * demand.attempts + demand.backoff_s
}

/// Multiple of today's load at which a provider is full when it takes this share.
pub(super) fn max_scale(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    share_ratio: f64,
) -> Option<f64> {
    tightest_use(scenario, demand, row, share_ratio)?.max_scale
}

/// The limit that is full first when a provider takes this share.
pub(super) fn tightest_use(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    share_ratio: f64,
) -> Option<LimitUse> {
    let uses = limit_uses(scenario, demand, row, share_ratio);
    tightest(uses, |used| used.state)
}

/// Each limit of a provider under its share of the load. Reserved units replace the
/// limits of pay as you go.
pub(super) fn limit_uses(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    share: f64,
) -> impl Iterator<Item = LimitUse> {
    let units = row.units.map(|units| units * row.provider.unit.input_tpm);
    let limits = row.limits;
    // Between equals the first in this order is named.
    let listed = [
        (LimitKind::Rpm, limits.rpm),
        (LimitKind::Tpm, limits.tpm),
        (LimitKind::Itpm, limits.itpm),
        (LimitKind::Otpm, limits.otpm),
        (LimitKind::Rpd, limits.rpd),
        (LimitKind::Tpd, limits.tpd),
        (LimitKind::Concurrency, limits.concurrency),
    ];
    let listed = listed.into_iter().filter(move |_| units.is_none());
    let bought = units.map(|limit| (LimitKind::Units, Some(limit)));
    bought
        .into_iter()
        .chain(listed)
        .filter_map(move |(kind, limit)| {
            let limit = limit?;
            let load = load(demand, row, share, kind);
            let usable = match (kind, limits.window_s) {
                (LimitKind::Rpm, Some(window_s)) if window_s < SECONDS_PER_MINUTE => {
                    burst::usable_ratio(limit, window_s, scenario.traffic.burstiness)
                }
                _ => 1.0,
            };
            Some(limit_use(kind, load, limit, usable))
        })
}

/// What a limit of this kind counts of a share of the peak, or of the day.
fn load(demand: &Demand, row: &CountedRow<'_>, share: f64, kind: LimitKind) -> f64 {
    let tokens = &row.tokens;
    let per_minute = demand.peak_rpm * share;
    let a_day = demand.requests_per_day * share;
    match kind {
        LimitKind::Rpm => per_minute * tokens.calls,
        LimitKind::Tpm => per_minute * tokens.combined,
        LimitKind::Itpm => per_minute * tokens.input,
        LimitKind::Otpm => per_minute * tokens.output,
        LimitKind::Rpd => a_day * tokens.calls,
        LimitKind::Tpd => a_day * tokens.combined,
        LimitKind::Units => per_minute * tokens.weighted,
        LimitKind::Concurrency => demand.peak_rps * share * upstream_s(row.provider, demand),
    }
}

fn limit_use(kind: LimitKind, load: f64, published: f64, usable_ratio: f64) -> LimitUse {
    let limit = published * usable_ratio;
    LimitUse {
        kind,
        load,
        limit,
        published,
        usable_ratio,
        state: LimitState::of(load, limit),
        max_scale: limit::scale_to_full(load, limit),
    }
}

#[cfg(test)]
mod tests {
    use super::LimitState::{Closed, Unknown, Used};
    use super::*;

    #[test]
    fn the_tightest_is_the_fullest_that_is_known() {
        // (states in their order, place of the tightest)
        let cases: [(&[LimitState], Option<usize>); 8] = [
            (&[], None),
            (&[Unknown, Unknown], None),
            (&[Unknown, Used(0.0)], Some(1)),
            (&[Used(0.4), Unknown, Used(1.28)], Some(2)),
            (&[Used(1.28), Unknown], Some(0)),
            (&[Used(9e9), Closed, Unknown], Some(1)),
            (&[Used(0.5), Used(0.5)], Some(0)),
            (&[Unknown, Closed, Closed], Some(1)),
        ];
        for (states, place) in cases {
            let found = tightest(states.iter().enumerate(), |(_, state)| **state);
            assert_eq!(found.map(|(place, _)| place), place, "{states:?}");
        }
    }

    #[test]
    fn a_limit_of_nothing_is_closed_only_under_load() {
        assert_eq!(LimitState::of(1.0, 0.0), Closed);
        assert_eq!(LimitState::of(0.0, 0.0), Used(0.0));
        assert_eq!(LimitState::of(3.0, 2.0), Used(1.5));
        let over = [Unknown, Closed, Used(1.0), Used(1.5)].map(LimitState::is_over);
        assert_eq!(over, [false, true, false, true]);
    }
}
