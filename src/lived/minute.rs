//! One bucket of the day, as charts and text show it.

use crate::simulation::{Count, TimeBucket};

/// Counts and state of one bucket.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Minute {
    /// Questions that arrived.
    pub offered: u64,
    /// Requests answered.
    pub served: u64,
    /// Requests that got a slot.
    pub started: u64,
    /// Requests answered without a late wait.
    pub in_time: u64,
    /// Requests that got a slot after a late wait.
    pub late: u64,
    /// Questions given up without an answer, however often they were sent.
    pub unanswered: u64,
    /// Questions given up without an answer whose last request got a slot after a late wait.
    pub late_unanswered: u64,
    /// Requests that started late, met a full queue, or left it.
    pub crowded: u64,
    /// Requests sent again.
    pub resent: u64,
    /// Requests that got a slot after their client had left.
    pub unheard: u64,
    /// Calls that providers refused for a limit.
    pub rejected: u64,
    /// Calls to providers, less those that a later place of the order took over.
    pub calls: u64,
    /// Tokens taken from the providers' limits, net.
    pub tokens: i64,
    /// Requests waiting at the end.
    pub waiting: u64,
    /// Requests in slots at the end.
    pub in_flight: u64,
    /// Pods wanted at the end.
    pub wanted: u32,
    /// Pods serving at the end.
    pub ready: u32,
    /// 99th percentile of waits, milliseconds; the highest if several buckets are merged.
    pub wait_p99_ms: u64,
}

impl Minute {
    /// Summary of a bucket.
    pub fn of(bucket: &TimeBucket) -> Self {
        let of = |count| bucket.counts.of(count);
        let providers = || bucket.providers.iter();
        Self {
            offered: of(Count::Offered),
            served: of(Count::Served),
            started: of(Count::Started),
            in_time: of(Count::Served).saturating_sub(of(Count::LateServed)),
            late: of(Count::LateStarted),
            unanswered: of(Count::Lost),
            late_unanswered: of(Count::LateLost),
            crowded: [Count::LateStarted, Count::Refused, Count::GaveUp]
                .map(of)
                .iter()
                .sum(),
            resent: of(Count::Resent),
            unheard: of(Count::GhostsStarted),
            rejected: providers().map(|each| each.rejected).sum(),
            calls: providers().map(|each| each.calls - each.spilled).sum(),
            tokens: providers().map(|each| each.tokens).sum(),
            waiting: bucket.waiting,
            in_flight: bucket.in_flight,
            wanted: bucket.desired,
            ready: bucket.ready,
            wait_p99_ms: bucket.wait_ms.map_or(0, |[_, _, p99]| p99),
        }
    }

    /// Merges this minute with the following one; the state is that at the end.
    #[must_use]
    pub fn and(self, next: Self) -> Self {
        Self {
            offered: self.offered + next.offered,
            served: self.served + next.served,
            started: self.started + next.started,
            in_time: self.in_time + next.in_time,
            late: self.late + next.late,
            unanswered: self.unanswered + next.unanswered,
            late_unanswered: self.late_unanswered + next.late_unanswered,
            crowded: self.crowded + next.crowded,
            resent: self.resent + next.resent,
            unheard: self.unheard + next.unheard,
            rejected: self.rejected + next.rejected,
            calls: self.calls + next.calls,
            tokens: self.tokens + next.tokens,
            wait_p99_ms: self.wait_p99_ms.max(next.wait_p99_ms),
            ..next
        }
    }

    /// Requests that started late or got no answer, each counted once.
    pub fn troubled(&self) -> u64 {
        // A request lost now may have started in the previous bucket.
        let both = self.late_unanswered.min(self.unanswered);
        self.late + self.unanswered - both
    }
}
