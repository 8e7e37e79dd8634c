//! Kinds of what goes wrong on a day.

use super::{Held, Look, Stuck};
use crate::simulation::MetricName;

/// Something that goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct DayFinding {
    /// What.
    pub kind: DayFindingKind,
    /// Its first bucket.
    pub from: usize,
    /// The one after its last.
    pub to: usize,
    /// How much of what its kind says.
    pub share_ratio: f64,
}

/// What goes wrong, with its numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum DayFindingKind {
    /// Pods come after the requests; the share waits too long or gets no answer.
    LateAutoscaler {
        /// Pods ready as it begins.
        pods_from: u32,
        /// Most pods ready in it.
        pods_to: u32,
        /// Minutes until then.
        minutes: f64,
    },
    /// A metric stays below the value at which the autoscaler acts, for the share of the bad
    /// time.
    CannotSee {
        /// Which.
        metric: MetricName,
        /// Its highest value in the bad time: percent for CPU, else each pod's.
        highest: f64,
        /// Its target, in the same.
        target: f64,
    },
    /// The most pods there may be are too few, for the share of the bad time.
    AtMaximum {
        /// The most.
        pods: u32,
    },
    /// The autoscaler may add no pods, and the share waits too long or gets no answer.
    GrowthHeld {
        /// Why.
        why: Held,
        /// Most pods ready in the bad time.
        pods: u32,
    },
    /// The fleet grows and shrinks in turns; the share waits too long or gets no answer.
    Flaps {
        /// Changes of the wanted number.
        changes: usize,
        /// Changes of direction.
        turns: usize,
    },
    /// More pods than the requests need, above the minimum; the share of all pod-hours.
    HoldsTooMuch {
        /// Hours of pods beyond the need.
        pod_hours: f64,
    },
    /// A provider refuses the share of its calls.
    ProviderRefuses {
        /// Its name.
        name: String,
        /// Calls refused.
        rejected: u64,
        /// Pods as it begins.
        pods_from: u32,
        /// Pods as it ends.
        pods_to: u32,
    },
    /// A provider answers the share of its calls with errors, or not at all.
    ProviderFails {
        /// Its name.
        name: String,
        /// Calls that failed or were given up.
        failed: u64,
    },
    /// Pods are lost and not yet replaced; the share of the requests of that time waits too long or
    /// gets no answer.
    PodsLost {
        /// Most at once.
        pods: u32,
    },
    /// The autoscaler sees none of its metrics: what moves the fleet meanwhile is a schedule or a
    /// fallback.
    MetricsSilent {
        /// Changes of the wanted number meanwhile.
        changes: usize,
    },
    /// The autoscaler sees only some of its metrics, for the share of the day.
    MetricLost {
        /// Those that it cannot read.
        lost: Vec<Look>,
        /// Those that it can.
        left: Vec<Look>,
        /// Whether a fallback stands for what it cannot read.
        has_fallback: bool,
    },
    /// No gateway is ready, and the share of the requests of that time fails.
    NobodyThere {
        /// Times of the day in which that is so.
        times: usize,
        /// Requests that fail in them.
        failed: u64,
        /// Why the fleet stays at none to the end of the day, where it does.
        stuck: Option<Stuck>,
    },
    /// The wait that 99 of 100 stay within is longer than the goal; the share of the day.
    LongWaits {
        /// That wait, seconds.
        wait_s: f64,
        /// The goal, seconds.
        goal_s: f64,
    },
    /// Calls and sendings beyond the first for each request; the share beyond one.
    RetriesAmplify {
        /// Calls for each request that got a slot.
        calls_each: f64,
        /// Sendings of each question.
        sends_each: f64,
    },
    /// The gateway answers requests whose clients have left; the share of all that got a slot.
    AnswersUnheard {
        /// How many.
        unheard: u64,
    },
}
