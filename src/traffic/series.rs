//! Buckets over time.

use super::spread::quantile;
use super::time::{DAY_NS, MONDAY_NS, SECOND_NS, WEEK_NS, seconds};

/// Sums of one bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Bucket {
    /// First instant, nanoseconds since 1970.
    pub(crate) start_ns: i64,
    /// Requests without batches.
    pub(crate) live: f64,
    /// All requests.
    pub(crate) all: f64,
    /// Tokens of live requests.
    pub(crate) live_tokens: f64,
    /// Output tokens among them.
    pub(crate) live_output: f64,
    /// Input tokens among them from a provider's cache.
    pub(crate) live_cached: f64,
    /// Tokens of all requests.
    pub(crate) all_tokens: f64,
    /// Total open time of answered requests, seconds.
    pub(crate) open_s: f64,
    /// Requests refused by a provider with 429.
    pub(crate) throttled: f64,
    /// Live requests that the gateway answered or refused itself, and that reached no provider.
    pub(crate) at_gateway: f64,
}

impl Bucket {
    /// Live requests that reached a provider.
    pub(crate) fn reached(&self) -> f64 {
        self.live - self.at_gateway
    }

    /// Adds the sums of another bucket; the start stays.
    pub(crate) fn add(&mut self, other: &Self) {
        self.live += other.live;
        self.all += other.all;
        self.live_tokens += other.live_tokens;
        self.live_output += other.live_output;
        self.live_cached += other.live_cached;
        self.all_tokens += other.all_tokens;
        self.open_s += other.open_s;
        self.throttled += other.throttled;
        self.at_gateway += other.at_gateway;
    }
}

/// Buckets over time. If absent ones are zero, only nonempty ones are stored.
#[derive(Debug, Clone, Default)]
pub(crate) struct Series {
    /// Start of the first bucket, nanoseconds since 1970.
    pub(crate) from_ns: i64,
    /// End of the last bucket, nanoseconds since 1970; for single requests the time of the last
    /// one.
    pub(crate) to_ns: i64,
    /// Width of the buckets, nanoseconds.
    pub(crate) width_ns: i64,
    /// Number of buckets from the first to the last.
    pub(crate) expected: usize,
    /// Number of buckets that the file mentions.
    pub(crate) present: usize,
    /// Number of buckets that may be lost.
    pub(crate) missing: usize,
    /// Whether buckets not stored are zero; otherwise they are unknown.
    pub(crate) is_filled: bool,
    /// Stored buckets in order of time.
    pub(crate) buckets: Vec<Bucket>,
    /// Requests after the last whole bucket: they count, but give no rate.
    pub(crate) rest: Option<Bucket>,
    /// Live requests per clock minute, with its start, if the file has exact times.
    pub(crate) by_clock: Vec<(i64, f64)>,
    /// Days between files, which none of them covers.
    pub(crate) gaps: Vec<(i64, i64)>,
}

/// Mean and quantiles over the buckets that count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Summary {
    pub(crate) mean: f64,
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) max: f64,
    /// Start of the first bucket with the maximum.
    pub(crate) max_at_ns: i64,
}

/// Index of dispersion of the counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dispersion {
    pub(crate) raw: Option<f64>,
    /// Index of dispersion about the mean of each hour of the day.
    pub(crate) shape_removed: Option<f64>,
    /// Degrees of freedom: buckets less hours with data.
    pub(crate) freedom: i64,
}

impl Series {
    /// Number of buckets that count.
    pub(crate) fn count(&self) -> usize {
        if self.is_filled {
            self.expected
        } else {
            self.buckets.len()
        }
    }

    /// Width, seconds.
    pub(crate) fn width_s(&self) -> f64 {
        seconds(self.width_ns)
    }

    /// Period, seconds.
    pub(crate) fn period_s(&self) -> f64 {
        seconds(self.to_ns.saturating_sub(self.from_ns))
    }

    /// Whether peaks are lower bounds.
    pub(crate) fn is_peak_at_least(&self) -> bool {
        60 * SECOND_NS < self.width_ns || 0 < self.missing
    }

    /// Whether there is a gap of three or more days without traffic, which is longer than a
    /// weekend.
    pub(crate) fn has_long_silence(&self) -> bool {
        let mut starts = self
            .buckets
            .iter()
            .filter(|it| 0.0 < it.all + it.all_tokens);
        let first = starts.next().map_or(0, |bucket| bucket.start_ns);
        let mut silences = starts.scan(first, |before, bucket| {
            let between = *before..bucket.start_ns;
            let gaps = self.gaps.iter().filter(|(from, _)| between.contains(from));
            let unseen_ns: i64 = gaps.map(|(from, to)| to - from).sum();
            let silence_ns = bucket.start_ns - *before - self.width_ns - unseen_ns;
            *before = bucket.start_ns;
            Some(silence_ns)
        });
        let is_long = |silence_ns: i64| 3 * DAY_NS <= silence_ns;
        self.missing == 0 && silences.any(is_long)
    }

    /// Whether buckets are a day or longer.
    pub(crate) fn is_daily(&self) -> bool {
        DAY_NS <= self.width_ns
    }

    /// Whether buckets are a minute or shorter.
    pub(crate) fn is_fine(&self) -> bool {
        self.width_ns <= 60 * SECOND_NS
    }

    /// Mean and quantiles of a quantity; `None` without buckets.
    #[inline(never)]
    pub(crate) fn summary(&self, of: fn(&Bucket) -> f64) -> Option<Summary> {
        let count = self.count();
        let mut values: Vec<f64> = self.buckets.iter().map(of).filter(|x| 0.0 < *x).collect();
        // The sum of no values is −0.
        let sum: f64 = values.iter().sum::<f64>() + 0.0;
        values.sort_by(f64::total_cmp);
        let zeros = count.checked_sub(values.len())?;
        let at = |q| quantile(&values, zeros, q);
        let max = at(1.0)?;
        let first = self.buckets.iter().find(|bucket| max <= of(bucket));
        Some(Summary {
            mean: sum / count as f64,
            p50: at(0.5)?,
            p95: at(0.95)?,
            p99: at(0.99)?,
            p999: at(0.999)?,
            max,
            max_at_ns: first.map_or(self.from_ns, |bucket| bucket.start_ns),
        })
    }

    /// Index of dispersion of the live requests, about the overall mean and about each hour's mean.
    pub(crate) fn dispersion(&self) -> Dispersion {
        let none = Dispersion {
            raw: None,
            shape_removed: None,
            freedom: 0,
        };
        let n = self.count();
        let sum: f64 = self.buckets.iter().map(|bucket| bucket.live).sum();
        if n < 2 || sum <= 0.0 || self.is_daily() {
            return none;
        }
        let mean = sum / n as f64;
        let counts = self.counts(24);
        let mut sums = [0.0; 24];
        for bucket in &self.buckets {
            sums[part_of_day(bucket.start_ns, 24)] += bucket.live;
        }
        let hourly: [f64; 24] = std::array::from_fn(|h| sums[h] / counts[h].max(1) as f64);
        let mut about_mean = 0.0;
        let mut about_hour = 0.0;
        let mut empty = counts.clone();
        for bucket in &self.buckets {
            let h = part_of_day(bucket.start_ns, 24);
            about_mean += (bucket.live - mean).powi(2);
            about_hour += (bucket.live - hourly[h]).powi(2);
            empty[h] = empty[h].saturating_sub(1);
        }
        let zeros: usize = empty.iter().sum();
        about_mean += zeros as f64 * mean.powi(2);
        about_hour += (0..24)
            .map(|h| empty[h] as f64 * hourly[h].powi(2))
            .sum::<f64>();
        let hours = counts.iter().filter(|count| 0 < **count).count();
        let freedom = i64::try_from(n).unwrap_or(i64::MAX) - i64::try_from(hours).unwrap_or(24);
        let removed = (1 <= freedom).then(|| about_hour / freedom as f64 / mean);
        Dispersion {
            raw: Some(about_mean / n as f64 / mean),
            shape_removed: removed,
            freedom,
        }
    }

    /// Number of counted buckets that start in each of `parts` equal parts of the day.
    // One function for several callers, to keep the program small.
    #[inline(never)]
    pub(crate) fn counts(&self, parts: usize) -> Vec<usize> {
        self.counts_by(parts, DAY_NS / length(parts), part_of_day)
    }

    /// Number of counted buckets that start in each of `parts` equal parts of the week, from Monday
    /// on.
    #[inline(never)]
    pub(crate) fn counts_of_week(&self, parts: usize) -> Vec<usize> {
        self.counts_by(parts, WEEK_NS / length(parts), part_of_week)
    }

    fn counts_by(
        &self,
        parts: usize,
        part_ns: i64,
        part_of: fn(i64, usize) -> usize,
    ) -> Vec<usize> {
        let mut counts = vec![0; parts];
        if !self.is_filled {
            for bucket in &self.buckets {
                counts[part_of(bucket.start_ns, parts)] += 1;
            }
            return counts;
        }
        // Iterates over parts of days: a file may span far more buckets than it has requests.
        let mut start_ns = self.from_ns.div_euclid(part_ns) * part_ns;
        let mut before = 0;
        while before < self.expected {
            let at = part_of(start_ns, parts);
            start_ns = start_ns.saturating_add(part_ns);
            let after = self.starts_before(start_ns);
            counts[at] += after - before;
            before = after;
        }
        counts
    }

    /// Number of buckets of the period that start before an instant.
    pub(crate) fn starts_before(&self, ns: i64) -> usize {
        let width_ns = self.width_ns.max(1);
        let since_ns = ns.saturating_sub(self.from_ns).saturating_add(width_ns - 1);
        let starts = usize::try_from(since_ns / width_ns).unwrap_or(0);
        starts.min(self.expected)
    }

    /// Index of the stored bucket that an instant lies in.
    pub(crate) fn bucket_at(&self, ns: i64) -> Option<usize> {
        let after = self.buckets.partition_point(|it| it.start_ns <= ns);
        let at = after.checked_sub(1)?;
        (ns - self.buckets[at].start_ns < self.width_ns).then_some(at)
    }

    /// Merges buckets shorter than a minute into minutes, from the start of the period.
    pub(crate) fn joined(self) -> Self {
        let minute_ns = 60 * SECOND_NS;
        if self.width_ns <= 0 || minute_ns <= self.width_ns || minute_ns % self.width_ns != 0 {
            return self;
        }
        let parts = usize::try_from(minute_ns / self.width_ns).unwrap_or(1);
        let minutes = self.expected / parts;
        let mut joined: Vec<(usize, Bucket)> = Vec::new();
        for bucket in &self.buckets {
            let since = bucket.start_ns.saturating_sub(self.from_ns) / minute_ns;
            let Some(at) = usize::try_from(since).ok().filter(|at| *at < minutes) else {
                continue;
            };
            let start_ns = self.from_ns + since * minute_ns;
            if joined
                .last()
                .is_none_or(|(_, last)| last.start_ns != start_ns)
            {
                joined.push((
                    0,
                    Bucket {
                        start_ns,
                        ..Bucket::default()
                    },
                ));
            }
            debug_assert!(at < minutes, "minute {at} of {minutes}");
            if let Some((count, minute)) = joined.last_mut() {
                *count += 1;
                minute.add(bucket);
            }
        }
        let whole = joined.iter().filter(|(count, _)| *count == parts).count();
        let is_zero_known = self.is_filled && self.missing == 0;
        let present = if is_zero_known { minutes } else { whole };
        Self {
            width_ns: minute_ns,
            expected: minutes,
            present,
            missing: minutes - present,
            buckets: joined
                .into_iter()
                .filter(|(count, _)| self.is_filled || *count == parts)
                .map(|(_, minute)| minute)
                .collect(),
            ..self
        }
    }
}

/// Index of the part of the UTC day, with `parts` equal parts.
pub(crate) fn part_of_day(ns: i64, parts: usize) -> usize {
    let part_ns = DAY_NS / length(parts);
    usize::try_from(ns.rem_euclid(DAY_NS) / part_ns).unwrap_or(0)
}

/// Index of the part of the UTC week, with `parts` equal parts, from Monday on.
pub(crate) fn part_of_week(ns: i64, parts: usize) -> usize {
    let part_ns = WEEK_NS / length(parts);
    usize::try_from((ns - MONDAY_NS).rem_euclid(WEEK_NS) / part_ns).unwrap_or(0)
}

fn length(parts: usize) -> i64 {
    i64::try_from(parts).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(is_filled: bool, expected: usize, lives: &[(i64, f64)]) -> Series {
        let minute = 60 * SECOND_NS;
        Series {
            width_ns: minute,
            expected,
            present: expected,
            is_filled,
            buckets: lives
                .iter()
                .map(|(at, live)| Bucket {
                    start_ns: at * minute,
                    live: *live,
                    ..Bucket::default()
                })
                .collect(),
            ..Series::default()
        }
    }

    /// Counts 0, 2, 0, 2 within an hour: mean 1, variance 1; about the hour's mean 4 / (4 − 1).
    #[test]
    fn zeros_count_where_absent_is_zero() {
        let dispersion = series(true, 4, &[(1, 2.0), (3, 2.0)]).dispersion();
        assert_eq!(dispersion.raw, Some(1.0));
        assert_eq!(dispersion.shape_removed, Some(4.0 / 3.0));
        let left_out = series(false, 4, &[(1, 2.0), (3, 2.0)]).dispersion();
        assert_eq!(left_out.raw, Some(0.0));
    }

    /// Three days of minutes and 90 more have an hour of midnight with 4 × 60 buckets.
    #[test]
    fn hours_of_many_days_are_counted_without_walking_them() {
        let counts = series(true, 3 * 1440 + 90, &[]).counts(24);
        assert_eq!((counts[0], counts[1], counts[2]), (240, 210, 180));
    }

    #[test]
    fn a_minute_with_a_part_absent_is_absent() {
        let halves = Series {
            width_ns: 30 * SECOND_NS,
            expected: 5,
            present: 4,
            missing: 1,
            buckets: [0, 1, 2, 4]
                .map(|at| Bucket {
                    start_ns: at * 30 * SECOND_NS,
                    live: 1.0,
                    ..Bucket::default()
                })
                .to_vec(),
            ..Series::default()
        };
        let minutes = halves.joined();
        assert_eq!(
            (minutes.expected, minutes.present, minutes.missing),
            (2, 1, 1)
        );
        let summary = minutes.summary(|bucket| bucket.live);
        assert_eq!(summary.map(|summary| summary.max), Some(2.0));
    }
}
