//! Growth of the traffic, by a robust fit.

use serde::{Deserialize, Serialize};

use super::series::{Bucket, Series};
use super::spread::median;
use super::time::DAY_NS;

/// Minimum whole weeks to estimate growth.
const WEEKS_LEAST: usize = 3;
const WEEK_NS: i64 = 7 * DAY_NS;
const DAYS_PER_MONTH: f64 = 30.4375;
/// Growth of a logarithm below which a load is level.
const LEVEL: f64 = 1e-9;

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

    /// By how much the logarithm of the load grows in a day.
    pub(super) fn log_per_day(&self) -> f64 {
        libm::log1p(self.percent_per_month / 100.0) / DAYS_PER_MONTH
    }

    /// The load at the end of so many days over their mean: that of an exponential.
    pub(super) fn end_over_mean(&self, days: f64) -> f64 {
        let grown = self.log_per_day() * days;
        if grown.abs() < LEVEL {
            return 1.0;
        }
        grown / -libm::expm1(-grown)
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
    let percent = |slope: f64| (libm::exp(slope * DAYS_PER_MONTH / 7.0) - 1.0) * 100.0;
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

/// Part of a span that a file may lack where it covers nearly all of it: the first and the last
/// request of a day hardly come at midnight.
const LACK_MOST: i64 = 50;

/// Number of whole spans in a period; nearly all of one is whole.
pub(super) fn whole_spans(series: &Series, span_ns: i64) -> usize {
    let period_ns = series.to_ns.saturating_sub(series.from_ns);
    let spans = period_ns.saturating_add(span_ns / LACK_MOST) / span_ns;
    usize::try_from(spans).unwrap_or(0)
}

/// The number of each whole span, counted back from the last, and the mean of its buckets.
/// Spans of which less than half was seen, and empty ones, are left out.
pub(super) fn rates(series: &Series, of: impl Fn(&Bucket) -> f64, span_ns: i64) -> Vec<(f64, f64)> {
    let held = whole_spans(series, span_ns);
    let spans = i64::try_from(held).unwrap_or(i64::MAX);
    let start_ns = series.to_ns - spans.saturating_mul(span_ns);
    let mut sums = vec![(0.0, 0_i64); held];
    for bucket in &series.buckets {
        let at = bucket.start_ns.saturating_sub(start_ns).div_euclid(span_ns);
        let at = usize::try_from(at).ok();
        if let Some((sum, count)) = at.and_then(|at| sums.get_mut(at)) {
            *sum += of(bucket);
            *count += 1;
        }
    }
    let width_ns = series.width_ns.max(1);
    let a_span = (span_ns / width_ns).max(1);
    let lacking = (series.from_ns - start_ns).max(0) / width_ns;
    let rate = |(at, (sum, count)): (usize, (f64, i64))| {
        let lacks = if at == 0 { lacking } else { 0 };
        let count = if series.is_filled {
            a_span - lacks
        } else {
            count
        };
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

    /// 1.1 a week is 1.1^(30.4375 / 7) = 1.51355 a month.
    #[test]
    fn growth_is_told_from_three_weeks_on_and_one_odd_day_does_not_change_it() {
        assert_eq!(growth(&weeks(2), live), None);
        let found = growth(&weeks(9), live).unwrap();
        assert_eq!(found.weeks, 9);
        assert!((found.percent_per_month - 51.355).abs() < 0.01, "{found:?}");
    }

    /// 21 % in a month of 30.4375 days: two months from 100 to 146.41 have the mean
    /// 46.41 ÷ ln 1.4641 = 121.734, and 146.41 ÷ 121.734 = 1.20270. A level load has 1.
    #[test]
    fn the_load_at_the_end_is_above_the_mean() {
        let growth = |percent_per_month: f64| Growth {
            percent_per_month,
            low_percent: 0.0,
            high_percent: 0.0,
            weeks: 9,
        };
        assert!((growth(21.0).end_over_mean(60.875) - 1.202_70).abs() < 1e-5);
        assert!((growth(0.0).end_over_mean(63.0) - 1.0).abs() < 1e-12);
    }

    fn live(bucket: &Bucket) -> f64 {
        bucket.live
    }
}
