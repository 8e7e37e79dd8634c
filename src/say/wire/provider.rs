//! Providers and the loss of one, with the use of their limits.

use serde::Serialize;

use crate::plan::{self, LimitKind};

/// One provider under the plan's load.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct ProviderPlan<'a> {
    /// Target id, as the pack names it.
    id: &'a str,
    /// Id of the scenario's row.
    row: u32,
    /// Name for people.
    name: &'a str,
    /// Model.
    model: &'a str,
    /// Tier the limits come from.
    tier: &'a str,
    /// Share of the requests.
    share_ratio: f64,
    /// Share of the peak that it gets in its busiest stretch: more than its share where it, or an
    /// earlier place, has then spent what a day, a month or ten minutes allow.
    peak_share_ratio: f64,
    /// Requests per second at the peak.
    rps: f64,
    /// Requests per minute at the peak.
    rpm: f64,
    /// Tokens per minute at the peak, as this provider counts them.
    tpm: f64,
    /// Each limit and its use.
    limits: Vec<LimitUse>,
    /// Use of the tightest limit, if there is any limit.
    utilization_ratio: Option<f64>,
    /// Kind of the tightest limit.
    binding_limit: Option<LimitKind>,
    /// Multiple of today's load at which it is full.
    max_scale: Option<f64>,
    /// Whether all that it refuses goes on to the next place in the order.
    spills: bool,
    /// Share of its requests that it ever takes.
    admitted_ratio: f64,
    /// Longest answer that it reserves where no `max_tokens` is sent.
    assumed_answer: Option<f64>,
    /// Share of a limit that may be used.
    target_ratio: f64,
    /// Mean time a request takes here, gateway included, seconds.
    time_in_flight_s: f64,
}

impl<'a> From<&'a plan::ProviderPlan> for ProviderPlan<'a> {
    fn from(it: &'a plan::ProviderPlan) -> Self {
        Self {
            id: &it.id,
            row: it.row,
            name: &it.name,
            model: &it.model,
            tier: &it.tier,
            share_ratio: it.share_ratio,
            peak_share_ratio: it.peak_share_ratio,
            rps: it.rps,
            rpm: it.rpm,
            tpm: it.tpm,
            limits: it.limits.iter().map(LimitUse::from).collect(),
            utilization_ratio: it.state().ratio(),
            binding_limit: it.tightest.map(|used| used.kind),
            max_scale: it.max_scale(),
            spills: it.spills,
            admitted_ratio: it.admitted_ratio,
            assumed_answer: it.assumed_answer,
            target_ratio: it.target_ratio,
            time_in_flight_s: it.time_in_flight_s,
        }
    }
}

/// A limit and its use at the peak.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct LimitUse {
    /// What is limited.
    kind: LimitKind,
    /// Load in the limit's unit.
    load: f64,
    /// The limit, less what bursts within its window take.
    limit: f64,
    /// The limit as published or entered.
    published: f64,
    /// Share of the published limit that steady traffic may use before its bursts break
    /// it: within a window shorter than a minute, or of few requests at once; else 1.
    usable_ratio: f64,
    /// Share of the load that is refused on average where few are taken at once.
    refused_ratio: Option<f64>,
    /// Requests for each 1,000 tokens a minute, where that ratio gives the limit.
    per_1000_tokens: Option<f64>,
    /// Counters that each hold a part of it: the pods, where each counts for itself.
    counters: f64,
    /// Load of the organization's other rows, which one limit holds together with this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<f64>,
    /// Whether it is the organization's limit, beside one of this row's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    of_organization: Option<bool>,
    /// Share of the limit in use.
    utilization_ratio: Option<f64>,
    /// Multiple of today's load at which it is full.
    max_scale: Option<f64>,
}

impl From<&plan::LimitUse> for LimitUse {
    fn from(it: &plan::LimitUse) -> Self {
        Self {
            kind: it.kind,
            load: it.load,
            limit: it.limit,
            published: it.published,
            usable_ratio: it.usable_ratio,
            refused_ratio: it.refused_ratio,
            per_1000_tokens: it.per_1000_tokens,
            counters: it.counters,
            beside: Some(it.beside).filter(|load| 0.0 < *load),
            of_organization: it.of_organization.then_some(true),
            utilization_ratio: it.state.ratio(),
            max_scale: it.max_scale,
        }
    }
}

/// What happens at the peak when one provider is lost.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Drill<'a> {
    /// Row of the lost provider.
    lost_row: u32,
    /// Its name.
    lost: &'a str,
    /// Share of the requests that can still be served.
    served_ratio: f64,
    /// Share of the requests that none of the others ever takes.
    homeless_ratio: f64,
    /// Whether a limit is known of each of the others; else the share is at most that.
    is_known: bool,
    /// The others under the load they take over.
    providers: Vec<DrillRow<'a>>,
    /// Multiple of today's load at which the first of the others is full.
    max_scale: Option<f64>,
    /// Requests sent to the lost provider at the peak until the breaker opens.
    hit_before_trip: f64,
    /// Of these, requests held at once while they wait for it in vain.
    held_before_trip: f64,
    /// Whether the gateways have fewer free slots than that, so that other requests wait
    /// too: then the seconds until the breaker opens matter.
    trip_matters: bool,
}

impl<'a> From<&'a plan::Drill> for Drill<'a> {
    fn from(it: &'a plan::Drill) -> Self {
        Self {
            lost_row: it.lost_row,
            lost: &it.lost,
            served_ratio: it.served_ratio,
            homeless_ratio: it.homeless_ratio,
            is_known: it.is_known,
            providers: it.providers.iter().map(DrillRow::from).collect(),
            max_scale: it.max_scale,
            hit_before_trip: it.hit_before_trip,
            held_before_trip: it.held_before_trip,
            trip_matters: it.trip_matters,
        }
    }
}

/// A provider that takes over.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct DrillRow<'a> {
    /// Row of the scenario.
    row: u32,
    /// Name.
    name: &'a str,
    /// Share of the requests now.
    share_ratio: f64,
    /// Use of the tightest limit.
    utilization_ratio: Option<f64>,
    /// The tightest limit.
    tightest: Option<LimitUse>,
    /// Each limit and its use.
    limits: Vec<LimitUse>,
}

impl<'a> From<&'a plan::DrillRow> for DrillRow<'a> {
    fn from(it: &'a plan::DrillRow) -> Self {
        Self {
            row: it.row,
            name: &it.name,
            share_ratio: it.share_ratio,
            utilization_ratio: it.state().ratio(),
            tightest: it.tightest.as_ref().map(LimitUse::from),
            limits: it.limits.iter().map(LimitUse::from).collect(),
        }
    }
}
