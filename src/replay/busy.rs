//! Gateways needed over the day, events included.

use std::collections::BTreeSet;

use crate::plan::{self, Plan};
use crate::scenario::Scenario;
use crate::simulation::{Arrivals, Change, Config, OutageKind};

use super::time::DAY_MS;

/// Requests per window, beyond the plan's, that rounding may carry over.
const REST: f64 = 2.0;
/// Standard deviations above the expected requests of a window that are still chance.
const CHANCE: f64 = 3.0;

/// Gateways needed, with headroom, per five minutes: for the planned requests, scaled by this
/// day's additional requests, request durations and lost zones.
pub(super) fn needed(scenario: &Scenario, plan: &Plan, config: &Config) -> Vec<u32> {
    let samples = plan.day.profile.len();
    let step_ms = DAY_MS / u64::try_from(samples.max(1)).unwrap_or(1);
    let mean = plan.demand.requests_per_day / samples.max(1) as f64;
    let load = |(from_ms, height): (u64, &f64)| {
        let to_ms = from_ms + step_ms;
        let expected = mean * height;
        let more = more_in(config, (from_ms, to_ms), expected);
        let longer = longer(plan, config, from_ms, to_ms);
        let fewer = left_over(config, from_ms, to_ms);
        height * more * longer / fewer
    };
    let times = (0..).map(|sample: u64| sample * step_ms);
    let profile: Vec<f64> = times.zip(&plan.day.profile).map(load).collect();
    plan::gateways_needed(scenario, (&plan.demand, &plan.gateway), &profile)
}

/// How many times the plan's requests come in a step: in all of it, or in its busiest window where
/// that is more than chance. 1 at least.
fn more_in(config: &Config, (from_ms, to_ms): (u64, u64), expected: f64) -> f64 {
    let Arrivals::Random(random) = &config.arrivals else {
        return 1.0;
    };
    let window_ms = random.window_ms.max(1);
    let in_step = (to_ms - from_ms) as f64 / window_ms as f64;
    let (mut came, mut busiest) = (0.0, 0.0_f64);
    for (place, requests) in (0..).zip(&random.requests) {
        let start: u64 = place * window_ms;
        let within_ms = (start + window_ms)
            .min(to_ms)
            .saturating_sub(start.max(from_ms));
        if 0 < within_ms {
            let requests = *requests as f64;
            came += requests * within_ms as f64 / window_ms as f64;
            busiest = busiest.max(requests * in_step.min(1.0));
        }
    }
    let times =
        |came: f64, expected: f64, chance: f64| (came - REST.max(chance)) / expected.max(1.0);
    let mut more = times(came, expected, 0.0).max(1.0);
    if 1.0 < in_step {
        let expected = expected / in_step;
        more = more.max(times(busiest, expected, CHANCE * libm::sqrt(expected)));
    }
    more
}

/// Factor by which requests take longer in a period, for the slowest provider.
fn longer(plan: &Plan, config: &Config, from_ms: u64, to_ms: u64) -> f64 {
    let is_then = |from: u64, to: u64| from < to_ms && from_ms < to;
    let usual_ms = (plan.gateway.time_in_flight_s * 1e3).max(1.0);
    let providers = || config.providers.iter();
    let slow = providers().map(|provider| {
        let slow = provider.slowdowns.iter();
        slow.filter(|slow| is_then(slow.from_ms, slow.to_ms))
            .map(|slow| f64::from(slow.permille) / 1e3)
            .product()
    });
    let hangs = providers().flat_map(|provider| &provider.outages);
    let hangs = hangs
        .filter(|out| out.kind == OutageKind::Hang && is_then(out.from_ms, out.to_ms))
        .filter_map(|out| Some(out.over_ms? as f64 / usual_ms));
    slow.chain(hangs).fold(1.0, f64::max)
}

/// Share of zones left until the pods of a lost one are replaced elsewhere.
fn left_over(config: &Config, from_ms: u64, to_ms: u64) -> f64 {
    let missing = |at_ms: u64, change: &Change| match change {
        Change::ZoneLoss {
            zone,
            grace_ms,
            eviction_ms,
        } => {
            let until = at_ms + grace_ms + eviction_ms + config.gateway.startup_ms;
            (at_ms < to_ms && from_ms < until).then_some(*zone)
        }
        _ => None,
    };
    let events = config.events.iter();
    let lost: BTreeSet<u32> = events
        .filter_map(|event| missing(event.at_ms, &event.change))
        .collect();
    let zones = f64::from(config.gateway.zones.max(1));
    (zones - lost.len() as f64).max(1.0) / zones
}
