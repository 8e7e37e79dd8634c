//! What is asked on a day, and who answers: from the scenario.

use crate::catalog::guide;
use crate::model::day::SAMPLES;
use crate::plan::Plan;
use crate::scenario::{self, Scenario};
use crate::simulation::{Arrivals, Calls, Failover, Provider, Quota, RandomArrivals};

use super::limit::limited;
use super::time::{DAY_MS, small, whole};

/// Millionths in a percent.
const PPM_PER_PERCENT: f64 = 1e4;

/// Arrivals along the plan's day, five minutes by five minutes.
pub(super) fn arrivals(scenario: &Scenario, plan: &Plan) -> Arrivals {
    let mean = plan.demand.requests_per_day / SAMPLES as f64;
    let expected = plan.day.profile.iter().map(|height| whole(mean * height));
    Arrivals::Random(RandomArrivals {
        window_ms: DAY_MS / SAMPLES as u64,
        requests: expected.collect(),
        dispersion: scenario
            .traffic
            .burstiness_over(plan.gateway.time_in_flight_s),
        spread_ms: 0,
    })
}

/// Arrivals of a measured day, minute by minute; within a minute by chance.
pub(super) fn measured(minutes: &[f64]) -> Arrivals {
    // Fractions add up from minute to minute: a quiet hour is not an empty one.
    let mut owed = 0.0;
    let mut count = |at: usize| {
        owed += minutes.get(at).copied().unwrap_or_default();
        let whole = whole(libm::floor(owed + 1e-9));
        owed -= whole as f64;
        whole
    };
    Arrivals::Random(RandomArrivals {
        window_ms: DAY_MS / 1440,
        requests: (0..1440).map(&mut count).collect(),
        dispersion: 1.0,
        spread_ms: 0,
    })
}

/// The providers of the scenario, and what their calls count towards, if limits are to hold; where
/// pods count a limit each for itself, there may be `pods_most` of them.
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
    let provider = |(row, base): (&scenario::Provider, Provider)| Provider {
        weight: small(row.weight * 100.0),
        order: row.order,
        ttft_ms: whole(row.ttft_s * 1e3),
        tokens_per_s: row.output_tps,
        failure_ppm: small(scenario.gateway.retry.failure_percent * PPM_PER_PERCENT),
        ..base
    };
    let rows = scenario.providers.iter().zip(limited);
    (rows.map(provider).collect(), quotas)
}

/// How the gateway calls providers.
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
