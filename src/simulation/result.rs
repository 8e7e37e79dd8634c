//! Results of a run.

/// A counted occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Questions that arrived.
    Offered,
    /// Requests sent again.
    Resent,
    /// Requests that got a slot.
    Started,
    /// Slots given to requests whose client had left.
    GhostsStarted,
    /// Requests that were answered.
    Served,
    /// Requests refused by a full queue.
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
    /// Questions given up without an answer.
    Lost,
    /// Requests that got a slot after a late wait.
    LateStarted,
    /// Questions given up without an answer whose last request got a slot after a late wait.
    LateLost,
    /// Answered requests whose wait was late.
    LateServed,
    /// Requests that ended with the grace period of their pod.
    CutOff,
}

/// Number of counts.
const COUNTS: usize = 16;

/// Frequency of each [`Count`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts(pub(super) [u64; COUNTS]);

impl Counts {
    /// Frequency of one count.
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

/// End of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Answered.
    Served,
    /// Refused by a full queue.
    Refused,
    /// Abandoned while waiting.
    GaveUp,
    /// Abandoned after the start.
    TimedOut,
    /// Ended at a limit.
    Limited,
    /// Ended in an error, or with its pod.
    Failed,
}

impl Fate {
    /// Count that this end adds to.
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

/// The 50th, 95th and 99th percentile by nearest rank, milliseconds.
pub type Quantiles = [u64; 3];

/// Calls to one provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProviderCounts {
    /// Calls made.
    pub calls: u64,
    /// Calls answered.
    pub ok: u64,
    /// Calls refused by a limit of the provider.
    pub rejected: u64,
    /// Calls that ended in an error.
    pub errors: u64,
    /// Calls that timed out.
    pub timeouts: u64,
    /// Calls cancelled.
    pub cancelled: u64,
    /// Calls rejected by the gateway's own limit, and so not made.
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

/// Counts of one bucket of the run, and the state at its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bucket {
    /// Counted occurrences.
    pub counts: Counts,
    /// Calls by provider.
    pub providers: Vec<ProviderCounts>,
    /// Pod time, milliseconds.
    pub pod_ms: u64,
    /// Completed waits for a slot; `None` if there were none.
    pub wait_ms: Option<Quantiles>,
    /// Sum of those waits.
    pub wait_ms_sum: u64,
    /// Times from arrival to answer; `None` without answers.
    pub total_ms: Option<Quantiles>,
    /// Sum of those times.
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
    /// Pods at the end that are lost with their zone but still counted by the API.
    pub lost: u32,
    /// CPU as reported by the last sync, percent of the requests.
    pub cpu_percent: Option<i64>,
    /// Requests waiting per pod as reported by the last sync, thousandths.
    pub queue_m: Option<i64>,
    /// Requests in flight per pod as reported by the last sync, thousandths.
    pub in_flight_m: Option<i64>,
}

/// Totals of the whole run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Counted occurrences.
    pub counts: Counts,
    /// Calls by provider.
    pub providers: Vec<ProviderCounts>,
    /// Pod time, milliseconds.
    pub pod_ms: u64,
    /// Maximum pods wanted.
    pub most_pods: u32,
    /// Completed waits for a slot.
    pub wait_ms: Option<Quantiles>,
    /// Sum of those waits.
    pub wait_ms_sum: u64,
    /// Times from arrival to answer.
    pub total_ms: Option<Quantiles>,
    /// Sum of those times.
    pub total_ms_sum: u64,
    /// Slot time in use, milliseconds.
    pub slot_ms: u64,
    /// Requests neither answered nor lost.
    pub open: u64,
    /// Requests waiting at the end.
    pub waiting: u64,
    /// Requests in slots at the end.
    pub in_flight: u64,
    /// Questions with an answer.
    pub questions_answered: u64,
    /// Questions given up.
    pub questions_lost: u64,
    /// Questions still open.
    pub questions_open: u64,
}

/// A sync that changed the wanted number of pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaled {
    /// Time of the sync.
    pub at_ms: u64,
    /// Pods wanted from then on.
    pub pods: u32,
}

/// A request of the log, at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Number of its question.
    pub question: u64,
    /// Time of arrival.
    pub arrival_ms: u64,
    /// Pod that the request came to, if any.
    pub pod: Option<u32>,
    /// Time of the start, if it started.
    pub start_ms: Option<u64>,
    /// Time of the end.
    pub end_ms: u64,
    /// Kind of end.
    pub fate: Fate,
    /// Calls, including those that the gateway's own limit rejected.
    pub calls: u32,
    /// Index of the provider called last, if any.
    pub provider: Option<u8>,
}

/// All results of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results {
    /// Totals of the run.
    pub totals: Totals,
    /// Results by bucket.
    pub buckets: Vec<Bucket>,
    /// Each change of the wanted number by a sync.
    pub scale: Vec<Scaled>,
    /// Requests by number, if a log was asked for; `None` for one still open.
    pub requests: Vec<Option<Sent>>,
}
