//! Drills: the peak after the loss of a provider.

use super::admission::admission;
use super::counting::CountedRow;
use super::limits::{LimitState, limit_uses, lowest, tightest};
use super::pods::Pods;
use super::providers;
use super::recount::recounted;
use super::served;
use super::shares::Spread;
use super::sizing::Sizing;
use super::spread::spread;
use super::streams::{of_all, parts, weights};
use super::{Demand, GatewayPlan, LimitUse};
use crate::model::limit;
use crate::scenario::Scenario;

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
    /// Requests per second at the peak that the others' limits admit, and those without a provider.
    pub admitted_rps: f64,
    /// Those in flight at the gateways at the peak, with the others' times.
    pub held: f64,
    /// Slots of the gateways running at the peak.
    pub slots: f64,
    /// Mean time in flight of the admitted requests after the loss, seconds.
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
    /// Whether that is a month which was overspent before the loss.
    pub is_of_before: bool,
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

    /// Whether that is told by a month which was overspent before the loss.
    fn is_of_before(&self) -> bool {
        self.tightest().is_some_and(|row| row.is_of_before)
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
        drill.served_ratio *= by_slots.min(1.0);
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

/// The loss that leaves the least room; the first if no limit is known. One that breaks a limit
/// comes before those that only add to an overspent month.
pub(super) fn worst(drills: &[Drill]) -> Option<&Drill> {
    let worst = |is_told: &dyn Fn(&&Drill) -> bool| {
        first_full(drills.iter().filter(is_told), |drill| drill.max_scale)
    };
    let breaking = worst(&|drill| !drill.is_of_before());
    let breaking = breaking.filter(|drill| drill.state().is_over());
    breaking.or_else(|| worst(&|_| true)).or(drills.first())
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
    /// State of the fullest monthly limit of a row that exceeds it, by row.
    over: Vec<Option<LimitState>>,
    /// Share of the requests that they take.
    taken_ratio: f64,
}

impl<'r, 'a> Before<'r, 'a> {
    fn of(scenario: &Scenario, demand: &Demand, rows: &'r [CountedRow<'a>]) -> Self {
        let spread = spread(scenario, demand, rows);
        let over = |(row, share): (&CountedRow<'_>, &f64)| {
            let uses = limit_uses(scenario, demand, row, *share);
            let over = uses.filter(|used| used.kind.is_of_month() && used.state.is_over());
            tightest(over, |used| used.state).map(|used| used.state)
        };
        let rows = 0..spread.rows.len();
        let taken_ratio = rows
            .map(|row| at_once(scenario, demand, &spread, row))
            .sum();
        Self {
            over: spread.rows.iter().zip(&spread.shares).map(over).collect(),
            taken_ratio,
            spread,
        }
    }

    /// The limit that a loss is told by: the fullest one. A month overspent before the loss has
    /// its own finding, and hides no other limit that the loss breaks; where it breaks none, the
    /// month is told if the loss adds to it.
    fn told(&self, index: usize, limits: &[LimitUse]) -> (Option<LimitUse>, bool) {
        let fullest = |is_told: &dyn Fn(&LimitUse) -> bool| {
            tightest(limits.iter().copied().filter(is_told), |used| used.state)
        };
        let of_all = fullest(&|_| true);
        let Some(before) = self.over[index] else {
            return (of_all, false);
        };
        let Some(other) = fullest(&|used| !used.kind.is_of_month()) else {
            return (of_all, true);
        };
        let ratio = |state: LimitState| state.ratio().unwrap_or(f64::INFINITY);
        let after = of_all.map_or(0.0, |used| ratio(used.state));
        let adds = limit::is_over(after / ratio(before));
        if adds && !other.state.is_over() {
            (of_all, true)
        } else {
            (Some(other), false)
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
    let (mut admitted_ratio, mut time_in_flight_s) = (0.0, 0.0);
    for (index, row) in spread.rows.iter().enumerate() {
        let share_ratio = spread.shares[index];
        if share_ratio == 0.0 {
            continue;
        }
        let limits: Vec<LimitUse> = limit_uses(scenario, demand, row, share_ratio).collect();
        let (tightest, is_of_before) = now.told(index, &limits);
        let held_s = providers::time_in_flight_s(scenario, demand, &spread, index);
        let at_once = at_once(scenario, demand, &spread, index);
        let stays = bound_at_once(scenario, demand, row).unwrap_or(at_once);
        let served = at_once - stays * (1.0 - served::live_ratio(&limits));
        // A refused request holds no slot.
        let admitted = share_ratio * part(served, at_once);
        admitted_ratio += admitted;
        time_in_flight_s += admitted * held_s;
        served_ratio += served;
        taken_ratio += at_once;
        takers.push(DrillRow {
            row: row.provider.id,
            name: row.provider.name.clone(),
            share_ratio,
            tightest,
            is_of_before,
            limits,
            admitted_ratio: admission(scenario, demand, row).ratio(),
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
        admitted_rps: demand.peak_rps * admitted_ratio,
        held: demand.peak_rps * time_in_flight_s,
        slots: 0.0,
        time_in_flight_s: time_in_flight_s / admitted_ratio.max(f64::MIN_POSITIVE),
        hit_before_trip: lost_rps * gateway.retry.trip_s,
        held_before_trip: lost_rps * held_s,
        trip_matters: false,
    }
}

/// Share of a whole; all of nothing.
fn part(part: f64, whole: f64) -> f64 {
    if 0.0 < whole { part / whole } else { 1.0 }
}

/// Share of all requests that go to a row at once at the peak, without those refused for their
/// size.
fn at_once(scenario: &Scenario, demand: &Demand, spread: &Spread, index: usize) -> f64 {
    let row = &spread.rows[index];
    let Some(parts) = &spread.by_stream else {
        return spread.shares[index] * row.tokens.at_once.0;
    };
    let peak = &parts[index].peak;
    let share = of_all(peak, &weights(scenario));
    share * recounted(scenario, demand, row, peak).tokens.at_once.0
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
pub(super) fn pods(gateway: &GatewayPlan, sizing: Sizing) -> Pods {
    Pods {
        growth: Some((sizing, gateway.sizing_rps)),
        running: f64::from(gateway.running().max(1)),
        least: f64::from(gateway.instances_min.max(1)),
        most: f64::from(gateway.instances_max.max(gateway.instances_min).max(1)),
    }
}
