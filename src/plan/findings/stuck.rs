//! Autoscalers that never add a gateway.
//!
//! # Source
//!
//! Kubernetes 1.37, `pkg/controller/podautoscaler/horizontal.go`: a policy in percent allows
//! `ceil(pods × (1 + percent ÷ 100))`, which is none for no pods; `selectPolicy: Disabled` allows
//! no scale-up; a target acts above its value × (1 + tolerance).

use crate::model::fleet::whole;
use crate::model::hpa::{TOLERANCE, Version};
use crate::plan::Chapters;
use crate::scenario::scaling::Step;
use crate::scenario::{Hpa, Scenario, Select};

/// An autoscaler that never adds a gateway.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stuck {
    /// Cause.
    pub by: StuckBy,
    /// Number of gateways at which it stays.
    pub pods: u32,
    /// Gateways needed at the peak.
    pub needed: u32,
}

/// Cause for which an autoscaler never adds a gateway.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StuckBy {
    /// Scale-up is disabled.
    Disabled,
    /// It starts from zero pods, and a percentage of zero is zero.
    PercentOfNothing,
    /// Each target is beyond a gateway's capacity.
    OutOfReach {
        /// Target of requests in flight, and slots per gateway.
        in_flight: Option<(f64, u32)>,
        /// Target of the queue depth, and queue length per gateway.
        queue: Option<(f64, u32)>,
        /// Multiple of a target above which it acts.
        acts: f64,
    },
}

/// Autoscaler that stays at a minimum below the need.
pub(super) fn stuck(scenario: &Scenario, chapters: &Chapters) -> Option<Stuck> {
    let gateway = &chapters.gateway;
    let pods = gateway.instances_min;
    if gateway.instances <= pods {
        return None;
    }
    let hpa = &scenario.gateway.hpa;
    // KEDA, and clusters without scaling to zero, start the first pod themselves.
    let is_from_zero = pods == 0 && Version(hpa.kubernetes.minor()).has_zero();
    let by = if hpa.up_select == Select::Disabled {
        StuckBy::Disabled
    } else if !hpa.schedules.0.is_empty() {
        // The exported file is KEDA's, and its schedule is a target within reach.
        return None;
    } else if is_from_zero && grows_by_percent(hpa) {
        StuckBy::PercentOfNothing
    } else {
        out_of_reach(scenario)?
    };
    Some(Stuck {
        by,
        pods,
        needed: gateway.instances,
    })
}

/// Whether a percentage policy decides for a small fleet.
fn grows_by_percent(hpa: &Hpa) -> bool {
    let more = || hpa.up_more.0.iter();
    let of = |step: Step| more().any(|policy| policy.step == step);
    let has_percent = hpa.up_percent.is_some() || of(Step::Percent);
    let has_pods = hpa.up_pods.is_some() || of(Step::Pods);
    has_percent && (!has_pods || hpa.up_select == Select::Min)
}

/// Whether each target is beyond a gateway's capacity.
fn out_of_reach(scenario: &Scenario) -> Option<StuckBy> {
    let hpa = &scenario.gateway.hpa;
    let others = [hpa.cpu_percent, hpa.memory_percent];
    let averages = [hpa.cpu_average, hpa.memory_average_mb];
    let has_others = others.iter().any(Option::is_some)
        || averages.iter().any(Option::is_some)
        || !hpa.metrics.0.is_empty();
    let tolerance = hpa.up_tolerance_percent.map(|percent| percent / 100.0);
    let acts = 1.0 + tolerance.unwrap_or(TOLERANCE);
    let reached = |target: Option<f64>, most: u32| {
        target.is_some_and(|target| is_reached(target, most, acts))
    };
    let (slots, queue) = (
        scenario.gateway.concurrency,
        scenario.gateway.queue_max_size,
    );
    let has_target = hpa.in_flight.is_some() || hpa.queue_depth.is_some();
    let is_reached = reached(hpa.in_flight, slots) || reached(hpa.queue_depth, queue);
    (has_target && !has_others && !is_reached).then_some(StuckBy::OutOfReach {
        in_flight: hpa.in_flight.map(|target| (target, slots)),
        queue: hpa.queue_depth.map(|target| (target, queue)),
        acts,
    })
}

/// Whether a gateway holding at most `most` requests exceeds a target's tolerance.
fn is_reached(target: f64, most: u32, acts: f64) -> bool {
    target * acts < f64::from(most)
}

impl StuckBy {
    /// The highest targets that act before a gateway is full: of requests in flight, and of the
    /// queue depth.
    pub(in crate::plan) fn reached(self) -> (Option<u32>, Option<u32>) {
        let Self::OutOfReach {
            in_flight,
            queue,
            acts,
        } = self
        else {
            return (None, None);
        };
        let highest = |(_, most): (f64, u32)| {
            let near = whole(libm::floor(f64::from(most) / acts)).min(most);
            let below = (0..=near).rev();
            below
                .take(3)
                .find(|to| 0 < *to && is_reached(f64::from(*to), most, acts))
        };
        (in_flight.and_then(highest), queue.and_then(highest))
    }
}
