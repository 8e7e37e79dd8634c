//! Drills: the peak after the loss of a provider or a zone.

use serde::Serialize;

use super::admission::admission;
use super::counting::{CountedRow, Pods};
use super::limits::{LimitState, limit_uses, lowest, tightest};
use super::providers;
use super::recount::recounted;
use super::served;
use super::shares::Spread;
use super::sizing::Sizing;
use super::spread::spread;
use super::streams::{of_all, parts, weights};
use super::{Demand, GatewayPlan, LimitUse, ProviderPlan};
use crate::catalog::guide;
use crate::model::fleet::whole;
use crate::model::limit;
use crate::scenario::{Scenario, Scope};

/// The peak after the loss of one provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Drill {
    /// Row of the lost provider.
    pub lost_row: u32,
    /// Name of the lost provider.
    pub lost: String,
    /// Share of requests still served, by limits and by slots.
    pub served_ratio: f64,
    /// Share of requests taken today that none of the others can take.
    pub homeless_ratio: f64,
    /// Whether a limit is known for each of the others; otherwise the share is an upper bound.
    pub is_known: bool,
    /// Requests in flight at the gateways at the peak, with the others' times.
    pub held: f64,
    /// Slots of the gateways running at the peak.
    pub slots: f64,
    /// Mean time in flight after the loss, seconds.
    pub time_in_flight_s: f64,
    /// The other providers under the load they take over.
    pub providers: Vec<DrillRow>,
    /// Multiple of today's load at which the first of the others is full, without slots.
    pub max_scale: Option<f64>,
    /// Requests sent to the lost provider at the peak until the breaker opens.
    pub hit_before_trip: f64,
    /// Requests held at once while they wait for the lost provider.
    pub held_before_trip: f64,
    /// Whether those exceed the gateways' free slots, so that other requests wait too and the time
    /// until the breaker opens matters.
    pub trip_matters: bool,
}

/// A provider that takes over.
#[derive(Debug, Clone, PartialEq)]
pub struct DrillRow {
    /// Row of the provider.
    pub row: u32,
    /// Name of the provider.
    pub name: String,
    /// Share of the requests after the loss.
    pub share_ratio: f64,
    /// Tightest limit, if any is known.
    pub tightest: Option<LimitUse>,
    /// All limits and their use.
    pub limits: Vec<LimitUse>,
    /// Share of its requests that it can take.
    pub admitted_ratio: f64,
}

impl DrillRow {
    /// State of the tightest limit of all, including a month that is overspent before the loss.
    pub fn state_of_all(&self) -> LimitState {
        let all = tightest(self.limits.iter().copied(), |used| used.state);
        all.map_or(LimitState::Unknown, |used| used.state)
    }

    /// State of the tightest limit.
    pub fn state(&self) -> LimitState {
        LimitState::of_limit(self.tightest.as_ref())
    }
}

impl Drill {
    /// The remaining provider that is full first, if any limit is known. A provider that spills is
    /// full by design.
    pub fn tightest(&self) -> Option<&DrillRow> {
        let scale = |row: &&DrillRow| row.tightest.and_then(|used| used.max_scale);
        let rows = self.providers.iter();
        first_full(rows, scale).or_else(|| tightest(&self.providers, |row| row.state()))
    }

    /// Multiple of today's load for which the loss leaves room, slots included; `None` without a
    /// known limit.
    pub fn scale(&self) -> Option<f64> {
        let nowhere = (0.0 < self.homeless_ratio).then_some(0.0);
        lowest([self.max_scale, self.slots_scale(), nowhere].into_iter())
    }

    /// Multiple of today's load at which the slots are full; `None` without load.
    pub fn slots_scale(&self) -> Option<f64> {
        limit::scale_to_full(self.held, self.slots)
    }

    /// State of the tightest remaining provider.
    pub fn state(&self) -> LimitState {
        self.tightest().map_or(LimitState::Unknown, DrillRow::state)
    }
}

/// One drill per provider with load, if there is another provider.
pub(super) fn drills(
    scenario: &Scenario,
    demand: &Demand,
    gateway: &GatewayPlan,
    rows: &[CountedRow<'_>],
) -> Vec<Drill> {
    let weights: Vec<f64> = rows.iter().map(|row| row.weight).collect();
    let carrying = weights.iter().filter(|weight| 0.0 < **weight).count();
    if carrying < 2 {
        return Vec::new();
    }
    let lost = (0..weights.len()).filter(|index| 0.0 < weights[*index]);
    let slots = f64::from(gateway.running()) * f64::from(scenario.gateway.concurrency);
    let free = (slots - gateway.in_flight).max(0.0);
    let now = Before::of(scenario, demand, rows);
    lost.map(|index| {
        let mut drill = drill(scenario, demand, &now, index);
        drill.slots = slots;
        let by_slots = drill.slots_scale().unwrap_or(f64::INFINITY);
        drill.served_ratio = drill.served_ratio.min(by_slots);
        drill.trip_matters = free < drill.held_before_trip;
        drill
    })
    .collect()
}

/// The loss that leaves the slots fullest.
pub(super) fn worst_for_slots(drills: &[Drill]) -> Option<&Drill> {
    let mut worst: Option<&Drill> = None;
    for drill in drills {
        if worst.is_none_or(|other| other.held < drill.held) {
            worst = Some(drill);
        }
    }
    worst
}

/// The loss that leaves most requests without a provider, if there are any.
pub(super) fn worst_for_homeless(drills: &[Drill]) -> Option<&Drill> {
    let homeless = drills.iter().filter(|drill| 0.0 < drill.homeless_ratio);
    homeless.max_by(|a, b| a.homeless_ratio.total_cmp(&b.homeless_ratio))
}

/// The loss that leaves the least room; the first if no limit is known.
pub(super) fn worst(drills: &[Drill]) -> Option<&Drill> {
    first_full(drills.iter(), |drill| drill.max_scale).or(drills.first())
}

/// Item with the lowest known multiple, the first of equals.
fn first_full<T>(items: impl Iterator<Item = T>, scale: impl Fn(&T) -> Option<f64>) -> Option<T> {
    let mut found: Option<(f64, T)> = None;
    for item in items {
        let Some(scale) = scale(&item) else { continue };
        if found.as_ref().is_none_or(|(least, _)| scale < *least) {
            found = Some((scale, item));
        }
    }
    found.map(|(_, item)| item)
}

/// The providers before any loss.
struct Before<'r, 'a> {
    spread: Spread<'r, 'a>,
    /// Whether the row exceeds a monthly limit, by row.
    is_over: Vec<bool>,
    /// Share of the requests that they take.
    taken_ratio: f64,
}

impl<'r, 'a> Before<'r, 'a> {
    fn of(scenario: &Scenario, demand: &Demand, rows: &'r [CountedRow<'a>]) -> Self {
        let spread = spread(scenario, demand, rows);
        let is_over = |(row, share): (&CountedRow<'_>, &f64)| {
            let mut uses = limit_uses(scenario, demand, row, *share);
            uses.any(|used| used.kind.is_of_month() && used.state.is_over())
        };
        let taken = |(row, share): (&CountedRow<'_>, &f64)| share * row.tokens.at_once.0;
        Self {
            is_over: spread
                .rows
                .iter()
                .zip(&spread.shares)
                .map(is_over)
                .collect(),
            taken_ratio: spread.rows.iter().zip(&spread.shares).map(taken).sum(),
            spread,
        }
    }

    /// Share of the requests taken now but not after a loss.
    fn homeless_ratio(&self, taken_ratio: f64) -> f64 {
        let homeless = self.taken_ratio - taken_ratio;
        // Shares sum to 1 up to rounding.
        if homeless < 1e-9 { 0.0 } else { homeless }
    }
}

fn drill(scenario: &Scenario, demand: &Demand, now: &Before<'_, '_>, lost: usize) -> Drill {
    let rows = &now.spread.rows[..];
    let mut left = rows.to_vec();
    left[lost].weight = 0.0;
    let spread = spread(scenario, demand, &left);
    let lost_ratio = now.spread.shares.get(lost).copied().unwrap_or(0.0);
    let lost_calls = rows.get(lost).map_or(0.0, |row| row.tokens.calls);
    let lost_rps = demand.peak_rps * lost_ratio * lost_calls;
    let gateway = &scenario.gateway;
    // A call that is never answered is held until the client gives up.
    let held_s = gateway.retry.trip_s.min(gateway.client_timeout_s);
    let mut takers = Vec::with_capacity(rows.len());
    // The gateway's cache needs no provider, and batches can wait.
    let mut served_ratio = 1.0 - demand.direct_ratio;
    let mut taken_ratio = 0.0;
    let mut time_in_flight_s = 0.0;
    for (index, row) in spread.rows.iter().enumerate() {
        let share_ratio = spread.shares[index];
        if share_ratio == 0.0 {
            continue;
        }
        let limits: Vec<LimitUse> = limit_uses(scenario, demand, row, share_ratio).collect();
        // A month overspent before the loss has its own finding, and must not hide other limits
        // that the loss breaks.
        let is_told = now.is_over[index];
        let is_other = |used: &LimitUse| !is_told || !used.kind.is_of_month();
        let others = limits.iter().copied().filter(is_other);
        let fullest = tightest(others, |used| used.state);
        let tightest = fullest.or_else(|| tightest(limits.iter().copied(), |used| used.state));
        let held_s = providers::time_in_flight_s(scenario, demand, &spread, index);
        time_in_flight_s += share_ratio * held_s;
        let admitted_ratio = admission(scenario, demand, row).ratio();
        // Direct requests, without those refused for their size.
        let at_once = share_ratio * row.tokens.at_once.0;
        let stays = bound_at_once(scenario, demand, row).unwrap_or(at_once);
        served_ratio += at_once - stays * (1.0 - served::live_ratio(&limits));
        taken_ratio += at_once;
        takers.push(DrillRow {
            row: row.provider.id,
            name: row.provider.name.clone(),
            share_ratio,
            tightest,
            limits,
            admitted_ratio,
        });
    }
    let (lost_row, name) = rows.get(lost).map_or((0, String::new()), |row| {
        (row.provider.id, row.provider.name.clone())
    });
    Drill {
        lost_row,
        lost: name,
        // Shares sum to 1 up to rounding.
        served_ratio: limit::snapped(served_ratio).min(1.0),
        homeless_ratio: now.homeless_ratio(taken_ratio),
        is_known: takers.iter().all(|row| row.state() != LimitState::Unknown),
        max_scale: lowest(takers.iter().map(|row| row.tightest?.max_scale)),
        providers: takers,
        held: demand.peak_rps * time_in_flight_s,
        slots: 0.0,
        time_in_flight_s,
        hit_before_trip: lost_rps * gateway.retry.trip_s,
        held_before_trip: lost_rps * held_s,
        trip_matters: false,
    }
}

/// Share of all requests at once that comes to a row and has no later place to go; none where all
/// that comes is refused alike.
fn bound_at_once(scenario: &Scenario, demand: &Demand, row: &CountedRow<'_>) -> Option<f64> {
    let mix = row.mix.as_ref().filter(|_| row.at.asked.is_some())?;
    let stays = parts(mix, &row.at.moves, false);
    let share = of_all(&stays, &weights(scenario));
    let bound = recounted(scenario, demand, row, &stays);
    Some(share * bound.tokens.at_once.0)
}

/// Pods that count limits of the gateway's own.
pub(super) fn pods(gateway: &GatewayPlan) -> Pods {
    Pods {
        running: f64::from(gateway.running().max(1)),
        most: f64::from(gateway.instances_max.max(gateway.instances_min).max(1)),
    }
}

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
        let scale = lowest(counted_by_pods(plan).map(|used| used.max_scale))?;
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
    scenario: &Scenario,
    demand: &Demand,
    gateway: &GatewayPlan,
    providers: &[ProviderPlan],
) -> Option<ZoneDrill> {
    let zones = scenario.gateway.zones;
    let running = gateway.running();
    if zones < 2 || running == 0 {
        return None;
    }
    let pods_lost = running.div_ceil(zones);
    let pods_left = running - pods_lost;
    let sizing = Sizing::of(
        &scenario.gateway,
        &scenario.traffic,
        demand,
        gateway.times(),
    );
    let capacity_rps = sizing.capacity_rps(f64::from(pods_left));
    // Of n pods, n − ⌈n ÷ zones⌉ remain.
    let left = f64::from(whole(demand.peak_rps / sizing.capacity_rps(1.0)));
    let multiple = f64::from(running) / f64::from(pods_left.max(1));
    let by_pods = fullest_by_pods(providers);
    let limit_scale = by_pods.map(|(scale, _)| scale * f64::from(pods_left) / f64::from(running));
    let left = by_pods.map_or(left, |(scale, _)| left.max(f64::from(running) / scale));
    let pods_for_peak = whole(left * f64::from(zones) / (f64::from(zones) - 1.0));
    let scale = limit::scale_to_full(demand.peak_rps, capacity_rps);
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
