//! The peak after the loss of a zone with its pods.

use serde::Serialize;

use super::limits::lowest;
use super::mix::Mix;
use super::{GatewayPlan, LimitUse, ProviderPlan};
use crate::catalog::guide;
use crate::model::fleet::whole;
use crate::model::limit;
use crate::scenario::Scope;

/// What happens at the peak when a zone is lost with its pods.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ZoneDrill {
    /// Zones the pods are spread over.
    pub zones: u32,
    /// Pods lost with one of them.
    pub pods_lost: u32,
    /// Pods left.
    pub pods_left: u32,
    /// Share in use of the slots that are left, or of what they were measured to pass; more than 1
    /// is overload.
    pub utilization_ratio: Option<f64>,
    /// Share of the requests that can still be served.
    pub served_ratio: f64,
    /// Multiple of today's load that the pods left carry.
    pub max_scale: Option<f64>,
    /// Provider whose limit is counted in each pod, where fewer pods hold too little of it.
    pub limited: Option<String>,
    /// Fewest pods of which enough are left for the peak.
    pub pods_for_peak: u32,
    /// Seconds until as many pods run as before: noticed, evicted and started anew.
    pub recovery_s: f64,
}

/// The limits of a provider that pods count for themselves. Daily limits are excluded: a loss of
/// minutes does not spend them.
fn counted_by_pods(plan: &ProviderPlan) -> impl Iterator<Item = &LimitUse> {
    let limits = plan.limits.iter();
    limits.filter(|used| used.scope != Scope::Provider && !used.kind.is_of_volume())
}

/// The fullest limit counted by pods: its multiple, and its provider.
fn fullest_by_pods(providers: &[ProviderPlan]) -> Option<(f64, &str)> {
    let scales = providers.iter().filter_map(|plan| {
        // With the pods of today's peak.
        let scale = |used: &LimitUse| Some(1.0 / used.state.ratio()?).filter(|it| it.is_finite());
        let scale = lowest(counted_by_pods(plan).map(scale))?;
        Some((scale, &*plan.name))
    });
    let scales = scales.filter(|(scale, _)| 0.0 < *scale);
    scales.min_by(|a, b| a.0.total_cmp(&b.0))
}

/// Share of requests served if `by_slots` find a slot and each pod gets a multiple of its load.
/// Requests refused by per-pod limits are lost, unless the provider spills.
fn served_by_pods(providers: &[ProviderPlan], by_slots: f64, multiple: f64) -> f64 {
    let refused = providers.iter().filter(|plan| !plan.spills).map(|plan| {
        let served = counted_by_pods(plan).map(|used| used.served_ratio(multiple));
        let served = served.fold(by_slots, f64::min);
        plan.share_ratio * (by_slots - served)
    });
    by_slots - refused.sum::<f64>()
}

/// The loss of a zone, if there are several.
pub(super) fn zone_drill(
    mix: &Mix<'_>,
    gateway: &GatewayPlan,
    providers: &[ProviderPlan],
) -> Option<ZoneDrill> {
    let (scenario, demand) = (mix.scenario, mix.demand);
    let zones = scenario.gateway.zones;
    let running = gateway.running();
    if zones < 2 || running == 0 {
        return None;
    }
    let pods_lost = running.div_ceil(zones);
    let pods_left = running - pods_lost;
    let sizing = mix.sizing(&scenario.gateway, gateway.times());
    let capacity_rps = sizing.capacity_rps(f64::from(pods_left));
    // Of n pods, n − ⌈n ÷ zones⌉ remain.
    let left = f64::from(whole(demand.peak_rps / sizing.capacity_rps(1.0)));
    let multiple = f64::from(running) / f64::from(pods_left.max(1));
    let by_pods = fullest_by_pods(providers);
    let limit_scale = by_pods.map(|(scale, _)| scale * f64::from(pods_left) / f64::from(running));
    let left = by_pods.map_or(left, |(scale, _)| left.max(f64::from(running) / scale));
    let pods_for_peak = whole(left * f64::from(zones) / (f64::from(zones) - 1.0));
    let scale = mix.scale_to_full(&scenario.gateway, gateway.times(), |sizing| {
        let capacity_rps = sizing.capacity_rps(f64::from(pods_left));
        limit::scale_to_full(demand.peak_rps, capacity_rps)
    });
    let is_limited = limit_scale.is_some_and(|held| scale.is_none_or(|scale| held < scale));
    let limited = by_pods
        .filter(|_| is_limited)
        .map(|(_, name)| name.to_owned());
    let by_slots = scale.unwrap_or(f64::INFINITY).min(1.0);
    let by_rate = Some(demand.peak_rps / capacity_rps).filter(|ratio| ratio.is_finite());
    let by_rate = by_rate.unwrap_or(0.0);
    let scale = lowest([scale, limit_scale].into_iter());
    let slots = f64::from(pods_left) * f64::from(scenario.gateway.concurrency);
    let recovery_s = guide::NODE_GRACE_S + guide::EVICTION_S + scenario.gateway.startup_s;
    Some(ZoneDrill {
        zones,
        pods_lost,
        pods_left,
        utilization_ratio: limit::utilization_ratio(gateway.in_flight, slots)
            .map(|of_slots| of_slots.max(by_rate)),
        served_ratio: served_by_pods(providers, by_slots, multiple),
        max_scale: scale,
        limited,
        pods_for_peak,
        recovery_s,
    })
}
