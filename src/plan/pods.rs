//! Pods that count limits of the gateway's own.

use super::sizing::Sizing;
use crate::model::limit;

/// Pods that each count a limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pods {
    /// Pods at the peak.
    pub(super) running: f64,
    /// Minimum pods.
    pub(super) least: f64,
    /// Maximum pods.
    pub(super) most: f64,
    /// Need of more pods at a higher load: the rules, and the rate that today's peak is sized for.
    pub(super) growth: Option<(Sizing, f64)>,
}

impl Pods {
    /// Whether their number follows the load.
    pub(super) fn is_variable(&self) -> bool {
        self.growth.is_some() && self.least < self.most
    }

    /// Multiple of today's load at which a limit is full that pods count, from the multiple that a
    /// number of pods holds: each pod that the autoscaler runs at a load counts a limit of its own.
    pub(super) fn scale_to_full(&self, held: impl Fn(f64) -> Option<f64>) -> Option<f64> {
        // Each step adds or takes a pod or more; in fleets of hundreds of pods they may end early.
        const STEPS: u32 = 100;
        let mut pods = self.running;
        let mut scale = held(pods)?;
        let Some((sizing, rps)) = self.growth else {
            return Some(scale);
        };
        let is_over = !limit::holds(scale);
        for _ in 0..STEPS {
            // The load just above that multiple, which these pods no longer hold; the load itself
            // where it is less than today's.
            let load = if is_over {
                scale
            } else {
                scale * (1.0 + limit::TOLERANCE)
            };
            let needed = f64::from(sizing.instances(rps * load)).clamp(self.least, self.most);
            let more = needed - pods;
            if more.abs() < 0.5 || (more < 0.0) != is_over {
                break;
            }
            pods = needed;
            scale = held(pods)?;
        }
        Some(scale)
    }
}
