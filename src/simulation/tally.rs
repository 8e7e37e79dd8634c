//! Counts of a run, bucket by bucket.

use super::histogram::Histogram;
use super::result::{Bucket, Count, Counts, ProviderCounts, Totals};

/// Percentages of the quantiles.
const PERCENTS: [u64; 3] = [50, 95, 99];

/// State at the end of a bucket, besides its counts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    pub(super) desired: u32,
    pub(super) existing: u32,
    pub(super) ready: u32,
    pub(super) ending: u32,
    pub(super) lost: u32,
    /// Reported values, by metric.
    pub(super) reported: [Option<i64>; 3],
}

#[derive(Debug, Clone)]
pub(super) struct Tally {
    late_ms: u64,
    pub(super) counts: Counts,
    pub(super) providers: Vec<ProviderCounts>,
    pub(super) pod_ms: u64,
    pub(super) slot_ms: u64,
    /// Requests waiting now, and requests in slots now.
    pub(super) waiting: u64,
    pub(super) in_flight: u64,
    pub(super) answered: u64,
    pub(super) lost: u64,
    waits: Histogram,
    answers: Histogram,
    all_waits: Histogram,
    all_answers: Histogram,
    pub(super) totals: Totals,
    pub(super) buckets: Vec<Bucket>,
}

impl Tally {
    pub(super) fn new(providers: usize, late_ms: u64) -> Self {
        let providers = vec![ProviderCounts::default(); providers];
        Self {
            late_ms,
            counts: Counts::default(),
            totals: Totals {
                providers: providers.clone(),
                ..Totals::default()
            },
            providers,
            pod_ms: 0,
            slot_ms: 0,
            waiting: 0,
            in_flight: 0,
            answered: 0,
            lost: 0,
            waits: Histogram::default(),
            answers: Histogram::default(),
            all_waits: Histogram::default(),
            all_answers: Histogram::default(),
            buckets: Vec::new(),
        }
    }

    /// Whether a wait exceeds the configured late time.
    pub(super) fn is_late(&self, wait_ms: u64) -> bool {
        self.late_ms < wait_ms
    }

    /// Requests so far that got a slot after a late wait.
    pub(super) fn late_started(&self) -> u64 {
        self.totals.counts.of(Count::LateStarted) + self.counts.of(Count::LateStarted)
    }

    /// A wait for a slot ends.
    #[inline]
    pub(super) fn waited(&mut self, wait_ms: u64) {
        self.waits.add(wait_ms);
        if self.is_late(wait_ms) {
            self.counts.add(Count::Late);
        }
    }

    /// A request gets a slot after its wait.
    #[inline]
    pub(super) fn started(&mut self, wait_ms: u64) {
        self.counts.add(Count::Started);
        self.waited(wait_ms);
        if self.is_late(wait_ms) {
            self.counts.add(Count::LateStarted);
        }
    }

    #[inline]
    pub(super) fn served(&mut self, wait_ms: u64, total_ms: u64) {
        if self.is_late(wait_ms) {
            self.counts.add(Count::LateServed);
        }
        self.answers.add(total_ms);
        self.counts.add(Count::Served);
        self.answered += 1;
    }

    /// Closes a bucket.
    pub(super) fn close(&mut self, standing: Standing) {
        let bucket = Bucket {
            counts: std::mem::take(&mut self.counts),
            providers: self.providers.clone(),
            pod_ms: std::mem::take(&mut self.pod_ms),
            wait_ms: self.waits.quantiles(PERCENTS),
            wait_ms_sum: self.waits.sum(),
            total_ms: self.answers.quantiles(PERCENTS),
            total_ms_sum: self.answers.sum(),
            waiting: self.waiting,
            in_flight: self.in_flight,
            desired: standing.desired,
            existing: standing.existing,
            ready: standing.ready,
            ending: standing.ending,
            lost: standing.lost,
            cpu_percent: standing.reported[0],
            queue_m: standing.reported[1],
            in_flight_m: standing.reported[2],
        };
        self.providers.fill(ProviderCounts::default());
        self.waits.drain_into(&mut self.all_waits);
        self.answers.drain_into(&mut self.all_answers);
        let totals = &mut self.totals;
        totals.counts.merge(&bucket.counts);
        totals.pod_ms += bucket.pod_ms;
        for (into, from) in totals.providers.iter_mut().zip(&bucket.providers) {
            into.merge(from);
        }
        self.buckets.push(bucket);
    }

    /// Totals of the run, up to the last closed bucket.
    pub(super) fn totals(&self) -> Totals {
        let counts = self.totals.counts;
        let offered = counts.of(Count::Offered);
        let ended = [
            Count::Served,
            Count::Refused,
            Count::GaveUp,
            Count::TimedOut,
            Count::Limited,
            Count::Failed,
        ];
        let ended: u64 = ended.iter().map(|fate| counts.of(*fate)).sum();
        Totals {
            wait_ms: self.all_waits.quantiles(PERCENTS),
            wait_ms_sum: self.all_waits.sum(),
            total_ms: self.all_answers.quantiles(PERCENTS),
            total_ms_sum: self.all_answers.sum(),
            slot_ms: self.slot_ms,
            open: (offered + counts.of(Count::Resent)).saturating_sub(ended),
            waiting: self.waiting,
            in_flight: self.in_flight,
            questions_answered: self.answered,
            questions_lost: self.lost,
            questions_open: offered.saturating_sub(self.answered + self.lost),
            ..self.totals.clone()
        }
    }
}
