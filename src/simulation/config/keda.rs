//! KEDA's additions to the autoscaler: schedules, scaling to idle and back, and fallback values for
//! unreadable metrics.

/// A daily period for which pods are wanted; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Start, milliseconds of the day; a start after the end means the day before.
    pub from_ms: u64,
    /// End, milliseconds of the day.
    pub to_ms: u64,
    /// Pods wanted in the period; outside it the schedule asks for one.
    pub pods: u32,
}

/// The polling loop that scales the fleet to idle and back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    /// Time between two polls.
    pub polling_ms: u64,
    /// Time of the first poll.
    pub offset_ms: u64,
    /// Idle time since a trigger was last active before the fleet is scaled down.
    pub cooldown_ms: u64,
    /// Idle time since the start, if no trigger was ever active.
    pub initial_cooldown_ms: u64,
    /// Pods while no trigger is active.
    pub idle: u32,
    /// Minimum pods once a trigger is active.
    pub least: u32,
    /// Activation triggers.
    pub triggers: Vec<Trigger>,
}

/// A condition that brings the fleet back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// Total load of all pods above a threshold, thousandths.
    Above {
        /// The load.
        load: Load,
        /// Threshold, exclusive.
        above_m: i64,
    },
    /// A schedule, by index.
    Scheduled(u32),
}

/// A total load of all pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// Requests waiting.
    Waiting,
    /// Requests in slots.
    InFlight,
    /// Thousandths per request per second.
    PerRps(i64),
}

/// Fallback for metrics other than CPU while they cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fallback {
    /// Failed polls in a row before the fallback applies.
    pub failures: u32,
    /// Pods of the fallback.
    pub pods: u32,
    /// Choice between these pods and the current ones.
    pub keeps: Keeps,
}

/// Pods that a fallback keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// The fallback's pods.
    Own,
    /// The current pods.
    Current,
    /// The larger of both.
    Higher,
    /// The smaller of both.
    Lower,
}
