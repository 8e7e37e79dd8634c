//! Hours of the week: observed time, and sums.

use std::ops::Range;

use super::series::{Bucket, Series, part_of_week};
use super::time::{HOUR_NS, MINUTE_NS, MONDAY_NS, WEEK_NS, seconds};

/// Quarters of an hour per week: fine enough for every time zone.
const QUARTERS: usize = 7 * 96;
const QUARTER_NS: i64 = 15 * MINUTE_NS;
/// Hours per week.
const HOURS: usize = 7 * 24;

/// Days of a week, which begins on Monday.
pub(crate) const ALL_DAYS: Range<usize> = 0..7;
/// Monday to Friday.
pub(crate) const WEEKDAYS: Range<usize> = 0..5;
/// Saturday and Sunday.
pub(crate) const WEEKEND: Range<usize> = 5..7;

/// Sums by time of the week.
#[derive(Debug, Clone)]
pub(crate) struct Hours {
    quarters: Vec<Bucket>,
    seen: Seen,
}

/// Observed time of the sums.
#[derive(Debug, Clone)]
enum Seen {
    /// Whole spans of time, each from its start to its end.
    Spans(Vec<(i64, i64)>),
    /// Quarters of an hour, each with the observed time of its buckets.
    Buckets(Vec<f64>),
}

/// One hour of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Hour {
    /// Observed time, seconds.
    pub(crate) seen_s: f64,
    /// Sums over that time.
    pub(crate) sums: Bucket,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            quarters: vec![Bucket::default(); QUARTERS],
            seen: Seen::Spans(Vec::new()),
        }
    }
}

impl Hours {
    /// Adds sums at an instant.
    pub(crate) fn add(&mut self, ns: i64, sums: &Bucket) {
        self.quarters[part_of_week(ns, QUARTERS)].add(sums);
    }

    /// Marks spans of time as observed.
    pub(crate) fn see(&mut self, spans: Vec<(i64, i64)>) {
        self.seen = Seen::Spans(spans);
    }

    /// Hours of a series, by the start of its buckets.
    #[inline(never)]
    pub(crate) fn of(series: &Series) -> Self {
        let mut hours = Self::default();
        for bucket in &series.buckets {
            hours.add(bucket.start_ns, bucket);
        }
        let counts = series.counts_of_week(QUARTERS).into_iter();
        let seen = counts
            .map(|count| count as f64 * series.width_s())
            .collect();
        hours.seen = Seen::Buckets(seen);
        hours
    }

    /// Hours of a day that begins `offset_min` minutes before that of UTC, summed over these days
    /// of the week.
    #[inline(never)]
    pub(crate) fn at(&self, offset_min: i32, days: &Range<usize>) -> [Hour; 24] {
        let offset_ns = i64::from(offset_min) * MINUTE_NS;
        let mut hours = [Hour::default(); 24];
        let hour_of = |at: usize| {
            let start_ns = i64::try_from(at).unwrap_or(0) * QUARTER_NS + offset_ns;
            let hour = usize::try_from(start_ns.rem_euclid(WEEK_NS) / HOUR_NS).unwrap_or(0);
            days.contains(&(hour / 24)).then_some(hour % 24)
        };
        for (at, quarter) in self.quarters.iter().enumerate() {
            if let Some(hour) = hour_of(at) {
                hours[hour].sums.add(quarter);
            }
        }
        match &self.seen {
            Seen::Buckets(seen) => {
                for (at, width_s) in seen.iter().enumerate() {
                    if let Some(hour) = hour_of(at) {
                        hours[hour].seen_s += width_s;
                    }
                }
            }
            Seen::Spans(spans) => {
                for (from_ns, to_ns) in spans {
                    let seen = seen_ns(from_ns + offset_ns, to_ns + offset_ns);
                    for (hour, each) in hours.iter_mut().enumerate() {
                        let all = days.clone().map(|day| seen[day * 24 + hour]);
                        each.seen_s += seconds(all.sum());
                    }
                }
            }
        }
        hours
    }
}

/// Time of each hour of the week in a period.
fn seen_ns(from_ns: i64, to_ns: i64) -> [i64; HOURS] {
    let whole_weeks = (to_ns - from_ns).div_euclid(WEEK_NS);
    let mut seen_ns = [whole_weeks * HOUR_NS; HOURS];
    let mut at_ns = from_ns + whole_weeks * WEEK_NS;
    while at_ns < to_ns {
        let end_ns = (at_ns.div_euclid(HOUR_NS) + 1) * HOUR_NS;
        let of_week_ns = (at_ns - MONDAY_NS).rem_euclid(WEEK_NS);
        let hour = usize::try_from(of_week_ns / HOUR_NS).unwrap_or(0);
        seen_ns[hour] += end_ns.min(to_ns) - at_ns;
        at_ns = end_ns;
    }
    seen_ns
}

#[cfg(test)]
mod tests {
    use super::super::time::DAY_NS;
    use super::*;

    /// From 23:30 to 01:15 of the day after next: all hours once, 23 and 0 more. The first of
    /// January 1970 was a Thursday.
    #[test]
    fn a_span_is_cut_at_the_hours() {
        let mut hours = Hours::default();
        let from_ns = 23 * HOUR_NS + HOUR_NS / 2;
        hours.see(vec![(from_ns, 2 * DAY_NS + HOUR_NS + HOUR_NS / 4)]);
        let seen = |days| hours.at(0, &days).map(|hour| hour.seen_s);
        let all = seen(ALL_DAYS);
        assert_eq!(
            (all[22], all[23], all[0], all[1]),
            (3600.0, 5400.0, 7200.0, 4500.0)
        );
        // Of Saturday, the day after next, 01:15 were observed.
        let weekend = seen(WEEKEND);
        assert_eq!((weekend[0], weekend[1], weekend[2]), (3600.0, 900.0, 0.0));
        assert_eq!((seen(WEEKDAYS)[0], seen(WEEKDAYS)[1]), (3600.0, 3600.0));
    }
}
