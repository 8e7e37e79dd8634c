//! Outcomes of requests at the peak: their waits, and the shares without an answer.

use super::queueing::{QueuePlan, bounds};
use super::sizing::{SLOTS_MOST, Sizing};
use super::{Demand, Depth, GatewayPlan, Patience};
use crate::model::queueing::{self, Bounds};
use crate::model::upstream::failed_ratio;
use crate::scenario::Scenario;

/// Adds the waits under random arrivals, which fixes do not need.
///
/// Each gateway has slots and a queue of its own; the routing decides how far they help each other.
pub(super) fn with_waits<D: Depth>(
    scenario: &Scenario,
    demand: &Demand,
    gateway: &GatewayPlan,
    (patience, limited_ratio): (&Patience, f64),
    queue: QueuePlan,
) -> QueuePlan {
    D::reason(|| {
        let waits = waits(scenario, demand, gateway, queue.clone());
        waits.map(|queue| with_fates(scenario, patience, limited_ratio, queue))
    })
    .unwrap_or(queue)
}

/// Adds the requests without an answer, in turn: refused by the queue, given up, refused by
/// providers, failed, timed out. Each share is of the requests left by the previous ones.
fn with_fates(
    scenario: &Scenario,
    patience: &Patience,
    limited_ratio: f64,
    mut queue: QueuePlan,
) -> QueuePlan {
    let retry = &scenario.gateway.retry;
    let failing = failed_ratio(retry.failure_percent / 100.0, retry.attempts);
    let over = queue.over_ratio;
    let (refused, gave_up) = match queue.lost {
        Some(lost) => (lost.refused, lost.gave_up),
        None if queue.outlasts_clients => (0.0, over),
        None => (over, 0.0),
    };
    let started = 1.0 - refused - gave_up;
    let limited = started * patience.direct_ratio * limited_ratio;
    let failed = (started * patience.direct_ratio - limited) * failing;
    let timed_out = (started - limited - failed) * patience.over_ratio;
    queue.loss_ratio = Some(refused);
    queue.gave_up_ratio = Some(gave_up);
    queue.limited_ratio = limited;
    queue.failed_ratio = failed;
    queue.timed_out_ratio = Some(timed_out);
    queue.unserved_ratio = Some((refused + gave_up + limited + failed + timed_out).min(1.0));
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
    let bounds = bounds(&scenario.gateway, sizing, queue.longest_wait_s);
    let waits = queueing::started_waits(&system, bounds, (&queue.started, pods)).ok()?;
    queue.p_wait = Some(waits.p_wait);
    queue.mean_wait_s = Some(waits.mean_wait_s);
    queue.wait_p95_s = Some(waits.wait_p95_s);
    queue.wait_p99_s = Some(waits.wait_p99_s);
    // The mean queue does not depend on which request a full queue drops.
    let turning_away = Bounds {
        drops_oldest: false,
        ..bounds
    };
    let (mut mean_wait_s, mut lost) = (waits.mean_wait_s, queue.lost.unwrap_or_default());
    if bounds.drops_oldest {
        let waits = queueing::started_waits(&system, turning_away, (&queue.started, pods)).ok()?;
        let turned_away = queue.lost.is_some();
        let turned_away = turned_away.then(|| queueing::fleet_lost(&system, turning_away, pods));
        (mean_wait_s, lost) = (
            waits.mean_wait_s,
            turned_away.and_then(Result::ok).unwrap_or_default(),
        );
    }
    let waited_s = (1.0 - lost.ratio()) * mean_wait_s + lost.gave_up * queue.longest_wait_s;
    // Requests in a slot that wait to be taken up count as waiting.
    let spare = sizing.spare_slots() * f64::from(queue.running);
    let mean_queue = (demand.peak_rps * waited_s).min(queue.places + spare);
    queue.mean_queue = Some(mean_queue);
    queue.mean_queue_per_instance =
        (0 < queue.running).then(|| mean_queue / f64::from(queue.running));
    Some(queue)
}
