//! Scrapes of the pods, and their age when read.

use std::collections::VecDeque;

use super::config::MetricName;

/// Values of a pod at a scrape, by metric.
type Sample = [Option<i64>; 3];

/// Metrics of all running pods at one time.
#[derive(Debug, Clone)]
pub(super) struct Scrape {
    pub(super) at: u64,
    /// Requests that arrived since the previous scrape; `None` at the first.
    pub(super) arrived: Option<u64>,
    /// Values by pod number.
    pub(super) samples: Vec<(u32, Sample)>,
}

impl Scrape {
    /// Sum of a metric over the pods that report it.
    pub(super) fn sum_m(&self, name: MetricName) -> i64 {
        let values = self.samples.iter().map(|(_, values)| values[name as usize]);
        values.flatten().sum()
    }

    /// A load proportional to the request rate, thousandths; `None` without a rate.
    pub(super) fn load_m(&self, per_rps_m: i64, scrape_ms: u64) -> Option<i64> {
        let arrived = i64::try_from(self.arrived?).unwrap_or(i64::MAX);
        let scrape_ms = i64::try_from(scrape_ms).unwrap_or(i64::MAX);
        Some(arrived.saturating_mul(per_rps_m).saturating_mul(1_000) / scrape_ms)
    }
}

/// Scrapes that can still be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Scrapes {
    /// Scrapes, the newest last.
    pub(super) kept: VecDeque<Scrape>,
    /// Requests that had arrived at the newest scrape, if there was one.
    pub(super) arrived: Option<u64>,
    /// Values reported by the last sync, by metric.
    pub(super) reported: [Option<i64>; 3],
}

impl Scrapes {
    /// Newest scrape at least `lag_ms` old.
    pub(super) fn readable(&self, now: u64, lag_ms: u64) -> Option<&Scrape> {
        let mut scrapes = self.kept.iter().rev();
        scrapes.find(|scrape| scrape.at.saturating_add(lag_ms) <= now)
    }

    /// Drops the scrapes that no metric reads any more.
    pub(super) fn forget(&mut self, now: u64, lag_ms: u64) {
        while let Some(second) = self.kept.get(1)
            && second.at.saturating_add(lag_ms) <= now
        {
            self.kept.pop_front();
        }
    }
}
