//! Requests that pods lose: those that find no place, those that are dropped, those that leave.

use super::System;
use super::impatient::{Bounds, Lost, lost_of_pods};
use super::pods::{Pods, Routing, pooled};
use super::poisson::upper_share;
use crate::model::ModelError;

/// Shares of the requests that find the queue full, and that give up waiting.
///
/// Of the better of two it is that of the nearest whole number of pods that pool; of the
/// pod that holds fewest that of the pool.
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
    let (lost, queues) = match pods.routing {
        Routing::Pool => (lost_of_pods(&part, ends, 1)?, 1),
        _ => (lost_of_pods(&part, ends, pooled_pods)?, pooled_pods),
    };
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
