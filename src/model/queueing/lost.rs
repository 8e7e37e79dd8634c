//! Requests that pods lose: refused, dropped or given up.

use super::chosen::TwoChoices;
use super::impatient::{Bounds, Lost, lost_of_pods};
use super::pods::{Pods, Routing, pooled};
use super::poisson::upper_share;
use super::{System, with_bounded_queue};
use crate::model::ModelError;

/// Shares of requests refused by a full queue, and given up waiting.
///
/// With routing to the better of two, the loss is that of the nearest whole number of pooled pods,
/// but at least that of [`TwoChoices`] and of one pool of all pods; with routing to the fewest
/// requests, that of the pool. With exponential services the loss of the better of two is within 25
/// % of simulation if it is 1 % or more and a pod has more than one slot.
///
/// A full queue that drops its oldest request loses as many requests as one that refuses new ones.
/// Fewer of them give up: those with no more arrivals within their patience than the queue has
/// places. Ours: with Poisson arrivals and exponential services before one pod both shares are
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

/// Lower bound of the loss with the better of two, as far as nobody leaves before a full queue is
/// served: the excess that no fleet could serve, plus the root of the squares of the chance losses
/// of many pods and of all of them together.
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
