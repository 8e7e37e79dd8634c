//! Arrivals, providers and calls of a day, from the scenario.

use crate::catalog::guide;
use crate::model::day::SAMPLES;
use crate::plan::Plan;
use crate::scenario::{self, Scenario};
use crate::simulation::{Arrivals, Breaker, Calls, Failover, Provider, Quota, RandomArrivals};

use super::limit::limited;
use super::share::{carried, in_proportion};
use super::time::{DAY_MS, milliseconds, small, whole};

/// Time for which a breaker stays open. Our choice: no default of its cooldown is published.
const BREAKER_OPEN_MS: u64 = 30_000;
/// Minutes of a day.
const MINUTES: usize = 1440;
/// Millionths in a percent.
const PPM_PER_PERCENT: f64 = 1e4;

/// Arrivals along the plan's day, in windows of five minutes.
pub(super) fn arrivals(scenario: &Scenario, plan: &Plan) -> Arrivals {
    let mean = plan.demand.requests_per_day / SAMPLES as f64;
    let expected = plan.day.profile.iter().map(|height| mean * height);
    Arrivals::Random(RandomArrivals {
        window_ms: DAY_MS / SAMPLES as u64,
        requests: carried(expected),
        dispersion: scenario
            .traffic
            .burstiness_over(plan.gateway.time_in_flight_s),
        spread_ms: 0,
    })
}

/// Arrivals of a measured day, as bursty within each minute as the plan's. In unmeasured minutes
/// requests arrive as planned, up to the plan's daily number.
pub(super) fn measured(minutes: &[Option<f64>], scenario: &Scenario, plan: &Plan) -> Arrivals {
    let at = |minute: usize| minutes.get(minute).copied().flatten();
    let height = |minute: usize| {
        let sample = minute * SAMPLES / MINUTES;
        plan.day.profile.get(sample).copied().unwrap_or(1.0)
    };
    let seen: f64 = (0..MINUTES).filter_map(at).sum();
    let left = (plan.demand.requests_per_day - seen).max(0.0);
    let unseen = (0..MINUTES).filter(|minute| at(*minute).is_none());
    let area: f64 = unseen.map(height).sum();
    let planned = plan.demand.requests_per_day / MINUTES as f64;
    let each = if 0.0 < area {
        planned.min(left / area)
    } else {
        0.0
    };
    let expected = (0..MINUTES).map(|minute| at(minute).unwrap_or(each * height(minute)));
    Arrivals::Random(RandomArrivals {
        window_ms: DAY_MS / MINUTES as u64,
        requests: carried(expected),
        dispersion: scenario
            .traffic
            .burstiness_over(plan.gateway.time_in_flight_s),
        spread_ms: 0,
    })
}

/// Providers of the scenario and the quotas of their calls, if limits hold. A limit that is divided
/// over the pods is divided by `pods_most`.
pub(super) fn providers(
    scenario: &Scenario,
    plan: &Plan,
    has_limits: bool,
    pods_most: u32,
) -> (Vec<Provider>, Vec<Quota>) {
    let (limited, quotas) = if has_limits {
        limited(scenario, plan, pods_most)
    } else {
        let each = scenario.providers.iter();
        (each.map(|_| Provider::default()).collect(), Vec::new())
    };
    let weights: Vec<f64> = scenario.providers.iter().map(|row| row.weight).collect();
    let provider = |((row, base), weight): ((&scenario::Provider, Provider), u32)| Provider {
        weight,
        order: row.order,
        ttft_ms: whole(row.ttft_s * 1e3),
        tokens_per_s: row.output_tps,
        failure_ppm: small(scenario.gateway.retry.failure_percent * PPM_PER_PERCENT),
        ..base
    };
    let rows = scenario.providers.iter().zip(limited);
    let rows = rows.zip(in_proportion(&weights));
    (rows.map(provider).collect(), quotas)
}

/// Breaker of a gateway while a provider fails or hangs. Random failures never open it, but a
/// randomly failing probe keeps it open.
pub(super) fn breaker(scenario: &Scenario) -> Breaker {
    Breaker {
        failures: u32::MAX,
        trip_ms: Some(milliseconds(scenario.gateway.retry.trip_s)),
        open_ms: BREAKER_OPEN_MS,
        probes: 1,
    }
}

/// Retries of calls to providers.
pub(super) fn calls(scenario: &Scenario) -> Calls {
    let retry = &scenario.gateway.retry;
    Calls {
        attempts: retry.attempts.max(1),
        failover: Failover::Ordered,
        delay_ms: whole(retry.delay_ms),
        max_delay_ms: whole(guide::RETRY_DELAY_MAX_S * 1e3),
        ..Calls::default()
    }
}
