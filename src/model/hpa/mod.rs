//! The algorithm of the HorizontalPodAutoscaler.
//!
//! [`proposal`] gives the replicas that one metric asks for, [`Controller::sync`] the decision over
//! several metrics. Nothing here reads a clock: the time of a sync is an argument, in milliseconds
//! from any origin.
//!
//! # Source
//!
//! Kubernetes 1.30 to 1.37, `pkg/controller/podautoscaler` (`horizontal.go`,
//! `replica_calculator.go`); kubernetes.io, "Horizontal Pod Autoscaling"; KEP-853
//! (behavior), KEP-4951 (tolerance). `tests/vectors/hpa-cases.json` holds the cases.

mod behavior;
mod metric;
mod pod;
mod sync;

pub use behavior::{Behavior, Direction, Logs, Policy, PolicyKind, Rules, ScaleEvent, Select};
pub use metric::{Metric, MetricError, Observation, Proposal, Tolerance, Version, proposal};
pub use pod::{Groups, Phase, Pod, Resource, Timing, group};
pub use sync::{Controller, Decision, Limits, Reason, Recommendation};

/// Default tolerance: relative deviation that the controller ignores.
///
/// # Source
///
/// kubernetes.io, "Horizontal Pod Autoscaling", `--horizontal-pod-autoscaler-tolerance`.
pub const TOLERANCE: f64 = 0.1;
/// Default time between two syncs, seconds.
pub const SYNC_PERIOD_S: f64 = 15.0;

/// Whole utilization percents at which a target acts: `(shrinks_at, grows_at)`.
///
/// The controller compares whole percents and tolerates deviations up to both ends included: a
/// target of 70 acts at 62 and at 78.
///
/// # Source
///
/// `replica_calculator.go` of Kubernetes 1.33.
pub fn acts_at_percent(target_percent: u32) -> (u32, u32) {
    // In tenths, so that the ends are exact: 70 × 0.9 = 63 and 70 × 1.1 = 77.
    let low_tenths = u64::from(target_percent) * 9;
    let high_tenths = u64::from(target_percent) * 11;
    let shrinks = low_tenths.div_ceil(10).saturating_sub(1);
    let grows = high_tenths / 10 + 1;
    (
        u32::try_from(shrinks).unwrap_or(u32::MAX),
        u32::try_from(grows).unwrap_or(u32::MAX),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_acts_outside_its_tolerance() {
        // (target, shrinks at, grows at); 70 as worked out in the Kubernetes tests.
        for (target, shrinks, grows) in [(70, 62, 78), (80, 71, 89), (50, 44, 56), (100, 89, 111)] {
            assert_eq!(acts_at_percent(target), (shrinks, grows), "{target}");
        }
    }
}
