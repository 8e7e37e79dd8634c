//! Growth of the traffic, by a robust fit.

use serde::{Deserialize, Serialize};

use super::series::{Bucket, Series};
use super::spread::median;
use super::time::DAY_NS;
use crate::model::drift::Drift;

/// Minimum whole weeks to estimate growth.
const WEEKS_LEAST: usize = 3;
const WEEK_NS: i64 = 7 * DAY_NS;

/// Monthly growth, from the median slope between pairs of weeks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// Growth per month, percent.
    pub percent_per_month: f64,
    /// Lower bound of the 90 % confidence interval, percent.
    pub low_percent: f64,
    /// Upper bound of the 90 % confidence interval, percent.
    pub high_percent: f64,
    /// Number of whole weeks.
    pub weeks: usize,
}

impl Growth {
    /// Whether the weeks distinguish growth from decline. Equal weeks show that there is none.
    pub fn is_told(&self) -> bool {
        !(self.low_percent < 0.0 && 0.0 < self.high_percent)
    }
}

/// The Theil–Sen slope of the logarithms of whole weeks (P. K. Sen, "Estimates of the regression
/// coefficient based on Kendall's tau", JASA 63, 1968), which one odd week does not change.
pub(crate) fn growth(series: &Series, of: fn(&Bucket) -> f64) -> Option<Growth> {
    let rates = rates(series, of, WEEK_NS);
    if rates.len() < WEEKS_LEAST {
        return None;
    }
    let mut slopes = Vec::new();
    for (at, (week, rate)) in rates.iter().enumerate() {
        for (earlier, before) in &rates[..at] {
            slopes.push((libm::log(*rate) - libm::log(*before)) / (week - earlier));
        }
    }
    slopes.sort_by(f64::total_cmp);
    let percent = |slope: f64| (libm::exp(slope * 30.4375 / 7.0) - 1.0) * 100.0;
    let (low, high) = nine_in_ten(rates.len(), slopes.len());
    Some(Growth {
        percent_per_month: percent(median(slopes.clone())),
        low_percent: percent(slopes[low]),
        high_percent: percent(slopes[high]),
        weeks: rates.len(),
    })
}

/// Indices of the slopes that bound the true one with 90 % confidence, after Sen: the spread of
/// Kendall's sum about the median slope.
fn nine_in_ten(weeks: usize, slopes: usize) -> (usize, usize) {
    /// Standard deviations about a normal mean that contain 90 %.
    const DEVIATIONS: f64 = 1.644_854;
    let n = weeks as f64;
    let spread = DEVIATIONS * (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and held to the last slope"
    )]
    let low = ((slopes as f64 - spread) / 2.0).floor().max(0.0) as usize;
    (low, slopes - 1 - low.min(slopes - 1))
}

/// Minimum whole days to estimate the days ahead: both ends of a week.
const DAYS_LEAST: usize = 8;

/// 90 % bound on the ratio of the next period's mean to this period's; `None` with fewer than eight
/// whole days, or an empty one.
pub(crate) fn factor_of_days(series: &Series, of: fn(&Bucket) -> f64) -> Option<f64> {
    let rates = days(series, of)?;
    Drift::of(&rates).map(|drift| drift.factor_of_mean())
}

/// [`factor_of_days`] for the tokens per request, which grow with conversations, independently of
/// the number of requests.
pub(crate) fn factor_of_tokens(series: &Series) -> Option<f64> {
    let tokens = days(series, |bucket| bucket.live_tokens)?;
    let requests = days(series, Bucket::reached)?;
    let of_each = tokens.iter().zip(requests);
    let of_each: Vec<f64> = of_each
        .map(|(tokens, requests)| tokens / requests)
        .collect();
    Drift::of(&of_each).map(|drift| drift.factor_of_mean())
}

/// Mean over each whole day's buckets; `None` with too few days, or an empty one.
fn days(series: &Series, of: fn(&Bucket) -> f64) -> Option<Vec<f64>> {
    let days = rates(series, of, DAY_NS);
    let all = series.to_ns.saturating_sub(series.from_ns) / DAY_NS;
    let is_whole = usize::try_from(all).is_ok_and(|all| all == days.len());
    (is_whole && DAYS_LEAST <= days.len()).then(|| days.iter().map(|(_, rate)| *rate).collect())
}

/// Number of each whole period, counted back from the last, and the mean over its buckets. Periods
/// less than half observed, and empty ones, are omitted.
fn rates(series: &Series, of: fn(&Bucket) -> f64, span_ns: i64) -> Vec<(f64, f64)> {
    let spans = series.to_ns.saturating_sub(series.from_ns) / span_ns;
    let Some(held) = usize::try_from(spans).ok().filter(|spans| 0 < *spans) else {
        return Vec::new();
    };
    let start_ns = series.to_ns - spans * span_ns;
    let mut sums = vec![(0.0, 0_i64); held];
    for bucket in &series.buckets {
        let at = bucket.start_ns.saturating_sub(start_ns).div_euclid(span_ns);
        let at = usize::try_from(at).ok();
        if let Some((sum, count)) = at.and_then(|at| sums.get_mut(at)) {
            *sum += of(bucket);
            *count += 1;
        }
    }
    let a_span = (span_ns / series.width_ns.max(1)).max(1);
    let rate = |(at, (sum, count)): (usize, (f64, i64))| {
        let count = if series.is_filled { a_span } else { count };
        let is_seen = a_span <= 2 * count && 0.0 < sum;
        is_seen.then(|| (at as f64, sum / count as f64))
    };
    sums.into_iter().enumerate().filter_map(rate).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    /// Days of 100 requests that grow by 10 % a week, one day of an outage among them.
    fn weeks(count: i32) -> Series {
        let buckets = (0..count * 7).map(|day| Bucket {
            start_ns: i64::from(day) * DAY_NS,
            live: if day == 10 {
                1.0
            } else {
                100.0 * 1.1_f64.powi(day / 7)
            },
            ..Bucket::default()
        });
        Series {
            to_ns: i64::from(count) * WEEK_NS,
            width_ns: DAY_NS,
            expected: 7,
            is_filled: true,
            buckets: buckets.collect(),
            ..Series::default()
        }
    }

    /// Days of 100 requests with 1,000 and 1,000 × e tokens each by turns, as in the drift of
    /// 0, 1, 0, 1 …: the mean of as many days lies within e^(1.644854 × 0.25) = 1.5086 of theirs.
    /// Twice the requests on every fourth day change nothing.
    #[test]
    fn tokens_of_a_request_drift_for_themselves() {
        let day = |day: i32| {
            let requests = if day % 4 == 0 { 200.0 } else { 100.0 };
            let tokens = if day % 2 == 0 {
                1_000.0
            } else {
                1_000.0 * std::f64::consts::E
            };
            Bucket {
                start_ns: i64::from(day) * DAY_NS,
                live: requests,
                live_tokens: requests * tokens,
                ..Bucket::default()
            }
        };
        let series = Series {
            to_ns: 8 * DAY_NS,
            width_ns: DAY_NS,
            expected: 8,
            is_filled: true,
            buckets: (0..8).map(day).collect(),
            ..Series::default()
        };
        let factor = factor_of_tokens(&series).unwrap();
        assert!((factor - 1.508_6).abs() < 1e-3, "{factor}");
        let short = Series {
            to_ns: 7 * DAY_NS,
            ..series
        };
        assert_eq!(factor_of_tokens(&short), None);
    }

    /// 1.1 a week is 1.1^(30.4375 / 7) = 1.51355 a month.
    #[test]
    fn growth_is_told_from_three_weeks_on_and_one_odd_day_does_not_change_it() {
        assert_eq!(growth(&weeks(2), live), None);
        let found = growth(&weeks(9), live).unwrap();
        assert_eq!(found.weeks, 9);
        assert!((found.percent_per_month - 51.355).abs() < 0.01, "{found:?}");
    }

    fn live(bucket: &Bucket) -> f64 {
        bucket.live
    }
}
