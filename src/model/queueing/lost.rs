//! Requests that pods lose: those that find no place, those that are dropped, those that leave.

use super::chosen::TwoChoices;
use super::impatient::{Bounds, Lost, lost_of_pods};
use super::pods::{Pods, Routing, pooled};
use super::poisson::upper_share;
use super::{System, with_bounded_queue};
use crate::model::ModelError;

/// Shares of the requests that find the queue full, and that give up waiting.
///
/// Of the better of two it is that of the nearest whole number of pods that pool, but at least that
/// of [`TwoChoices`] and of one pool of all pods together; of the pod that holds fewest that of the
/// pool. With exponential services that of the better of two is within 25 % of simulation where it
/// is 1 % or more and a pod has more than one slot.
///
/// A full queue that drops its oldest request loses as many as one that turns the new ones away.
/// Fewer of them give up: those that no more arrivals follow within their patience than the queue
/// has places. Ours: with Poisson arrivals and exponential services before one pod both shares are
/// within 10 % of simulation, or 0.003.
///
/// # Errors
///
/// As [`super::loss_by_patience`].
pub fn fleet_lost(system: &System, bounds: Bounds, pods: Pods) -> Result<Lost, ModelError> {
    let (part, pooled_pods) = pooled(system, pods)?;
    let ends = (bounds.places.saturating_mul(pooled_pods), bounds.patience_s);
    let (mut lost, queues) = match pods.routing {
        Routing::Pool => (lost_of_pods(&part, ends, 1)?, 1),
        _ => (lost_of_pods(&part, ends, pooled_pods)?, pooled_pods),
    };
    if pods.routing == Routing::BestOfTwo {
        let least = least_of_two(system, bounds, pods)?;
        lost.refused += (least - lost.ratio()).max(0.0);
    }
    if !bounds.drops_oldest || bounds.places == 0 {
        return Ok(lost);
    }
    let queues = f64::from(queues);
    let places = f64::from(ends.0) / queues;
    let arrivals = part.arrival_rate_rps / queues * bounds.patience_s;
    let gave_up = lost.gave_up * upper_share(places + 0.5, arrivals);
    Ok(Lost {
        refused: lost.ratio() - gave_up,
        gave_up,
    })
}

/// Share of the requests that the better of two refuses at least, as far as nobody leaves before a
/// full queue is served: beyond what no fleet could serve, the root of the squares of what chance
/// takes among many pods, and from all of them together.
fn least_of_two(system: &System, bounds: Bounds, pods: Pods) -> Result<f64, ModelError> {
    let slots = f64::from(system.servers);
    let full_s = f64::from(bounds.places) * system.service_time_s / slots;
    if pods.count <= 2 || bounds.patience_s < full_s {
        return Ok(0.0);
    }
    let Some(two) = TwoChoices::of(system, bounds.places, pods.count)? else {
        return Ok(0.0);
    };
    let all = System {
        servers: system.servers.saturating_mul(pods.count),
        ..*system
    };
    let places = bounds.places.saturating_mul(pods.count);
    let together = with_bounded_queue(&all, places)?.loss_ratio;
    let load = system.offered_load()?;
    let never = (1.0 - slots * f64::from(pods.count) / load).max(0.0);
    let beyond = [two.loss_ratio(), together].map(|loss| (loss - never).max(0.0));
    Ok((never + libm::hypot(beyond[0], beyond[1])).min(1.0))
}
