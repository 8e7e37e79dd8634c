//! The rules of a HorizontalPodAutoscaler.

/// Relative deviation the controller ignores, when nothing else is configured.
///
/// # Source
///
/// kubernetes.io, "Horizontal Pod Autoscaling", `--horizontal-pod-autoscaler-tolerance`.
pub const TOLERANCE: f64 = 0.1;
/// How often the controller looks.
pub const SYNC_PERIOD_S: f64 = 15.0;

/// Whole utilization percents at which a target acts: `(shrinks_at, grows_at)`.
///
/// The controller compares whole percents, and anything within the tolerance is
/// left alone, both ends included: a target of 70 acts at 62 and at 78.
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

/// Policy steps from `from` to at least `to` replicas when each adds `percent`.
///
/// A step is at least one pod, as the controller rounds the new size up.
/// `None` if `percent` is zero and there is a way to go.
pub fn steps_up(from: u32, to: u32, percent: u32) -> Option<u32> {
    let mut size = u64::from(from.max(1));
    let mut steps = 0;
    while size < u64::from(to) {
        if percent == 0 {
            return None;
        }
        size = (size * (100 + u64::from(percent))).div_ceil(100);
        steps += 1;
    }
    Some(steps)
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

    #[test]
    fn the_guides_manifest_needs_six_steps_to_twenty() {
        // 2 → 3 → 5 → 8 → 12 → 18 → 20 (27 clipped).
        assert_eq!(steps_up(2, 20, 50), Some(6));
        assert_eq!(steps_up(2, 8, 50), Some(3));
        assert_eq!(steps_up(5, 3, 50), Some(0));
        assert_eq!(steps_up(2, 3, 0), None);
    }
}
