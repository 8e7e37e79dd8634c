//! A load test under the model: how long its requests last, and how many fail.

use super::patience::above;
use super::queueing::waits_under;
use super::{GatewayPlan, QueuePlan};
use crate::model::upstream::failed_ratio;
use crate::scenario::Scenario;

/// Steps of the bisection for a quantile: to a millionth of the longest time.
const STEPS: u32 = 60;

/// How the requests of a load test fare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// Share without an answer in time.
    pub failed_ratio: f64,
    /// Time that 95 of 100 stay within, wait included; none where it is the clients' patience.
    pub p95_s: Option<f64>,
    /// The same for 99 of 100.
    pub p99_s: Option<f64>,
}

/// How requests fare of which each kind is a part of all and has a mean time at a provider; the
/// parts sum to 1. The load on the gateways is taken as the plan's.
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
