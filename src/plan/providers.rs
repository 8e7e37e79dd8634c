//! Each provider's share of the peak against its limits, counted the provider's way.

use std::borrow::Cow;

use super::admission::{TooLarge, admission};
use super::counting::{CountedRow, held_s};
use super::limits::{first_full, limit_uses, max_scale, tightest};
use super::recount::recounted;
use super::shares::Spread;
use super::streams::Part;
use super::{Demand, LimitKind, LimitState, LimitUse};
use crate::model::limit;
use crate::scenario::Scenario;

/// One provider under the plan's load.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderPlan {
    /// Target id in the pack.
    pub id: String,
    /// Id of the row.
    pub row: u32,
    /// Display name.
    pub name: String,
    /// Model.
    pub model: String,
    /// Tier of the limits.
    pub tier: String,
    /// Share of the requests.
    pub share_ratio: f64,
    /// Share of each workload's requests at once, and what else goes apart; none where all
    /// workloads go alike.
    pub(super) workload_shares: Option<Vec<f64>>,
    /// Share of requests that go to it directly.
    pub direct_share_ratio: f64,
    /// Share of the peak in its busiest stretch: above its share if it, or an earlier place, has
    /// spent an allowance per day, month or ten minutes.
    pub peak_share_ratio: f64,
    /// Requests per second at the peak.
    pub rps: f64,
    /// Requests per minute at the peak.
    pub rpm: f64,
    /// Tokens per minute at the peak, as this provider counts them.
    pub tpm: f64,
    /// Each limit and its use.
    pub limits: Vec<LimitUse>,
    /// Tightest limit, if any is known.
    pub tightest: Option<LimitUse>,
    /// Whether all requests that it refuses spill to the next place.
    pub spills: bool,
    /// Whether all live requests that its limits refuse spill, be its batches bound to it.
    pub spills_live: bool,
    /// A request that it always refuses, if any.
    pub too_large: Option<TooLarge>,
    /// Share of its requests that it can take.
    pub admitted_ratio: f64,
    /// Maximum output that it reserves if no `max_tokens` is sent.
    pub assumed_answer: Option<f64>,
    /// Target utilization.
    pub target_ratio: f64,
    /// Mean time in flight of its requests, gateway included, seconds.
    pub time_in_flight_s: f64,
}

/// A provider's share of the load as numbers: input of other chapters and of trials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Load {
    pub(super) share_ratio: f64,
    pub(super) time_in_flight_s: f64,
    /// Multiple of today's load at which the tightest limit is full.
    pub(super) max_scale: Option<f64>,
}

/// Loads of the providers, in order.
pub(super) fn loads(scenario: &Scenario, demand: &Demand, spread: &Spread) -> Vec<Load> {
    let rows_and_shares = spread.rows.iter().zip(&spread.shares).enumerate();
    rows_and_shares
        .map(|(index, (row, share_ratio))| Load {
            share_ratio: *share_ratio,
            time_in_flight_s: time_in_flight_s(scenario, demand, spread, index),
            max_scale: max_scale(scenario, demand, row, *share_ratio),
        })
        .collect()
}

/// Mean time in flight of the requests that a row takes at the peak, seconds.
pub(super) fn time_in_flight_s(
    scenario: &Scenario,
    demand: &Demand,
    spread: &Spread,
    index: usize,
) -> f64 {
    held_s(scenario, demand, &taking(scenario, demand, spread, index))
}

/// A row counted for the requests that it takes at the peak on average. Its limits are judged by
/// all offered requests, in its busiest stretch.
fn taking<'s, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    spread: &'s Spread<'_, 'a>,
    index: usize,
) -> Cow<'s, CountedRow<'a>> {
    let row = &spread.rows[index];
    let parts = spread.by_stream.as_ref().map(|parts| &parts[index].peak);
    let takes_all = !row.at.spills && row.at.earlier.is_none();
    match parts.filter(|_| !takes_all && 0.0 < spread.shares[index]) {
        Some(parts) => Cow::Owned(recounted(scenario, demand, row, parts)),
        None => Cow::Borrowed(row),
    }
}

pub(super) fn providers(
    scenario: &Scenario,
    demand: &Demand,
    spread: &Spread,
) -> Vec<ProviderPlan> {
    let ids = scenario.target_ids();
    let ids = ids.into_iter().enumerate();
    ids.map(|(index, id)| provider_plan(scenario, demand, spread, (index, id)))
        .collect()
}

fn provider_plan(
    scenario: &Scenario,
    demand: &Demand,
    spread: &Spread,
    (index, id): (usize, String),
) -> ProviderPlan {
    let (row, share_ratio) = (&spread.rows[index], spread.shares[index]);
    let (provider, tokens) = (row.provider, &row.tokens);
    let taking = taking(scenario, demand, spread, index);
    let direct = share_ratio * taking.tokens.direct_ratio;
    let limits: Vec<LimitUse> = limit_uses(scenario, demand, row, share_ratio).collect();
    let peak_share_ratio = share_ratio * row.at.peak_ratio;
    let per_minute = demand.peak_rpm * peak_share_ratio;
    let admission = admission(scenario, demand, row);
    ProviderPlan {
        id,
        row: provider.id,
        name: provider.name.clone(),
        model: provider.model.clone(),
        tier: provider.tier.clone(),
        share_ratio,
        workload_shares: spread
            .by_stream
            .as_ref()
            .map(|parts| parts[index].peak.clone()),
        direct_share_ratio: if 0.0 < demand.direct_ratio {
            direct / demand.direct_ratio
        } else {
            0.0
        },
        peak_share_ratio,
        rps: demand.peak_rps * peak_share_ratio * tokens.calls,
        rpm: per_minute * tokens.calls,
        tpm: per_minute * tokens.combined.mean,
        tightest: first_full(row, &limits),
        spills: row.at.passes_all_on(),
        spills_live: row.at.passes_on(LimitKind::Rpm),
        admitted_ratio: admission.ratio(),
        too_large: admission.too_large(),
        assumed_answer: tokens.assumed_answer.filter(|_| row.units.is_none()),
        target_ratio: provider.target_percent / 100.0,
        time_in_flight_s: held_s(scenario, demand, &taking),
        limits,
    }
}

/// The provider with requests that is full first, if any limit is known.
pub(super) fn tightest_provider(providers: &[ProviderPlan]) -> Option<&ProviderPlan> {
    // A provider that spills all it refuses is full by design.
    let carrying = providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio && !plan.spills);
    tightest(carrying, |plan| plan.state())
}

impl ProviderPlan {
    /// Share of a workload's requests at the peak that goes there at once.
    pub fn share_of(&self, workload: usize) -> f64 {
        let shares = self.workload_shares.as_ref();
        shares.map_or(self.share_ratio, |shares| shares[workload])
    }

    /// Share of the requests in batches that goes there; none where there are none.
    pub(super) fn batch_share(&self, demand: &Demand) -> Option<f64> {
        let batched = |at: usize| {
            let workload = &demand.workloads[at];
            workload.requests_per_day * workload.batched_ratio
        };
        let workloads = 0..demand.workloads.len();
        let all: f64 = workloads.clone().map(batched).sum();
        let share = |at: usize| match &self.workload_shares {
            Some(shares) => Part::of(shares, at, demand.workloads.len()).batched,
            None => self.share_ratio,
        };
        let here: f64 = workloads.map(|at| batched(at) * share(at)).sum();
        (0.0 < all).then(|| here / all)
    }

    /// Share of the calls of the peak that it gets in its busiest stretch.
    pub(super) fn peak_calls_ratio(&self, demand: &Demand) -> f64 {
        let calls = demand.peak_rps * demand.calls_per_request;
        if 0.0 < calls { self.rps / calls } else { 0.0 }
    }

    /// How full its tightest limit is.
    pub fn state(&self) -> LimitState {
        LimitState::of_limit(self.tightest.as_ref())
    }

    /// Whether the tightest limit is above its target utilization.
    pub fn is_near(&self) -> bool {
        let used = self.state().ratio();
        used.is_some_and(|used| limit::is_over(used / self.target_ratio))
    }

    /// Multiple of today's load at which the tightest limit is full.
    pub fn max_scale(&self) -> Option<f64> {
        self.tightest.and_then(|used| used.max_scale)
    }

    pub(super) fn load(&self) -> Load {
        Load {
            share_ratio: self.share_ratio,
            time_in_flight_s: self.time_in_flight_s,
            max_scale: self.max_scale(),
        }
    }
}
