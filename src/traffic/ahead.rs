//! How far the coming days may be away from those of a file.
//!
//! A scenario plans for a typical day of as many that follow. Requests and tokens are means of
//! days, so that theirs are the means of the coming days; the peak is that of one of these days.

use std::ops::Range;

use super::day::quantity;
use super::growth::{Growth, rates, whole_spans};
use super::observed::{Known, Observed};
use super::scenario_values::ScenarioValues;
use super::series::{Bucket, Series};
use super::status::{Measured, Status};
use super::time::{DAY_NS, MINUTE_NS};
use super::unfinished::{Unfinished, weekend_days, whole};
use crate::model::drift::Drift;
use crate::model::rhythm::without_week;

/// The fewest whole days from which the coming ones are told: both ends of a week.
const DAYS_LEAST: usize = 8;

/// Factors by which values may be away over as many coming days, nine times in ten; none of fewer
/// than eight whole days, or where one of them is empty.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Ahead {
    /// Of the requests of a day, or of its tokens where requests are not counted.
    pub(crate) load: Option<f64>,
    input: Option<f64>,
    output: Option<f64>,
    peak: Option<f64>,
}

impl Ahead {
    /// Those of a file, for days that begin so many minutes before those of UTC; `growth` is told
    /// apart from the ranges, and days `without` which the file is whole say nothing.
    pub(crate) fn of(
        of: &Observed,
        offset_min: i32,
        growth: Option<&Growth>,
        without: &[Unfinished],
    ) -> Self {
        let series = &of.series;
        let days = |quantity: fn(&Bucket) -> f64| {
            let days = days(series, quantity)?;
            let held = whole(days.len(), without);
            (DAYS_LEAST <= held.len()).then(|| (days[held.clone()].to_vec(), held))
        };
        // Days that follow have the same weekdays.
        let drift = |values: &[f64], held: &Range<usize>| {
            let weekend = weekend_days(of, held.end + usize::from(is_last_cut(without)));
            let weekend = weekend.get(held.clone()).unwrap_or_default();
            Drift::of(&without_week(values, weekend))
        };
        let each = |known: Known, tokens: fn(&Bucket) -> f64| {
            let is_known = of.has_requests() && of.known.has(known);
            let (tokens, held) = days(tokens).filter(|_| is_known)?;
            let (requests, _) = days(Bucket::reached)?;
            let pairs = tokens.iter().zip(requests);
            let means: Vec<f64> = pairs.map(|(tokens, requests)| tokens / requests).collect();
            Some(drift(&means, &held)?.factor_of_mean())
        };
        let load = || {
            let (mut days, held) = days(quantity(of))?;
            let a_day = growth.map_or(0.0, Growth::log_per_day);
            for (at, day) in days.iter_mut().enumerate() {
                *day /= libm::exp(a_day * at as f64);
            }
            Some(drift(&days, &held)?.factor_of_mean())
        };
        let peak = || {
            let peaks = peaks(series, quantity(of), offset_min)?;
            Some(Drift::of(&without_week(&peaks, &[]))?.factor_of_one())
        };
        Self {
            load: load(),
            input: each(Known::INPUT, |bucket| {
                bucket.live_tokens - bucket.live_output
            }),
            output: each(Known::OUTPUT, |bucket| bucket.live_output),
            peak: peak(),
        }
    }

    /// The same values with their ranges.
    pub(crate) fn around(&self, mut values: ScenarioValues) -> ScenarioValues {
        values.requests_per_day = values.requests_per_day.within(self.load);
        values.avg_input_tokens = values.avg_input_tokens.within(self.input);
        values.avg_output_tokens = values.avg_output_tokens.within(self.output);
        values.peak_multiplier = self.around_peak(values.peak_multiplier);
        values
    }

    /// The same peak with its range; a peak that may be higher has none.
    pub(crate) fn around_peak(&self, peak: Measured) -> Measured {
        let is_whole = peak.status != Status::AtLeast;
        peak.within(self.peak.filter(|_| is_whole))
    }
}

fn is_last_cut(without: &[Unfinished]) -> bool {
    without.iter().any(|day| day.is_last)
}

/// The mean of each whole day's buckets; none of few days, or where one of them is empty.
fn days(series: &Series, of: impl Fn(&Bucket) -> f64) -> Option<Vec<f64>> {
    let days = rates(series, of, DAY_NS);
    let is_whole = whole_spans(series, DAY_NS) == days.len();
    (is_whole && DAYS_LEAST <= days.len()).then(|| days.iter().map(|(_, rate)| *rate).collect())
}

/// The busiest bucket of each whole day over the mean of that day.
fn peaks(series: &Series, of: fn(&Bucket) -> f64, offset_min: i32) -> Option<Vec<f64>> {
    if series.is_daily() || series.is_peak_at_least() {
        return None;
    }
    let offset_ns = i64::from(offset_min) * MINUTE_NS;
    let day = |ns: i64| (ns + offset_ns).div_euclid(DAY_NS);
    let first = day(series.from_ns + DAY_NS - 1);
    let days = usize::try_from(day(series.to_ns).checked_sub(first)?).ok()?;
    let mut sums = vec![(0.0_f64, 0.0_f64); days];
    for bucket in &series.buckets {
        let at = usize::try_from(day(bucket.start_ns) - first).ok();
        if let Some((sum, peak)) = at.and_then(|at| sums.get_mut(at)) {
            *sum += of(bucket);
            *peak = peak.max(of(bucket));
        }
    }
    let a_day = DAY_NS as f64 / series.width_ns.max(1) as f64;
    let is_told = DAYS_LEAST <= days && sums.iter().all(|(sum, _)| 0.0 < *sum);
    is_told.then(|| sums.iter().map(|(sum, peak)| peak * a_day / sum).collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use crate::traffic::Format;

    /// Days of 1,440 minutes with so many requests in each, of which those of one hour have `peak`
    /// times as many; each request has `tokens`, a fifth of them output.
    fn file(days: i64, peak: fn(i64) -> f64, tokens: fn(i64) -> f64) -> Observed {
        let minute = |at: i64| {
            let (day, hour) = (at / 1_440, at % 1_440 / 60);
            let live = if hour == 12 { peak(day) } else { 1.0 } * 100.0;
            let tokens = tokens(day) * live;
            Bucket {
                start_ns: at * MINUTE_NS,
                live,
                all: live,
                live_tokens: tokens,
                live_output: tokens / 5.0,
                ..Bucket::default()
            }
        };
        let minutes = days * 1_440;
        let mut of = Observed::empty(Format::PlainTrace);
        of.known = Known::REQUESTS
            .and(Known::TOKENS)
            .and(Known::INPUT)
            .and(Known::OUTPUT);
        of.series = Series {
            to_ns: days * DAY_NS,
            width_ns: MINUTE_NS,
            expected: usize::try_from(minutes).unwrap(),
            present: usize::try_from(minutes).unwrap(),
            is_filled: true,
            buckets: (0..minutes).map(minute).collect(),
            ..Series::default()
        };
        of
    }

    /// 1,000 and 1,000 × e tokens a request by turns, as in the drift of 0, 1, 0, 1 …: the mean of
    /// as many days lies within e^(1.644854 × 0.25) = 1.5086 of theirs, for input and output alike.
    /// The requests are the same every day.
    #[test]
    fn tokens_of_a_request_drift_for_themselves() {
        let tokens = |day: i64| 1_000.0 * libm::exp((day % 2) as f64);
        let ahead = Ahead::of(&file(8, |_| 2.0, tokens), 0, None, &[]);
        for factor in [ahead.input, ahead.output] {
            assert!((factor.unwrap() - 1.508_6).abs() < 1e-3, "{ahead:?}");
        }
        assert!((ahead.load.unwrap() - 1.0).abs() < 1e-9, "{ahead:?}");
        assert!((ahead.peak.unwrap() - 1.0).abs() < 1e-9, "{ahead:?}");
        assert_eq!(
            Ahead::of(&file(7, |_| 2.0, tokens), 0, None, &[]),
            Ahead::default()
        );
    }

    /// Hours of 2 and 5 times the others by turns: 2 × 24 ÷ 25 = 1.92 and 5 × 24 ÷ 28 = 4.2857 over
    /// the mean of their day, whose logarithms are 0.80296 apart. As the drift of 0, 1, 0, 1 … has
    /// a noise of a quarter of the square, one of eight coming days varies by 0.25 × 9/8 of it:
    /// e^(1.644854 × √0.28125 × 0.80296) = 2.0145.
    #[test]
    fn the_peak_is_that_of_one_coming_day() {
        let peak = |day: i64| if day % 2 == 0 { 2.0 } else { 5.0 };
        let ahead = Ahead::of(&file(8, peak, |_| 10.0), 0, None, &[]);
        assert!((ahead.peak.unwrap() - 2.0145).abs() < 1e-3, "{ahead:?}");
        let peak = ahead.around_peak(Measured::new(Some(4.0)));
        let [low, high] = peak.range.unwrap();
        assert!((low - 1.9856).abs() < 1e-3 && (high - 8.058).abs() < 3e-3);
        let least = Measured::new(Some(4.0)).with_status(Status::AtLeast);
        assert_eq!(ahead.around_peak(least).range, None);
    }
}
