//! What KEDA adds to the autoscaler: schedules, the way to nothing and back, and what holds while
//! a metric cannot be read.

/// A time of the day for which pods are wanted, its end left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// From when, milliseconds of the day; after the end it begins the day before.
    pub from_ms: u64,
    /// To when, milliseconds of the day.
    pub to_ms: u64,
    /// Pods that are wanted meanwhile; else it asks for one.
    pub pods: u32,
}

/// The loop that takes the fleet to nothing and back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    /// Time between two looks.
    pub polling_ms: u64,
    /// The first look.
    pub offset_ms: u64,
    /// Time since something was last active before the fleet is taken down.
    pub cooldown_ms: u64,
    /// The same where nothing ever was, since the start.
    pub initial_cooldown_ms: u64,
    /// Pods while nothing is active.
    pub idle: u32,
    /// Pods once something is.
    pub least: u32,
    /// What it looks at.
    pub triggers: Vec<Trigger>,
}

/// What makes the fleet come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A load of all pods together above a value, thousandths.
    Above {
        /// The load.
        load: Load,
        /// The value, itself not enough.
        above_m: i64,
    },
    /// A schedule, by its place in the list.
    Scheduled(u32),
}

/// A load of all pods together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// Requests waiting.
    Waiting,
    /// Requests in slots.
    InFlight,
    /// So many thousandths for each request a second.
    PerRps(i64),
}

/// What a metric of no pod's own stands for while it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fallback {
    /// Looks in a row that fail before it holds.
    pub failures: u32,
    /// Pods.
    pub pods: u32,
    /// Which of these and those that there are.
    pub keeps: Keeps,
}

/// What a fallback keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Its own pods.
    Own,
    /// Those that there are.
    Current,
    /// The more of both.
    Higher,
    /// The fewer of both.
    Lower,
}
