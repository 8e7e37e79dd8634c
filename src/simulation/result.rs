//! What a run gives.

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Questions that arrived.
    Offered,
    /// Requests that arrived again.
    Resent,
    /// Requests that got a slot.
    Started,
    /// Slots given to requests whose client had left.
    GhostsStarted,
    /// Requests that were answered.
    Served,
    /// Requests turned away by a full queue.
    Refused,
    /// Requests whose client left while they waited.
    GaveUp,
    /// Requests whose client left after they had started.
    TimedOut,
    /// Requests that ended at a limit.
    Limited,
    /// Requests that ended in an error, or with their pod.
    Failed,
    /// Waits longer than the configured time.
    Late,
    /// Questions that are not sent again, without an answer.
    Lost,
    /// Of those, the ones whose last wait was late as well.
    LateLost,
    /// Requests that were answered and had waited too long.
    LateServed,
}

/// Number of things counted.
const COUNTS: usize = 14;

/// How often each [`Count`] occurred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts(pub(super) [u64; COUNTS]);

impl Counts {
    /// How often it occurred.
    pub fn of(&self, count: Count) -> u64 {
        self.0[count as usize]
    }

    #[inline]
    pub(super) fn add(&mut self, count: Count) {
        self.0[count as usize] += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (into, from) in self.0.iter_mut().zip(&other.0) {
            *into += from;
        }
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// With an answer.
    Served,
    /// At a full queue.
    Refused,
    /// Its client left while it waited.
    GaveUp,
    /// Its client left after it had started.
    TimedOut,
    /// At a limit.
    Limited,
    /// In an error, or with its pod.
    Failed,
}

impl Fate {
    /// Where it is counted.
    pub fn count(self) -> Count {
        match self {
            Self::Served => Count::Served,
            Self::Refused => Count::Refused,
            Self::GaveUp => Count::GaveUp,
            Self::TimedOut => Count::TimedOut,
            Self::Limited => Count::Limited,
            Self::Failed => Count::Failed,
        }
    }
}

/// Values within which 50, 95 and 99 % lie, by nearest rank, milliseconds.
pub type Quantiles = [u64; 3];

/// Calls to one provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProviderCounts {
    /// Made.
    pub calls: u64,
    /// Answered.
    pub ok: u64,
    /// Refused for a limit of the provider.
    pub rejected: u64,
    /// Ended in an error.
    pub errors: u64,
    /// Given up.
    pub timeouts: u64,
    /// Cut off.
    pub cancelled: u64,
    /// Held back by the gateway's own limit; not made.
    pub limited_here: u64,
    /// Rejected calls that a later place of the order took over.
    pub spilled: u64,
    /// Tokens taken, net.
    pub tokens: i64,
}

impl ProviderCounts {
    pub(super) fn merge(&mut self, other: &Self) {
        self.calls += other.calls;
        self.ok += other.ok;
        self.rejected += other.rejected;
        self.errors += other.errors;
        self.timeouts += other.timeouts;
        self.cancelled += other.cancelled;
        self.limited_here += other.limited_here;
        self.spilled += other.spilled;
        self.tokens += other.tokens;
    }
}

/// What happened in a piece of the run, and how things stood at its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bucket {
    /// What occurred.
    pub counts: Counts,
    /// By provider.
    pub providers: Vec<ProviderCounts>,
    /// Time that pods existed, all together.
    pub pod_ms: u64,
    /// Waits for a slot that ended; none if none did.
    pub wait_ms: Option<Quantiles>,
    /// Those waits added up.
    pub wait_ms_sum: u64,
    /// Times from arrival to answer; none if nothing was answered.
    pub total_ms: Option<Quantiles>,
    /// Those times added up.
    pub total_ms_sum: u64,
    /// Requests waiting at the end.
    pub waiting: u64,
    /// Requests in slots at the end.
    pub in_flight: u64,
    /// Pods wanted at the end.
    pub desired: u32,
    /// Pods at the end that are not being deleted.
    pub existing: u32,
    /// Pods serving at the end.
    pub ready: u32,
    /// Pods draining at the end.
    pub ending: u32,
    /// Pods at the end that are lost with their zone, and that the API still counts.
    pub lost: u32,
    /// CPU as the last sync reported it, percent of the requests.
    pub cpu_percent: Option<i64>,
    /// Requests waiting in a pod as the last sync reported them, thousandths.
    pub queue_m: Option<i64>,
    /// Requests in flight in a pod as the last sync reported them, thousandths.
    pub in_flight_m: Option<i64>,
}

/// What happened in the whole run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// What occurred.
    pub counts: Counts,
    /// By provider.
    pub providers: Vec<ProviderCounts>,
    /// Time that pods existed, all together.
    pub pod_ms: u64,
    /// Most pods wanted at once.
    pub most_pods: u32,
    /// Waits for a slot.
    pub wait_ms: Option<Quantiles>,
    /// Those waits added up.
    pub wait_ms_sum: u64,
    /// Times from arrival to answer.
    pub total_ms: Option<Quantiles>,
    /// Those times added up.
    pub total_ms_sum: u64,
    /// Time that slots were in use, all together.
    pub slot_ms: u64,
    /// Requests that are neither answered nor lost.
    pub open: u64,
    /// Requests waiting at the end.
    pub waiting: u64,
    /// Requests in slots at the end.
    pub in_flight: u64,
    /// Questions with an answer.
    pub questions_answered: u64,
    /// Questions that will get none.
    pub questions_lost: u64,
    /// Questions that may still get one.
    pub questions_open: u64,
}

/// A sync that changed the wanted number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaled {
    /// When.
    pub at_ms: u64,
    /// Pods wanted from then on.
    pub pods: u32,
}

/// A request as it was when it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The question that it asks.
    pub question: u64,
    /// When it arrived.
    pub arrival_ms: u64,
    /// The pod that it came to, if any.
    pub pod: Option<u32>,
    /// When it got a slot, if it did.
    pub start_ms: Option<u64>,
    /// When it ended.
    pub end_ms: u64,
    /// How.
    pub fate: Fate,
    /// Calls for it, those that the gateway's own limit held back too.
    pub calls: u32,
    /// Place of the provider called last, if any.
    pub provider: Option<u8>,
}

/// Everything that a run gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results {
    /// The whole run.
    pub totals: Totals,
    /// Its pieces.
    pub buckets: Vec<Bucket>,
    /// Each change of the wanted number by a sync.
    pub scale: Vec<Scaled>,
    /// Each request by number, if a log was asked for; none for one still open.
    pub requests: Vec<Option<Sent>>,
}
