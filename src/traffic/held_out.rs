//! Error of a fit on held-out data: the first half against the second.

use serde::{Deserialize, Serialize};

use super::day::per_day;
use super::fit::{PeakChoice, peaks};
use super::hours::Hours;
use super::measure::instant;
use super::observed::Observed;
use super::series::{Bucket, Series};
use super::time::DAY_NS;

/// Minimum buckets of a half.
const BUCKETS_LEAST: usize = 10;

/// A fit of the first half of a file, tested on the second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldOut {
    /// First instant of the second half.
    pub split_at: String,
    /// Width of a bucket, minutes.
    pub bucket_min: f64,
    /// Whether peaks are tokens per minute rather than requests.
    pub is_tokens: bool,
    /// Results by each definition of the peak that the first half allows.
    pub trials: Vec<Trial>,
    /// Requests of the second half refused with 429, over its live requests.
    pub throttled_ratio: Option<f64>,
}

/// A predicted peak and the observed one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// Definition of the peak.
    pub peak: PeakChoice,
    /// Predicted tokens (or requests) per minute at the peak, from the first half.
    pub told: f64,
    /// Observed tokens (or requests) in the busiest minute of the second half.
    pub came: f64,
    /// Predicted requests in flight at the peak, from the first half: rate × mean duration.
    pub in_flight_told: Option<f64>,
    /// Observed requests in flight in the fullest minute of the second half.
    pub in_flight_came: Option<f64>,
}

impl Trial {
    /// Relative error of the peak; positive if over-predicted.
    pub fn error_ratio(&self) -> f64 {
        ratio(self.told, self.came)
    }

    /// Relative error of the requests in flight; positive if over-predicted.
    pub fn in_flight_error_ratio(&self) -> Option<f64> {
        let (told, came) = self.in_flight_told.zip(self.in_flight_came)?;
        (0.0 < came).then(|| ratio(told, came))
    }
}

fn ratio(told: f64, came: f64) -> f64 {
    told / came - 1.0
}

/// Tests the fit of the first half on the second, for days that begin `offset_min` minutes before
/// those of UTC; `None` if a file is too short or has days only.
pub fn held_out(of: &Observed, offset_min: i32) -> Option<HeldOut> {
    let series = &of.series;
    let whole_days = series.to_ns.saturating_sub(series.from_ns) / DAY_NS;
    let buckets = i64::try_from(series.expected / 2).ok()?;
    let first_ns = match whole_days {
        2.. => whole_days / 2 * DAY_NS,
        _ => buckets * series.width_ns,
    };
    let middle_ns = series.from_ns + first_ns;
    let first = part(of, series.from_ns, middle_ns);
    let second = part(of, middle_ns, series.to_ns);
    let is_short = [&first, &second]
        .iter()
        .any(|half| half.series.count() < BUCKETS_LEAST);
    if series.is_daily() || is_short {
        return None;
    }
    let sums = Sums::of(&first.series);
    let is_tokens = of.has_tokens();
    let came = highest(&second.series, |bucket: &Bucket| {
        if is_tokens {
            bucket.live_tokens
        } else {
            bucket.live
        }
    });
    let in_flight_came = highest(&second.series, |bucket: &Bucket| bucket.open_s)
        .map(|open_s| open_s / series.width_s());
    let a_minute = 60.0 / series.width_s();
    let a_day = per_day(&first);
    let peaks = peaks(&first, &a_day, offset_min);
    let trial = |peak: &PeakChoice| {
        let multiplier = peaks.get(*peak).value?;
        let per_s = |day: Option<f64>| day.map(|day| day / 86_400.0 * multiplier);
        let rps = per_s(a_day.live_requests);
        let tokens_per_s = match rps {
            Some(rps) => Some(rps * sums.tokens / sums.requests),
            None => per_s(a_day.live_tokens),
        };
        let told = if is_tokens { tokens_per_s } else { rps };
        Some(Trial {
            peak: *peak,
            told: told.filter(|told| told.is_finite())? * 60.0,
            came: came? * a_minute,
            in_flight_told: rps
                .filter(|_| 0.0 < sums.open_s)
                .map(|rps| rps * sums.open_s / sums.requests),
            in_flight_came,
        })
    };
    let trials: Vec<Trial> = PeakChoice::ALL.iter().filter_map(trial).collect();
    let after = Sums::of(&second.series);
    let is_refused = of.known.has(super::observed::Known::THROTTLED) && 0.0 < after.requests;
    (!trials.is_empty()).then(|| HeldOut {
        split_at: instant(of, middle_ns),
        bucket_min: series.width_s() / 60.0,
        is_tokens,
        trials,
        throttled_ratio: is_refused.then(|| after.throttled / after.requests),
    })
}

/// Highest value of a quantity, if positive.
fn highest(series: &Series, of: impl Fn(&Bucket) -> f64) -> Option<f64> {
    let highest = series.buckets.iter().map(of).fold(0.0, f64::max);
    (0.0 < highest).then_some(highest)
}

struct Sums {
    requests: f64,
    tokens: f64,
    open_s: f64,
    throttled: f64,
}

impl Sums {
    fn of(series: &Series) -> Self {
        let sum = |of: fn(&Bucket) -> f64| series.buckets.iter().map(of).sum();
        Self {
            requests: sum(|bucket| bucket.live),
            tokens: sum(|bucket| bucket.live_tokens),
            open_s: sum(|bucket| bucket.open_s),
            throttled: sum(|bucket| bucket.throttled),
        }
    }
}

/// Part of a file as a file of its own.
#[inline(never)]
fn part(of: &Observed, from_ns: i64, to_ns: i64) -> Observed {
    let series = &of.series;
    let held = |bucket: &&Bucket| (from_ns..to_ns).contains(&bucket.start_ns);
    let buckets: Vec<Bucket> = series.buckets.iter().filter(held).copied().collect();
    let width_ns = series.width_ns.max(1);
    let expected = usize::try_from((to_ns - from_ns) / width_ns).unwrap_or(0);
    let present = if series.is_filled {
        expected
    } else {
        buckets.len()
    };
    let series = Series {
        from_ns,
        to_ns,
        width_ns,
        expected,
        present,
        missing: expected.saturating_sub(present),
        is_filled: series.is_filled,
        buckets,
        rest: None,
        by_clock: Vec::new(),
        gaps: Vec::new(),
    };
    Observed {
        hours: Hours::of(&series),
        known: of.known,
        series,
        ..Observed::empty(of.format)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use crate::traffic::Format;
    use crate::traffic::observed::Known;
    use crate::traffic::time::MINUTE_NS;

    /// Twenty minutes of ten requests with 100 tokens and 6 s each; the fifth has 30 requests,
    /// the fifteenth 20. Told: 30 × 100 tokens; came: 20 × 100. In flight: 30 a minute are
    /// 0.5 a second × 6 s = 3, and 20 × 6 s ÷ 60 s = 2.
    #[test]
    fn the_second_half_judges_the_first() {
        let mut of = Observed::empty(Format::PlainTrace);
        of.known = Known::TOKENS.and(Known::REQUESTS);
        let bucket = |at: i64| {
            let live = match at {
                5 => 30.0,
                15 => 20.0,
                _ => 10.0,
            };
            Bucket {
                start_ns: at * MINUTE_NS,
                live,
                all: live,
                live_tokens: 100.0 * live,
                all_tokens: 100.0 * live,
                open_s: 6.0 * live,
                ..Bucket::default()
            }
        };
        of.series = Series {
            to_ns: 20 * MINUTE_NS,
            width_ns: MINUTE_NS,
            expected: 20,
            present: 20,
            is_filled: true,
            buckets: (0..20).map(bucket).collect(),
            ..Series::default()
        };
        let found = held_out(&of, 0).unwrap();
        let busiest = found.trials[0];
        assert_eq!(busiest.peak, PeakChoice::Busiest);
        assert!((busiest.told - 3000.0).abs() < 1e-6, "{busiest:?}");
        assert!((busiest.came - 2000.0).abs() < 1e-6, "{busiest:?}");
        assert!((busiest.error_ratio() - 0.5).abs() < 1e-9);
        assert!((busiest.in_flight_told.unwrap() - 3.0).abs() < 1e-9);
        assert!((busiest.in_flight_came.unwrap() - 2.0).abs() < 1e-9);
        assert_eq!(found.throttled_ratio, None);
    }
}
