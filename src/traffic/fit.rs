//! Values of a scenario from a file: peaks by several definitions, growth by a robust fit, and
//! workloads by model.

use super::day::shape;
use super::facts::Facts;
use super::observed::{Known, ModelSums, Observed};
use super::scenario_values::ScenarioValues;
use super::series::{Bucket, Series};
use super::source::keyed;
use super::status::{Measured, Status};
use super::time::{DAY_NS, MINUTE_NS};

/// The fewest whole weeks from which growth is told.
const WEEKS_LEAST: usize = 3;
const WEEK_NS: i64 = 7 * DAY_NS;
/// The most workloads; the smallest models go together.
const WORKLOADS_MOST: usize = 6;

/// Values of a scenario that a file gives.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The values, by the keys of a link; the shape in the given time zone.
    pub values: ScenarioValues,
    /// Minutes that the day begins before that of UTC.
    pub offset_min: i32,
    /// The busiest moment over the mean of the day, by each definition.
    pub peaks: PeakChoices,
    /// Growth, from three whole weeks on.
    pub growth: Option<Growth>,
    /// Requests by model; empty unless the file tells requests and tokens of several models.
    pub workloads: Vec<Workload>,
}

/// The busiest moment over the mean of the day.
#[derive(Debug, Clone)]
pub struct PeakChoices {
    /// The busiest minute of all.
    pub busiest: Measured,
    /// The minute that one in a thousand exceeds.
    pub p999: Measured,
    /// The busiest minute of the median day, of those that were seen whole.
    pub typical_day: Measured,
}

keyed! {
    /// A definition of the busiest moment.
    PeakChoice {
        /// The busiest minute of all.
        Busiest = "busiest",
        /// The minute that one in a thousand exceeds.
        P999 = "p99.9",
        /// The busiest minute of the median day.
        TypicalDay = "typical-day",
    }
}

impl PeakChoices {
    /// The multiplier by a definition.
    pub fn get(&self, choice: PeakChoice) -> Measured {
        match choice {
            PeakChoice::Busiest => self.busiest,
            PeakChoice::P999 => self.p999,
            PeakChoice::TypicalDay => self.typical_day,
        }
    }
}

/// The digits of a number in a link: more would be noise.
const DIGITS: usize = 6;

impl Fit {
    /// The measured values as keys and values of a link, the peak by the given definition.
    /// Values outside the ranges of a scenario are held to its nearest.
    pub fn pairs(&self, choice: PeakChoice) -> Vec<(&'static str, String)> {
        let peak = self.peaks.get(choice);
        let mut pairs = Vec::new();
        for (key, measured) in self.values.numbers() {
            let value = match key {
                "peak-multiplier" => peak.value.map(|peak| peak.max(1.0)),
                "growth" => measured.value.map(|percent| percent.max(0.0)),
                _ => measured.value,
            };
            if let Some(value) = value {
                pairs.push((key, rounded(value, DIGITS)));
            }
        }
        if let Some(shape) = self.values.shape.value {
            let hours = shape.map(|rate| rounded(rate, 4));
            pairs.push(("shape", hours.join(",")));
        }
        pairs
    }
}

/// A number with so many digits that count, without trailing zeros.
fn rounded(value: f64, digits: usize) -> String {
    let scientific = format!("{value:.*e}", digits - 1);
    let number: f64 = scientific.parse().unwrap_or(value);
    number.to_string()
}

/// Growth of a month, from the middle of all slopes between two weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Percent a month.
    pub percent_per_month: f64,
    /// Whole weeks that it was read off.
    pub weeks: usize,
}

/// The requests of one model.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// The model; `None` for the unknown and the small ones together.
    pub model: Option<String>,
    /// Requests of a day.
    pub requests_per_day: f64,
    /// Mean input tokens.
    pub input_tokens: f64,
    /// Mean output tokens.
    pub output_tokens: f64,
    /// Cached share of the input, in percent.
    pub cached_percent: Option<f64>,
}

/// Values of a scenario that a file gives, for a day that begins `offset_min` minutes before
/// that of UTC.
pub fn fit(of: &Observed, facts: &Facts, offset_min: i32) -> Fit {
    let growth = growth(of);
    let mut values = facts.scenario.clone();
    values.shape = Measured::new(shape(of, offset_min)).by_tokens(!of.has_requests());
    if values.growth.value.is_none() {
        let percent = growth.map(|growth| growth.percent_per_month);
        values = values.with_growth(percent, !of.has_requests());
    }
    Fit {
        peaks: peaks(of, facts, offset_min),
        growth,
        workloads: workloads(of, facts),
        values,
        offset_min,
    }
}

/// The quantity by which a file is judged over time.
fn quantity(of: &Observed) -> fn(&Bucket) -> f64 {
    if of.has_requests() {
        |bucket| bucket.live
    } else {
        |bucket| bucket.live_tokens
    }
}

fn peaks(of: &Observed, facts: &Facts, offset_min: i32) -> PeakChoices {
    let series = &of.series;
    let per_day = if of.has_requests() {
        facts.per_day.live_requests
    } else {
        facts.per_day.live_tokens
    };
    let a_bucket = per_day.map(|day| day / 86_400.0 * series.width_s());
    let a_bucket = a_bucket.filter(|mean| 0.0 < *mean && !series.is_daily());
    let summary = series.summary(quantity(of));
    let multiplier = |peak: Option<f64>| {
        let value = peak.zip(a_bucket).map(|(peak, mean)| peak / mean);
        let measured = Measured::new(value).by_tokens(!of.has_requests());
        if series.is_peak_at_least() {
            measured.with_status(Status::AtLeast)
        } else if facts.per_day.basis == "scaled" {
            measured.with_status(Status::Scaled)
        } else {
            measured
        }
    };
    PeakChoices {
        busiest: multiplier(summary.map(|summary| summary.max)),
        p999: multiplier(summary.map(|summary| summary.p999)),
        typical_day: multiplier(median_day(series, quantity(of), offset_min)),
    }
}

/// The busiest bucket of the median day; `None` unless a day was seen from its beginning to
/// its end.
fn median_day(series: &Series, of: fn(&Bucket) -> f64, offset_min: i32) -> Option<f64> {
    let offset_ns = i64::from(offset_min) * MINUTE_NS;
    let day = |ns: i64| (ns + offset_ns).div_euclid(DAY_NS);
    let first = day(series.from_ns + DAY_NS - 1);
    let end = day(series.to_ns);
    let days = usize::try_from(end.checked_sub(first)?)
        .ok()
        .filter(|days| 0 < *days)?;
    let mut peaks = vec![0.0_f64; days];
    for bucket in &series.buckets {
        let at = usize::try_from(day(bucket.start_ns) - first).ok();
        if let Some(peak) = at.and_then(|at| peaks.get_mut(at)) {
            *peak = peak.max(of(bucket));
        }
    }
    Some(median(peaks))
}

/// The middle of the values, of which there is at least one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    super::spread::quantile(&values, 0, 0.5).unwrap_or_default()
}

/// The Theil–Sen slope of the logarithms of whole weeks (P. K. Sen, "Estimates of the
/// regression coefficient based on Kendall's tau", JASA 63, 1968): one odd week does not
/// change it.
fn growth(of: &Observed) -> Option<Growth> {
    let rates = weekly_rates(&of.series, quantity(of));
    if rates.len() < WEEKS_LEAST {
        return None;
    }
    let mut slopes = Vec::new();
    for (at, (week, rate)) in rates.iter().enumerate() {
        for (earlier, before) in &rates[..at] {
            slopes.push((libm::log(*rate) - libm::log(*before)) / (week - earlier));
        }
    }
    let a_month = libm::exp(median(slopes) * 30.4375 / 7.0);
    Some(Growth {
        percent_per_month: (a_month - 1.0) * 100.0,
        weeks: rates.len(),
    })
}

/// The number of each whole week, counted back from the last, and the mean of its buckets.
/// Weeks of which less than half was seen, and empty ones, are left out.
fn weekly_rates(series: &Series, of: fn(&Bucket) -> f64) -> Vec<(f64, f64)> {
    let weeks = series.to_ns.saturating_sub(series.from_ns) / WEEK_NS;
    let Some(held) = usize::try_from(weeks).ok().filter(|weeks| 0 < *weeks) else {
        return Vec::new();
    };
    let start_ns = series.to_ns - weeks * WEEK_NS;
    let mut sums = vec![(0.0, 0_i64); held];
    for bucket in &series.buckets {
        let at = bucket.start_ns.saturating_sub(start_ns).div_euclid(WEEK_NS);
        let at = usize::try_from(at).ok();
        if let Some((sum, count)) = at.and_then(|at| sums.get_mut(at)) {
            *sum += of(bucket);
            *count += 1;
        }
    }
    let a_week = (WEEK_NS / series.width_ns.max(1)).max(1);
    let rate = |(at, (sum, count)): (usize, (f64, i64))| {
        let count = if series.is_filled { a_week } else { count };
        let is_seen = a_week <= 2 * count && 0.0 < sum;
        is_seen.then(|| (at as f64, sum / count as f64))
    };
    sums.into_iter().enumerate().filter_map(rate).collect()
}

fn workloads(of: &Observed, facts: &Facts) -> Vec<Workload> {
    let is_told = of.known.has(Known::REQUESTS) && of.known.has(Known::TOKENS);
    // Where tokens of a model come without its requests, they cannot be set against each other.
    let is_split = of
        .models
        .iter()
        .any(|(_, sums)| sums.requests <= 0.0 && 0.0 < sums.tokens.all());
    let Some(per_day) = facts.per_day.requests.filter(|_| is_told && !is_split) else {
        return Vec::new();
    };
    let all: f64 = of.models.iter().map(|(_, sums)| sums.requests).sum();
    let mut models: Vec<_> = of
        .models
        .iter()
        .filter(|(_, sums)| 0.0 < sums.requests)
        .collect();
    if models.len() < 2 || all <= 0.0 {
        return Vec::new();
    }
    models.sort_by(|(_, a), (_, b)| b.tokens.all().total_cmp(&a.tokens.all()));
    let (large, small) = models.split_at(models.len().min(WORKLOADS_MOST));
    let mut groups: Vec<_> = large
        .iter()
        .map(|(name, sums)| (name.clone(), *sums))
        .collect();
    if !small.is_empty() {
        let mut rest = ModelSums::default();
        for (_, sums) in small {
            rest.requests += sums.requests;
            rest.with_tokens += sums.with_tokens;
            rest.tokens.add(&sums.tokens);
        }
        groups.push((None, rest));
    }
    let workload = |(model, sums): (Option<String>, ModelSums)| {
        let mean = |sum: f64| {
            if 0.0 < sums.with_tokens {
                sum / sums.with_tokens
            } else {
                0.0
            }
        };
        let has_input = of.known.has(Known::CACHED) && 0.0 < sums.tokens.input;
        Workload {
            model,
            requests_per_day: per_day * sums.requests / all,
            input_tokens: mean(sums.tokens.input),
            output_tokens: mean(sums.tokens.output),
            cached_percent: has_input.then(|| sums.tokens.cached / sums.tokens.input * 100.0),
        }
    };
    groups.into_iter().map(workload).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use crate::traffic::{Format, Kind};

    /// Days of 100 requests that grow by 10 % a week, one day of an outage among them.
    fn weeks(count: i32) -> Observed {
        let buckets = (0..count * 7).map(|day| Bucket {
            start_ns: i64::from(day) * DAY_NS,
            live: if day == 10 {
                1.0
            } else {
                100.0 * 1.1_f64.powi(day / 7)
            },
            ..Bucket::default()
        });
        let mut of = Observed::empty(Format::OpenAiConsole);
        of.kind = Kind::Buckets;
        of.known = Known::REQUESTS;
        of.series = Series {
            to_ns: i64::from(count) * WEEK_NS,
            width_ns: DAY_NS,
            expected: 7,
            is_filled: true,
            buckets: buckets.collect(),
            ..Series::default()
        };
        of
    }

    /// 1.1 a week is 1.1^(30.4375 / 7) = 1.51355 a month.
    #[test]
    fn growth_is_told_from_three_weeks_on_and_one_odd_day_does_not_change_it() {
        assert_eq!(growth(&weeks(2)), None);
        let found = growth(&weeks(9)).unwrap();
        assert_eq!(found.weeks, 9);
        assert!((found.percent_per_month - 51.355).abs() < 0.01, "{found:?}");
    }

    /// Peaks of the days: 3, 5, 4; the half days at both ends do not count.
    #[test]
    fn the_median_day_is_one_of_those_seen_whole() {
        let hour_ns = DAY_NS / 24;
        let bucket = |day: i64, hour: i64, live: f64| Bucket {
            start_ns: day * DAY_NS + hour * hour_ns,
            live,
            ..Bucket::default()
        };
        let series = Series {
            from_ns: DAY_NS / 2,
            to_ns: 4 * DAY_NS + DAY_NS / 2,
            width_ns: hour_ns,
            buckets: vec![
                bucket(0, 13, 90.0),
                bucket(1, 9, 3.0),
                bucket(1, 10, 2.0),
                bucket(2, 0, 5.0),
                bucket(3, 23, 4.0),
                bucket(4, 1, 80.0),
            ],
            ..Series::default()
        };
        assert_eq!(median_day(&series, |bucket| bucket.live, 0), Some(4.0));
    }
}
