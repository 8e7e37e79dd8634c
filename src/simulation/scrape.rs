//! The scrapes of the pods, and which of them can be read.

use std::collections::VecDeque;

/// What a scrape found in a pod, by place of the metric's name.
type Sample = [Option<i64>; 3];

/// What was measured of all running pods at once.
#[derive(Debug, Clone)]
pub(super) struct Scrape {
    pub(super) at: u64,
    /// Requests that arrived since the scrape before.
    pub(super) arrived: u64,
    /// By number of the pod.
    pub(super) samples: Vec<(u32, Sample)>,
}

impl Scrape {
    /// A load of so much for each request a second, thousandths.
    pub(super) fn load_m(&self, per_rps_m: i64, scrape_ms: u64) -> i64 {
        let arrived = i64::try_from(self.arrived).unwrap_or(i64::MAX);
        let scrape_ms = i64::try_from(scrape_ms).unwrap_or(i64::MAX);
        arrived.saturating_mul(per_rps_m).saturating_mul(1_000) / scrape_ms
    }
}

/// The scrapes that can still be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Scrapes {
    /// The newest comes last.
    pub(super) kept: VecDeque<Scrape>,
    /// Requests that had arrived at the newest.
    pub(super) arrived: u64,
    /// What the last sync reported, by place of the metric's name.
    pub(super) reported: [Option<i64>; 3],
}

impl Scrapes {
    /// The newest that is at least so old.
    pub(super) fn readable(&self, now: u64, lag_ms: u64) -> Option<&Scrape> {
        let mut scrapes = self.kept.iter().rev();
        scrapes.find(|scrape| scrape.at.saturating_add(lag_ms) <= now)
    }

    /// Forgets all before the newest that every metric can read.
    pub(super) fn forget(&mut self, now: u64, lag_ms: u64) {
        while let Some(second) = self.kept.get(1)
            && second.at.saturating_add(lag_ms) <= now
        {
            self.kept.pop_front();
        }
    }
}
