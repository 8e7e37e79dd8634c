//! The fullest day of a file by minute, for a simulation to replay.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::day::quantity;
use super::observed::Observed;
use super::time::{HOUR_NS, MINUTE_NS};
use crate::model::MeasuredDay;

/// Minutes per day, and per hour.
const DAY_MIN: i64 = 1440;
const HOUR_MIN: i64 = 60;
/// Minimum observed minutes for an hour to count as covered.
const HALF: usize = 30;

/// Requests per minute of the day with the most requests, for days that begin `offset_min` minutes
/// before those of UTC; `None` for minutes that the file does not cover. Longer buckets are spread
/// evenly.
///
/// A day is covered if half of each hour is; the rest of such an hour is filled in from its
/// observed part. If no day is covered, the result is the best-covered 24 hours, whose last hours
/// may come before the first. `None` if buckets are longer than an hour or requests are not
/// counted.
pub fn fullest_day(of: &Observed, offset_min: i32) -> Option<MeasuredDay> {
    let width_ns = of.series.width_ns;
    if !of.has_requests() || !(MINUTE_NS..=HOUR_NS).contains(&width_ns) {
        return None;
    }
    let line = Line::of(of, offset_min);
    let days: BTreeSet<i64> = line.starts(DAY_MIN);
    let is_covered = |day: &Day| day.hours == 24;
    let whole = days.iter().map(|start| line.day(*start));
    let whole = whole.filter(is_covered).max_by(Day::by_sum);
    let day = whole.or_else(|| {
        let mut starts = line.starts(HOUR_MIN);
        starts.extend([line.span.start, line.span.end - DAY_MIN]);
        let windows = starts.iter().map(|start| line.day(*start));
        windows.max_by(|a, b| {
            let covered = |day: &Day| (day.hours, day.minutes);
            covered(a).cmp(&covered(b)).then_with(|| Day::by_sum(a, b))
        })
    })?;
    let minutes = line.minutes(day.start);
    let known = minutes.iter().flatten().count();
    Some(MeasuredDay {
        minutes,
        filled: known.saturating_sub(day.minutes),
    })
}

/// Minutes of a file, numbered from 1970 on in the reader's time zone.
struct Line {
    /// Requests of minutes with any; if other minutes are unknown, of all known ones.
    live: BTreeMap<i64, f64>,
    /// First to last minute.
    span: Range<i64>,
    /// Whether all other minutes of the span had no requests.
    is_filled: bool,
}

/// Coverage of 24 hours.
struct Day {
    start: i64,
    /// Hours that are at least half covered.
    hours: usize,
    minutes: usize,
    sum: f64,
}

impl Day {
    fn by_sum(a: &Self, b: &Self) -> std::cmp::Ordering {
        a.sum.total_cmp(&b.sum)
    }
}

impl Line {
    fn of(of: &Observed, offset_min: i32) -> Self {
        let series = &of.series;
        let offset_ns = i64::from(offset_min) * MINUTE_NS;
        let minute = |ns: i64| ns.saturating_add(offset_ns).div_euclid(MINUTE_NS);
        let mut live: BTreeMap<i64, f64> = BTreeMap::new();
        if series.by_clock.is_empty() {
            let parts = series.width_ns / MINUTE_NS;
            let requests = quantity(of);
            for bucket in series.buckets.iter().chain(&series.rest) {
                let first = minute(bucket.start_ns);
                for at in first..first.saturating_add(parts) {
                    *live.entry(at).or_default() += requests(bucket) / parts as f64;
                }
            }
        }
        // Empty minutes are known where a bucket is.
        if !(series.is_filled || series.by_clock.is_empty()) {
            live.extend(series.buckets.iter().map(|it| (minute(it.start_ns), 0.0)));
        }
        for (ns, requests) in &series.by_clock {
            *live.entry(minute(*ns)).or_default() += requests;
        }
        // The last request belongs to a partial minute.
        let last = live.last_key_value().map_or(i64::MIN, |(at, _)| at + 1);
        let end = minute(series.to_ns.saturating_add(MINUTE_NS - 1));
        Self {
            live,
            span: minute(series.from_ns)..end.max(last),
            is_filled: series.is_filled,
        }
    }

    /// Starts of the pieces of this length that have data.
    fn starts(&self, length: i64) -> BTreeSet<i64> {
        let minutes = self.live.keys();
        minutes.map(|at| at.div_euclid(length) * length).collect()
    }

    /// Covered minutes of 24 hours, with their requests.
    fn covered(&self, start: i64) -> Vec<(i64, f64)> {
        let day = start..start.saturating_add(DAY_MIN);
        if !self.is_filled {
            return self.live.range(day).map(|(at, it)| (*at, *it)).collect();
        }
        let seen = day.start.max(self.span.start)..day.end.min(self.span.end);
        let requests = |at: i64| self.live.get(&at).copied().unwrap_or_default();
        seen.map(|at| (at, requests(at))).collect()
    }

    fn day(&self, start: i64) -> Day {
        let covered = self.covered(start);
        let mut hours = [0; 24];
        for (at, _) in &covered {
            hours[hour_of(*at)] += 1;
        }
        Day {
            start,
            hours: hours.iter().filter(|minutes| HALF <= **minutes).count(),
            minutes: covered.len(),
            sum: covered.iter().map(|(_, requests)| requests).sum(),
        }
    }

    /// Minutes, from midnight on, of the 24 hours from this start.
    fn minutes(&self, start: i64) -> Vec<Option<f64>> {
        let mut minutes = vec![None; 1440];
        let mut hours = [(0_usize, 0.0); 24];
        for (at, requests) in self.covered(start) {
            let place = usize::try_from(at.rem_euclid(DAY_MIN)).unwrap_or(0);
            minutes[place] = Some(requests);
            let (count, sum) = &mut hours[hour_of(at)];
            (*count, *sum) = (*count + 1, *sum + requests);
        }
        for (minutes, (count, sum)) in minutes.chunks_mut(60).zip(hours) {
            if HALF <= count {
                for minute in minutes {
                    minute.get_or_insert(sum / count as f64);
                }
            }
        }
        minutes
    }
}

/// Hour of the day of a minute.
fn hour_of(minute: i64) -> usize {
    usize::try_from(minute.rem_euclid(DAY_MIN) / HOUR_MIN).unwrap_or(0)
}
