//! Kinds of findings of a day.

use super::{Held, Look, Stuck};
use crate::simulation::MetricName;

/// A finding of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayFinding {
    /// Kind and numbers.
    pub kind: DayFindingKind,
    /// Index of its first bucket.
    pub from: usize,
    /// Index after its last bucket.
    pub to: usize,
    /// Share defined by the kind, 0 to 1 unless the kind says otherwise.
    pub share_ratio: f64,
}

/// Kind of a finding, with its numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum DayFindingKind {
    /// Pods arrive after the requests; the share waits too long or gets no answer.
    LateAutoscaler {
        /// Pods ready at the start.
        pods_from: u32,
        /// Pods ready once nearly as many run as ever in the period.
        pods_to: u32,
        /// Minutes until then, without those in which no metric could be read.
        minutes: f64,
    },
    /// A metric stays below the value at which the autoscaler acts, for the share of the bad
    /// period.
    CannotSee {
        /// The metric.
        metric: MetricName,
        /// Highest value in the bad period: percent for CPU, else per pod.
        highest: f64,
        /// Target of the metric, in the unit of `highest`.
        target: f64,
        /// Highest value that a gateway can reach, per pod, where the target acts above it; for the
        /// CPU the slots that are full before it gets there.
        out_of_reach: Option<u32>,
        /// Requests of the bad period that started late or left while they waited.
        waited: u64,
    },
    /// The maximum number of pods is too small, for the share of the bad period.
    AtMaximum {
        /// Maximum pods.
        pods: u32,
    },
    /// The autoscaler may not add pods; the share waits too long or gets no answer.
    GrowthHeld {
        /// Reason.
        why: Held,
        /// Maximum pods ready in the bad period.
        pods: u32,
    },
    /// The fleet grows and shrinks alternately; the share waits too long or gets no answer.
    Flaps {
        /// Changes of the wanted number.
        changes: usize,
        /// Changes of direction.
        turns: usize,
    },
    /// More pods than the requests need, above the minimum; the share of all pod-hours.
    HoldsTooMuch {
        /// Surplus pod-hours.
        pod_hours: f64,
    },
    /// A provider refuses the share of its calls.
    ProviderRefuses {
        /// Name of the provider.
        name: String,
        /// Calls refused.
        rejected: u64,
        /// Pods at the start of the period.
        pods_from: u32,
        /// Maximum pods in the period.
        pods_to: u32,
    },
    /// Gateways do not make the share of the calls to a provider, since a limit of their own is
    /// reached, and requests end without an answer for it.
    HeldBack {
        /// Name of the provider.
        name: String,
        /// Calls that were not made.
        held: u64,
    },
    /// A provider answers the share of its calls with errors, or not at all.
    ProviderFails {
        /// Name of the provider.
        name: String,
        /// Calls that failed or timed out.
        failed: u64,
    },
    /// A provider takes longer for its answers; the share of the requests in that period waits too
    /// long or gets no answer.
    ProviderSlow {
        /// Name of the provider.
        name: String,
        /// Multiple of the usual time.
        times: f64,
    },
    /// Pods are lost and not yet replaced; the share of the requests in that period waits too long
    /// or gets no answer.
    PodsLost {
        /// Maximum pods lost at once.
        pods: u32,
    },
    /// The autoscaler can read no metric; only schedules or a fallback move the fleet.
    MetricsSilent {
        /// Changes of the wanted number in the period.
        changes: usize,
    },
    /// The autoscaler can read only some of its metrics, for the share of the day.
    MetricLost {
        /// Unreadable metrics.
        lost: Vec<Look>,
        /// Readable metrics.
        left: Vec<Look>,
        /// Whether a fallback replaces the unreadable metrics.
        has_fallback: bool,
    },
    /// No gateway is ready; the share of the requests in that period fails.
    NobodyThere {
        /// Number of such periods.
        times: usize,
        /// Requests that fail in them.
        failed: u64,
        /// Reason why the fleet stays at zero, if it does.
        stuck: Option<Stuck>,
    },
    /// Gateways that are deleted end before their answers; the share of the requests that arrive
    /// in that period.
    AnswersCut {
        /// Requests that end with their gateway.
        cut: u64,
        /// Grace period of a deleted gateway, seconds.
        grace_s: f64,
    },
    /// The 99th percentile of waits exceeds the goal, for the share of the day.
    LongWaits {
        /// 99th percentile of waits, seconds.
        wait_s: f64,
        /// The goal, seconds.
        goal_s: f64,
    },
    /// Calls and sends beyond the first per request; the share is their product less 1.
    RetriesAmplify {
        /// Calls per request that got a slot.
        calls_each: f64,
        /// Sends per question.
        sends_each: f64,
    },
    /// The gateway answers requests whose clients have left; the share of all that got a slot.
    AnswersUnheard {
        /// Number of such requests.
        unheard: u64,
    },
}
