//! Times that several files cover, and the days between them that none does.

use super::series::{Bucket, Series};
use super::time::DAY_NS;

/// Maximum number of buckets for which empty ones are stored.
const BUCKETS_MOST: usize = 2_000_000;

/// First and last instant of each file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coverage {
    files: Vec<(i64, i64)>,
    current: Option<(i64, i64)>,
}

impl Coverage {
    /// Notes an instant of the current file.
    pub(crate) fn see(&mut self, ns: i64) {
        let (first, last) = self.current.unwrap_or((ns, ns));
        self.current = Some((first.min(ns), last.max(ns)));
    }

    /// Ends a file.
    pub(crate) fn end_file(&mut self) {
        self.files.extend(self.current.take());
    }

    /// Times of a day or longer between files whose last buckets have this width, in order.
    pub(crate) fn gaps(&self, width_ns: i64) -> Vec<(i64, i64)> {
        let mut files: Vec<(i64, i64)> = self.files.iter().copied().chain(self.current).collect();
        files.sort_unstable();
        let mut gaps = Vec::new();
        let mut end_ns = i64::MAX;
        for (first, last) in files {
            if end_ns.saturating_add(DAY_NS) <= first {
                gaps.push((end_ns, first));
            }
            let after = last.saturating_add(width_ns);
            end_ns = if end_ns == i64::MAX {
                after
            } else {
                end_ns.max(after)
            };
        }
        gaps
    }
}

/// The spans of a period without its gaps.
pub(crate) fn spans(from_ns: i64, to_ns: i64, gaps: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut spans = Vec::new();
    let mut start_ns = from_ns;
    for (from, to) in gaps {
        spans.push((start_ns, (*from).min(to_ns)));
        start_ns = (*to).max(from_ns);
    }
    spans.push((start_ns, to_ns));
    spans.retain(|(from, to)| from < to);
    spans
}

/// A series in which the buckets of the gaps are unknown: empty ones of the rest are stored.
pub(crate) fn without_gaps(series: Series, gaps: &[(i64, i64)]) -> Series {
    let width_ns = series.width_ns.max(1);
    if !series.is_filled || gaps.is_empty() || BUCKETS_MOST < series.expected {
        return series;
    }
    let is_covered = |ns: i64| !gaps.iter().any(|(from, to)| (*from..*to).contains(&ns));
    let count = i64::try_from(series.expected).unwrap_or(i64::MAX);
    let mut held = series.buckets.iter().copied().peekable();
    let mut buckets = Vec::new();
    for at in 0..count {
        let start_ns = series.from_ns.saturating_add(at.saturating_mul(width_ns));
        let end_ns = start_ns.saturating_add(width_ns);
        let before = buckets.len();
        while let Some(bucket) = held.next_if(|bucket| bucket.start_ns < end_ns) {
            buckets.push(bucket);
        }
        if buckets.len() == before && is_covered(start_ns) {
            buckets.push(Bucket {
                start_ns,
                ..Bucket::default()
            });
        }
    }
    let lost = series.expected.saturating_sub(buckets.len());
    Series {
        present: series.present.min(buckets.len()),
        missing: series.missing.saturating_sub(lost),
        is_filled: false,
        buckets,
        gaps: gaps.to_vec(),
        ..series
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of days 0 to 2, 8 to 9 and, read between them, 2 to 4: nothing covers days 4 to 8,
    /// while the hour after day 9 is no gap.
    #[test]
    fn days_between_files_are_gaps_in_any_order() {
        let mut coverage = Coverage::default();
        for (first, last) in [(0, 2), (8, 9), (2, 4)] {
            coverage.see(first * DAY_NS);
            coverage.see(last * DAY_NS);
            coverage.end_file();
        }
        coverage.see(9 * DAY_NS + DAY_NS / 24);
        assert_eq!(coverage.gaps(0), [(4 * DAY_NS, 8 * DAY_NS)]);
        // Buckets of a day end a day later.
        assert_eq!(coverage.gaps(DAY_NS), [(5 * DAY_NS, 8 * DAY_NS)]);
        assert_eq!(
            spans(0, 10 * DAY_NS, &coverage.gaps(0)),
            [(0, 4 * DAY_NS), (8 * DAY_NS, 10 * DAY_NS)]
        );
    }

    /// Six days with traffic on days 0 and 5; days 2 to 4 lie in no file, so that day 1 is empty
    /// and three days count.
    #[test]
    fn days_of_a_gap_are_unknown_and_others_empty() {
        let bucket = |day: i64| Bucket {
            start_ns: day * DAY_NS,
            live: 6.0,
            ..Bucket::default()
        };
        let series = Series {
            to_ns: 6 * DAY_NS,
            width_ns: DAY_NS,
            expected: 6,
            present: 6,
            is_filled: true,
            buckets: vec![bucket(0), bucket(5)],
            ..Series::default()
        };
        let series = without_gaps(series, &[(2 * DAY_NS, 5 * DAY_NS)]);
        let lives = series.buckets.iter().map(|it| it.live);
        assert_eq!(lives.collect::<Vec<_>>(), [6.0, 0.0, 6.0]);
        assert_eq!((series.count(), series.missing), (3, 0));
        assert!(!series.has_long_silence());
    }
}
