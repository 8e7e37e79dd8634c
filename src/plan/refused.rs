//! Requests that the providers refuse.

use super::admission::takes;
use super::counting::CountedRow;
use super::{Demand, LimitState, ProviderPlan, served};
use crate::scenario::Scenario;

/// Requests of a workload that a row refuses.
struct Refused {
    row: usize,
    workload: usize,
    /// Share of all direct requests.
    share: f64,
}

/// Share of direct requests that the providers refuse, for a full limit or for their size.
///
/// A refused request goes to another provider if requests have more than one attempt, as far as
/// that provider has room and may take it. Batches wait for their limits and are never refused.
pub(super) fn limited_ratio(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
    providers: &[ProviderPlan],
) -> f64 {
    let takes_all = |plan: &ProviderPlan| 1.0 <= plan.admitted_ratio.min(taken_ratio(plan));
    if providers.iter().all(takes_all) {
        return 0.0;
    }
    let ways = scenario.ways();
    let direct = |workload: usize| {
        let workload = &scenario.workloads[workload];
        workload.requests_per_day() * workload.direct_ratio()
    };
    let workloads = || 0..scenario.workloads.len();
    let all: f64 = workloads().map(direct).sum();
    let fits = |row: usize, workload: usize| {
        ways[row][workload] && takes(&scenario.workloads[workload], &rows[row], demand)
    };
    let mut refused = Vec::new();
    for (row, plan) in providers.iter().enumerate() {
        let served = served::live_ratio(&plan.limits);
        for workload in workloads().filter(|w| 0.0 < direct(*w)) {
            // What may go on is counted for what the row takes of it.
            let taken = match fits(row, workload) {
                true if rows[row].at.moves(workload) => 1.0,
                true => served,
                false => 0.0,
            };
            let share = plan.share_of(workload) * direct(workload) / all * (1.0 - taken);
            if 0.0 < share {
                refused.push(Refused {
                    row,
                    workload,
                    share,
                });
            }
        }
    }
    if 1 < scenario.gateway.retry.attempts && !refused.is_empty() {
        let mut room: Vec<f64> = providers.iter().map(room).collect();
        for each in &mut refused {
            for (row, room) in room.iter_mut().enumerate() {
                if row != each.row && fits(row, each.workload) {
                    let moved = each.share.min(*room);
                    *room -= moved;
                    each.share -= moved;
                }
            }
        }
    }
    refused.iter().map(|each| each.share).sum::<f64>().min(1.0)
}

/// Share of a row's load that its limits accept; refusals of a spilling row go to the next place.
fn taken_ratio(plan: &ProviderPlan) -> f64 {
    if plan.spills {
        return 1.0;
    }
    served::live_ratio(&plan.limits)
}

/// Share of direct requests that a row can take in addition to its own.
fn room(plan: &ProviderPlan) -> f64 {
    if plan.share_ratio <= 0.0 || plan.spills {
        return 0.0;
    }
    match plan.state() {
        LimitState::Closed => 0.0,
        LimitState::Unknown => f64::INFINITY,
        LimitState::Used(_) => {
            let scale = plan.max_scale().unwrap_or(f64::INFINITY);
            plan.direct_share_ratio * (scale - 1.0).max(0.0)
        }
    }
}
