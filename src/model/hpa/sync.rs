//! The controller's decision over all metrics, sync by sync.

use super::behavior::{Behavior, Direction, Logs};
use super::metric::{MetricError, Tolerance, Version};

/// Scale-up limit without a behavior block: at most double, but at least four pods.
const UP_FACTOR: u32 = 2;
const UP_MINIMUM: u32 = 4;

/// Bounds of the size and rules of its change.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Minimum replicas.
    pub min: u32,
    /// Maximum replicas.
    pub max: u32,
    /// The `behavior` block; an absent one differs from an empty one.
    pub behavior: Option<Behavior>,
    /// `--horizontal-pod-autoscaler-downscale-stabilization`, milliseconds.
    pub down_window_ms: i64,
    /// `--horizontal-pod-autoscaler-tolerance`, unless the manifest overrides it.
    pub tolerance: f64,
    /// Kubernetes version of the rules.
    pub version: Version,
}

impl Limits {
    /// Bounds under a controller with default flags.
    pub fn new(min: u32, max: u32, behavior: Option<Behavior>) -> Self {
        Self {
            min,
            max,
            behavior,
            down_window_ms: 300_000,
            tolerance: super::TOLERANCE,
            version: Version::NEWEST,
        }
    }

    /// Effective tolerance, by direction.
    pub fn tolerances(&self) -> Tolerance {
        let own = |rules: fn(&Behavior) -> Option<f64>| {
            let behavior = self.behavior.as_ref();
            behavior
                .and_then(rules)
                .filter(|_| self.version.has_own_tolerance())
        };
        Tolerance {
            up: own(|behavior| behavior.up.tolerance).unwrap_or(self.tolerance),
            down: own(|behavior| behavior.down.tolerance).unwrap_or(self.tolerance),
        }
    }
}

/// A proposed size, before stabilization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recommendation {
    /// Replicas.
    pub replicas: u32,
    /// Time of the proposal, milliseconds.
    pub at_ms: i64,
}

/// Reason of the condition `ScalingLimited` or `ScalingActive`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The metrics' own size is used.
    DesiredWithinRange,
    /// The minimum applies.
    TooFewReplicas,
    /// The maximum applies.
    TooManyReplicas,
    /// The scale-up policies limit the change.
    ScaleUpLimit,
    /// The scale-down policies limit the change.
    ScaleDownLimit,
    /// Zero replicas were set manually.
    ScalingDisabled,
    /// The metrics were unavailable.
    FailedGetMetrics,
}

/// Result of a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// New size, replicas.
    pub replicas: u32,
    /// Reason for that size.
    pub reason: Reason,
}

/// A controller and its memory of one autoscaler.
#[derive(Debug, Clone)]
pub struct Controller {
    limits: Limits,
    /// `None` before the first sync.
    recommendations: Option<Vec<Recommendation>>,
    logs: Logs,
}

impl Controller {
    /// A controller without memory of this autoscaler.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            recommendations: None,
            logs: Logs::default(),
        }
    }

    /// A controller that remembers earlier syncs.
    #[must_use]
    pub fn remembering(mut self, recommendations: Vec<Recommendation>, logs: Logs) -> Self {
        self.recommendations = Some(recommendations);
        self.logs = logs;
        self
    }

    /// Bounds and rules.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Remembered recommendations.
    pub fn recommendations(&self) -> &[Recommendation] {
        self.recommendations.as_deref().unwrap_or_default()
    }

    /// Remembered changes.
    pub fn logs(&self) -> &Logs {
        &self.logs
    }

    /// One sync at `now_ms` with `current` replicas: takes each metric's proposal or failure,
    /// returns the new size.
    pub fn sync(
        &mut self,
        now_ms: i64,
        current: u32,
        proposals: &[Result<u32, MetricError>],
    ) -> Decision {
        // This alone keeps a fleet from shrinking for a window after the first sync.
        self.recommendations.get_or_insert_with(|| {
            vec![Recommendation {
                replicas: current,
                at_ms: now_ms,
            }]
        });
        let decision = self.decide(now_ms, current, proposals);
        if decision.replicas != current
            && let Some(behavior) = &self.limits.behavior
        {
            self.logs.note(behavior, current, decision.replicas, now_ms);
        }
        decision
    }

    fn decide(
        &mut self,
        now_ms: i64,
        current: u32,
        proposals: &[Result<u32, MetricError>],
    ) -> Decision {
        let Limits { min, max, .. } = self.limits;
        let at = |replicas, reason| Decision { replicas, reason };
        if current == 0 && 0 < min {
            return at(current, Reason::ScalingDisabled);
        }
        if max < current {
            return at(max, Reason::TooManyReplicas);
        }
        if current < min {
            return at(min, Reason::TooFewReplicas);
        }
        let Some(best) = largest(proposals, current) else {
            return at(current, Reason::FailedGetMetrics);
        };
        if self.limits.behavior.is_some() {
            let held = self.stabilize(now_ms, current, best);
            self.at_rate(now_ms, current, held)
        } else {
            let held = self.hold(now_ms, best);
            self.clamp(current, held)
        }
    }

    /// Without a behavior block: highest recommendation in the window.
    pub fn hold(&mut self, now_ms: i64, best: u32) -> u32 {
        let oldest = now_ms - self.limits.down_window_ms;
        let log = self.recommendations.get_or_insert_default();
        let kept = log.iter().filter(|old| oldest <= old.at_ms);
        let held = kept.map(|old| old.replicas).fold(best, u32::max);
        remember(log, best, now_ms, oldest);
        held
    }

    /// Without a behavior block: size within the bounds, and at most doubled.
    pub fn clamp(&self, current: u32, held: u32) -> Decision {
        let Limits { min, max, .. } = self.limits;
        let up = current.saturating_mul(UP_FACTOR).max(UP_MINIMUM);
        let (most, reason) = if up < max {
            (up, Reason::ScaleUpLimit)
        } else {
            (max, Reason::TooManyReplicas)
        };
        let at = |replicas, reason| Decision { replicas, reason };
        if held < min {
            at(min, Reason::TooFewReplicas)
        } else if most < held {
            at(most, reason)
        } else {
            at(held, Reason::DesiredWithinRange)
        }
    }

    /// With a behavior block: size within the recommendations of both windows.
    pub fn stabilize(&mut self, now_ms: i64, current: u32, best: u32) -> u32 {
        let behavior = self.limits.behavior.as_ref();
        let up_ms = behavior.and_then(|behavior| behavior.up.window_ms);
        let down_ms = behavior.and_then(|behavior| behavior.down.window_ms);
        let up_from = now_ms - up_ms.unwrap_or(0);
        let down_from = now_ms - down_ms.unwrap_or(self.limits.down_window_ms);
        let log = self.recommendations.get_or_insert_default();
        let since = |from: i64| log.iter().filter(move |old| from < old.at_ms);
        let low = since(up_from).map(|old| old.replicas).fold(best, u32::min);
        let high = since(down_from)
            .map(|old| old.replicas)
            .fold(best, u32::max);
        remember(log, best, now_ms, up_from.min(down_from));
        current.max(low).min(high)
    }

    /// With a behavior block: as close to `held` as bounds and policies allow.
    pub fn at_rate(&self, now_ms: i64, current: u32, held: u32) -> Decision {
        let Limits { min, max, .. } = self.limits;
        let at = |replicas, reason| Decision { replicas, reason };
        let Some(behavior) = &self.limits.behavior else {
            return at(held, Reason::DesiredWithinRange);
        };
        if current < held {
            let limit = behavior
                .up
                .limit(Direction::Up, current, &self.logs, now_ms);
            let (most, reason) = if limit < max {
                (limit, Reason::ScaleUpLimit)
            } else {
                (max, Reason::TooManyReplicas)
            };
            if most < held {
                return at(most, reason);
            }
        } else if held < current {
            let limit = behavior
                .down
                .limit(Direction::Down, current, &self.logs, now_ms);
            let (least, reason) = if min < limit {
                (limit, Reason::ScaleDownLimit)
            } else {
                (min, Reason::TooFewReplicas)
            };
            if held < least {
                return at(least, reason);
            }
        }
        at(held, Reason::DesiredWithinRange)
    }
}

/// Largest proposal; `None` if all failed, or if one failed and the fleet would shrink.
fn largest(proposals: &[Result<u32, MetricError>], current: u32) -> Option<u32> {
    let best = proposals.iter().flatten().copied().max()?;
    let is_sure = proposals.iter().all(Result::is_ok);
    (is_sure || current <= best).then_some(best)
}

/// Stores a recommendation, reusing the last slot older than `oldest_ms` if any.
fn remember(log: &mut Vec<Recommendation>, replicas: u32, now_ms: i64, oldest_ms: i64) {
    let new = Recommendation {
        replicas,
        at_ms: now_ms,
    };
    match log.iter_mut().rev().find(|old| old.at_ms < oldest_ms) {
        Some(old) => *old = new,
        None => log.push(new),
    }
}
