//! The hours of the day: how long each was seen, and what happened in it.

use super::series::{Bucket, Series, part_of_day};
use super::time::{DAY_NS, HOUR_NS, MINUTE_NS, seconds};

/// Quarters of an hour in a day: fine enough for every time zone.
const QUARTERS: usize = 96;
const QUARTER_NS: i64 = 15 * MINUTE_NS;

/// Sums by the time of day.
#[derive(Debug, Clone)]
pub(crate) struct Hours {
    quarters: Vec<Bucket>,
    seen: Seen,
}

/// The times of which the sums speak.
#[derive(Debug, Clone)]
enum Seen {
    /// All of a span.
    Span { from_ns: i64, to_ns: i64 },
    /// A bucket's width for each bucket that counts, in quarters of an hour.
    Buckets(Vec<f64>),
}

/// One hour of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Hour {
    /// Seconds of it that were seen.
    pub(crate) seen_s: f64,
    /// What happened in them.
    pub(crate) sums: Bucket,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            quarters: vec![Bucket::default(); QUARTERS],
            seen: Seen::Span {
                from_ns: 0,
                to_ns: 0,
            },
        }
    }
}

impl Hours {
    /// Adds sums at an instant.
    pub(crate) fn add(&mut self, ns: i64, sums: &Bucket) {
        self.quarters[part_of_day(ns, QUARTERS)].add(sums);
    }

    /// Says that all of a span was seen.
    pub(crate) fn see(&mut self, from_ns: i64, to_ns: i64) {
        self.seen = Seen::Span { from_ns, to_ns };
    }

    /// The hours of a series, by the start of its buckets.
    #[inline(never)]
    pub(crate) fn of(series: &Series) -> Self {
        let mut hours = Self::default();
        for bucket in &series.buckets {
            hours.add(bucket.start_ns, bucket);
        }
        let counts = series.counts(QUARTERS).into_iter();
        let seen = counts
            .map(|count| count as f64 * series.width_s())
            .collect();
        hours.seen = Seen::Buckets(seen);
        hours
    }

    /// The hours of a day that begins `offset_min` minutes before that of UTC.
    #[inline(never)]
    pub(crate) fn at(&self, offset_min: i32) -> [Hour; 24] {
        let offset_ns = i64::from(offset_min) * MINUTE_NS;
        let mut hours = [Hour::default(); 24];
        let hour_of = |at: usize| {
            let start_ns = i64::try_from(at).unwrap_or(0) * QUARTER_NS + offset_ns;
            usize::try_from(start_ns.rem_euclid(DAY_NS) / HOUR_NS).unwrap_or(0)
        };
        for (at, quarter) in self.quarters.iter().enumerate() {
            hours[hour_of(at)].sums.add(quarter);
        }
        match &self.seen {
            Seen::Buckets(seen) => {
                for (at, width_s) in seen.iter().enumerate() {
                    hours[hour_of(at)].seen_s += width_s;
                }
            }
            Seen::Span { from_ns, to_ns } => {
                let (from_ns, to_ns) = (from_ns + offset_ns, to_ns + offset_ns);
                for (hour, seen_s) in hours.iter_mut().zip(seen_s(from_ns, to_ns)) {
                    hour.seen_s = seen_s;
                }
            }
        }
        hours
    }
}

/// Seconds of each hour of the day in a span.
fn seen_s(from_ns: i64, to_ns: i64) -> [f64; 24] {
    let whole_days = (to_ns - from_ns).div_euclid(DAY_NS);
    let mut seen_ns = [whole_days * HOUR_NS; 24];
    let mut at_ns = from_ns + whole_days * DAY_NS;
    while at_ns < to_ns {
        let end_ns = (at_ns.div_euclid(HOUR_NS) + 1) * HOUR_NS;
        let hour = usize::try_from(at_ns.rem_euclid(DAY_NS) / HOUR_NS).unwrap_or(0);
        seen_ns[hour] += end_ns.min(to_ns) - at_ns;
        at_ns = end_ns;
    }
    seen_ns.map(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From 23:30 to 01:15 of the day after next: all hours once, 23 and 0 more.
    #[test]
    fn a_span_is_cut_at_the_hours() {
        let seen = seen_s(
            23 * HOUR_NS + HOUR_NS / 2,
            2 * DAY_NS + HOUR_NS + HOUR_NS / 4,
        );
        assert_eq!(
            (seen[22], seen[23], seen[0], seen[1]),
            (3600.0, 5400.0, 7200.0, 4500.0)
        );
    }
}
