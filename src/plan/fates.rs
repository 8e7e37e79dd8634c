//! How requests fare at the peak: what they wait, and how many get no answer.

use super::queueing::QueuePlan;
use super::sizing::{SLOTS_MOST, Sizing};
use super::{Demand, Depth, GatewayPlan, Patience};
use crate::model::queueing;
use crate::scenario::Scenario;

/// Adds the waits under random arrivals, which no fix needs.
///
/// Each gateway has slots and a queue of its own; how requests reach them decides how far
/// they help each other.
pub(super) fn with_waits<D: Depth>(
    scenario: &Scenario,
    demand: &Demand,
    gateway: &GatewayPlan,
    patience: &Patience,
    queue: QueuePlan,
) -> QueuePlan {
    D::reason(|| {
        let waits = waits(scenario, demand, gateway, queue.clone());
        waits.map(|queue| with_fates(scenario, patience, queue))
    })
    .unwrap_or(queue)
}

/// Adds the requests without an answer: refused, given up, failed, timed out, each of those
/// that the ones before leave.
fn with_fates(scenario: &Scenario, patience: &Patience, mut queue: QueuePlan) -> QueuePlan {
    let retry = &scenario.gateway.retry;
    let failing = libm::pow(retry.failure_percent / 100.0, f64::from(retry.attempts));
    // The end of the queue comes first, or the clients' patience: the other loses nobody then.
    let over = (1.0 - 1.0 / queue.utilization_ratio.max(1.0)).max(0.0);
    let (refused, gave_up) = if queue.outlasts_clients {
        (0.0, queue.too_late_ratio.unwrap_or(over))
    } else {
        (queue.loss_ratio.unwrap_or(over), 0.0)
    };
    let started = 1.0 - refused - gave_up;
    let failed = started * failing * patience.direct_ratio;
    let timed_out = (started - failed) * patience.over_ratio;
    queue.loss_ratio = Some(refused);
    queue.gave_up_ratio = Some(gave_up);
    queue.failed_ratio = failed;
    queue.timed_out_ratio = Some(timed_out);
    queue.unserved_ratio = Some((refused + gave_up + failed + timed_out).min(1.0));
    queue
}

fn waits(
    scenario: &Scenario,
    demand: &Demand,
    gateway: &GatewayPlan,
    mut queue: QueuePlan,
) -> Option<QueuePlan> {
    if SLOTS_MOST < queue.slots || demand.peak_rps <= 0.0 {
        return None;
    }
    let sizing = Sizing::of(
        &scenario.gateway,
        &scenario.traffic,
        demand,
        gateway.times(),
    );
    let (system, pods) = (sizing.system(demand.peak_rps), sizing.pods(queue.running));
    // Overload has no steady state; the backlog says how it grows instead.
    if let Ok(wait) = queueing::fleet_wait(&system, pods) {
        queue.wait = Some(wait);
        queue.p_wait = Some(wait.p_wait);
        queue.mean_wait_s = Some(wait.mean_wait_s);
        queue.wait_p95_s = Some(wait.wait_p95_s);
        queue.wait_p99_s = Some(wait.wait_p99_s);
        let mean_queue = demand.peak_rps * wait.mean_wait_s;
        queue.mean_queue = Some(mean_queue);
        queue.mean_queue_per_instance =
            (0 < queue.running).then(|| mean_queue / f64::from(queue.running));
    }
    if queue.places <= SLOTS_MOST {
        let places = scenario.gateway.queue_max_size;
        queue.loss_ratio = queueing::fleet_loss(&system, places, pods).ok();
    }
    Some(queue)
}
