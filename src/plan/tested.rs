//! A load test under the model: its response times and failures.

use super::patience::above;
use super::queueing::waits_under;
use super::{GatewayPlan, QueuePlan};
use crate::model::upstream::failed_ratio;
use crate::scenario::Scenario;

/// Bisection steps for a quantile, down to a fraction of the longest time.
const STEPS: u32 = 60;

/// Results of a load test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// Share of requests without an answer in time.
    pub failed_ratio: f64,
    /// 95th percentile of the response time, wait included, seconds; `None` if it is the clients'
    /// patience.
    pub p95_s: Option<f64>,
    /// 99th percentile of the response time, wait included, seconds; `None` if it is the clients'
    /// patience.
    pub p99_s: Option<f64>,
}

/// Results for a mixture of requests: each kind has a share, which sum to 1, and a mean time at a
/// provider. The load on the gateways is the plan's.
pub fn tested(
    scenario: &Scenario,
    (gateway, queue): (&GatewayPlan, &QueuePlan),
    kinds: &[(f64, f64)],
) -> Tested {
    let timeout_s = scenario.gateway.client_timeout_s;
    let waits = waits_under(scenario, gateway, queue, timeout_s);
    let longer = |time_s: f64| {
        let parts = kinds.iter();
        let parts = parts.map(|(part, mean_s)| part * above(&waits, *mean_s, time_s));
        parts.sum::<f64>()
    };
    let quantile = |left: f64| {
        if left <= longer(timeout_s) {
            return None;
        }
        let (mut low, mut high) = (0.0, timeout_s);
        for _ in 0..STEPS {
            let middle = f64::midpoint(low, high);
            if longer(middle) <= left {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    };
    let lost = [queue.loss_ratio, queue.gave_up_ratio];
    let lost: f64 = lost.into_iter().flatten().sum();
    let retry = &scenario.gateway.retry;
    let failing = failed_ratio(retry.failure_percent / 100.0, retry.attempts);
    let lost = lost + queue.limited_ratio;
    let answered = (1.0 - lost).max(0.0) * (1.0 - failing) * (1.0 - longer(timeout_s)).max(0.0);
    Tested {
        failed_ratio: 1.0 - answered,
        p95_s: quantile(0.05),
        p99_s: quantile(0.01),
    }
}
