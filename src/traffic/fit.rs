//! Values for a scenario from a file: peaks by several definitions, growth by a robust fit, and
//! workloads by model, key or tag.

use serde::{Deserialize, Serialize};

use super::ahead::Ahead;
use super::day::{PerDay, Week, quantity, shape, week};
use super::facts::Facts;
use super::growth::{Growth, growth};
use super::observed::Observed;
use super::scenario_values::ScenarioValues;
use super::series::{Bucket, Series};
use super::source::keyed;
use super::spread::median;
use super::status::{Measured, Status};
use super::time::{DAY_NS, MINUTE_NS};
use super::unfinished::{Unfinished, ratio_without, unfinished};
use super::workloads::Workloads;
use crate::model::day::{highest, unbent};
use crate::model::digits;

/// Values for a scenario from a file.
#[derive(Debug, Clone)]
pub struct Fit {
    /// Values by link key; the shape is in the given time zone.
    pub values: ScenarioValues,
    /// Minutes by which the day begins before that of UTC.
    pub offset_min: i32,
    /// Peak multiplier by each definition.
    pub peaks: PeakChoices,
    /// Growth, if there are three whole weeks.
    pub growth: Option<Growth>,
    /// The load at the end of the file, where growth is told.
    pub level: Option<Level>,
    /// Days that may be cut off; neither load nor ranges count them.
    pub unfinished: Vec<Unfinished>,
    /// The load of the values over the mean of the file.
    pub(crate) load_ratio: f64,
    /// By which factor the load of a day may be away over as many coming days.
    pub(crate) load_factor: Option<f64>,
    /// Weekdays and weekends apart, where the file has both.
    pub week: Option<Week>,
    /// Requests by model, by key and by tag.
    pub workloads: Workloads,
}

/// The load of a day on average and at the end of a file, in requests; tokens if requests are not
/// counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Mean of the days.
    pub mean: f64,
    /// At the end of the file.
    pub at_end: f64,
    /// Growth a month between them, percent.
    pub percent_per_month: f64,
    /// Whether they are tokens, as requests are not counted.
    #[serde(default)]
    pub is_by_tokens: bool,
}

/// Peak multiplier, by several definitions.
#[derive(Debug, Clone)]
pub struct PeakChoices {
    /// Busiest minute of all.
    pub busiest: Measured,
    /// 99.9th percentile of minutes.
    pub p999: Measured,
    /// Busiest minute of the median day, among fully observed days.
    pub typical_day: Measured,
}

keyed! {
    /// Definition of the peak.
    PeakChoice {
        /// The busiest minute of all.
        Busiest = "busiest",
        /// 99.9th percentile of minutes.
        P999 = "p99.9",
        /// The busiest minute of the median day.
        TypicalDay = "typical-day",
    }
}

impl PeakChoice {
    /// Definition with the least error on held-out halves of public traces; the README has the
    /// table.
    pub const LEAST_WRONG: Self = Self::P999;
}

impl PeakChoices {
    /// Replaces missing peaks by that of the shape, since a lower one would flatten it.
    fn at_least(self, shape: &Measured<[f64; 24]>) -> Self {
        let height = shape.value.map(|shape| highest(&unbent(&shape)));
        let least = Measured::new(height).by_tokens(shape.is_by_tokens);
        let or_least = |peak: Measured| match peak.value {
            Some(_) => peak,
            None => least.with_status(Status::AtLeast),
        };
        Self {
            busiest: or_least(self.busiest),
            p999: or_least(self.p999),
            typical_day: or_least(self.typical_day),
        }
    }

    /// The same minutes over a load that is so many times the mean. The median day lies amid the
    /// file, so that it keeps its own.
    fn over(mut self, ratio: f64) -> Self {
        for peak in [&mut self.busiest, &mut self.p999] {
            peak.value = peak.value.map(|peak| peak / ratio);
        }
        self
    }

    /// Multiplier by a definition.
    pub fn get(&self, choice: PeakChoice) -> Measured {
        match choice {
            PeakChoice::Busiest => self.busiest,
            PeakChoice::P999 => self.p999,
            PeakChoice::TypicalDay => self.typical_day,
        }
    }
}

/// Relative tolerance for a ratio of equal numbers.
const ROUNDING: f64 = 1e-9;

/// Relative distance below which the load at the end is the mean.
const LEVEL: f64 = 1e-3;

/// Significant digits of a number in a link.
const DIGITS: usize = 6;

impl Fit {
    /// Whether a value has a range over the coming days; growth has one of its own.
    pub fn has_ranges(&self) -> bool {
        let numbers = self.values.numbers();
        let mut all = numbers.iter().filter(|(key, _)| *key != "growth");
        all.any(|(_, measured)| measured.range.is_some())
    }

    /// The measured values as keys and values of a link, the peak by the given definition.
    /// Values outside the ranges of a scenario are held to its nearest.
    pub fn pairs(&self, choice: PeakChoice) -> Vec<(&'static str, String)> {
        let peak = self.peaks.get(choice);
        let mut pairs = Vec::new();
        for (key, measured) in self.values.numbers() {
            let measured = if key == "peak-multiplier" {
                &peak
            } else {
                measured
            };
            pairs.extend(written(key, measured).map(|text| (key, text)));
        }
        pairs.extend(self.shape_text().map(|text| ("shape", text)));
        pairs
    }

    /// Shape of the day in a link.
    pub(crate) fn shape_text(&self) -> Option<String> {
        let shape = self.values.shape.value?;
        Some(shape.map(|rate| rounded(rate, 4)).join(","))
    }
}

/// The least that a link takes under this key.
fn least(key: &str) -> f64 {
    match key {
        "peak-multiplier" => 1.0,
        _ => 0.0,
    }
}

/// A value as a link writes it under this key.
pub(crate) fn written(key: &str, measured: &Measured) -> Option<String> {
    Some(rounded(measured.value?.max(least(key)), DIGITS))
}

/// Digits of the ends of a range.
const END_DIGITS: usize = 3;

/// The ends of a value's range as a link writes them; none where one of them is not apart from it.
pub(crate) fn ends(key: &str, measured: &Measured) -> Option<[f64; 2]> {
    let value = digits::read(&written(key, measured)?)?;
    let end = |end: f64| digits::read(&rounded(end.clamp(least(key), most(key)), END_DIGITS));
    let [low, high] = measured.range?.map(end);
    let (low, high) = (low?, high?);
    (low < value && value < high).then_some([low, high])
}

/// Largest value of an input that a link takes, where a file may show more.
fn most(key: &str) -> f64 {
    match key {
        "growth" => 1_000.0,
        "peak-multiplier" => 1e5,
        _ => f64::INFINITY,
    }
}

/// A number with this many significant digits, without trailing zeros.
fn rounded(value: f64, digits: usize) -> String {
    let scientific = format!("{value:.*e}", digits - 1);
    let number = digits::read(&scientific).unwrap_or(value);
    number.to_string()
}

/// Values for a scenario from a file, for a day that begins `offset_min` minutes before that of
/// UTC.
pub fn fit(of: &Observed, facts: &Facts, offset_min: i32) -> Fit {
    let growth = growth(&of.series, quantity(of));
    let unfinished = unfinished(of);
    // The file's own fact is the ratio of two months, which one odd day changes.
    let told = growth.filter(Growth::is_told);
    let whole_ratio = ratio_without(of, &unfinished);
    let days = of.series.period_s() / 86_400.0;
    let end_ratio = told.map_or(1.0, |growth| growth.end_over_mean(days));
    let load_ratio = whole_ratio * end_ratio;
    let mut values = facts.scenario.clone();
    let mean = values.requests_per_day.value.or(facts.per_day.tokens);
    let is_level = (end_ratio - 1.0).abs() < LEVEL;
    let level = mean
        .zip(told.filter(|_| !is_level))
        .map(|(mean, growth)| Level {
            mean: mean * whole_ratio,
            at_end: mean * load_ratio,
            percent_per_month: growth.percent_per_month,
            is_by_tokens: !of.has_requests(),
        });
    // The plan counts growth from the end of the file on.
    scale(&mut values.requests_per_day.value, load_ratio);
    // Most days are weekdays, including the busiest ones.
    let week = week(of, offset_min);
    let of_weekdays = week.and_then(|week| week.weekdays.shape);
    let shape = of_weekdays.or_else(|| shape(of, offset_min));
    values.shape = Measured::new(shape).by_tokens(!of.has_requests());
    // Dispersion within minutes, since the peak already includes differences between them.
    values.burstiness = Measured::new(of.within_minute);
    let percent = told.map(|growth| growth.percent_per_month);
    values = values.with_growth(percent, !of.has_requests());
    values.growth.range = told.map(|growth| [growth.low_percent, growth.high_percent]);
    scale(&mut values.peak_multiplier.value, 1.0 / end_ratio);
    let ahead = Ahead::of(of, offset_min, told.as_ref(), &unfinished);
    values = ahead.around(values);
    let peaks = peaks(of, &facts.per_day, offset_min).over(end_ratio);
    let peaks = peaks.at_least(&values.shape);
    let mut workloads = Workloads::of(of, facts);
    workloads.scale(load_ratio);
    Fit {
        peaks: PeakChoices {
            busiest: ahead.around_peak(peaks.busiest),
            p999: ahead.around_peak(peaks.p999),
            typical_day: ahead.around_peak(peaks.typical_day),
        },
        growth,
        level,
        unfinished,
        load_ratio,
        load_factor: ahead.load,
        week,
        workloads,
        values,
        offset_min,
    }
}

fn scale(value: &mut Option<f64>, ratio: f64) {
    *value = value.map(|value| value * ratio);
}

/// The peaks of a file with these values of a day.
#[inline(never)]
pub(crate) fn peaks(of: &Observed, per_day: &PerDay, offset_min: i32) -> PeakChoices {
    let series = &of.series;
    let a_day = if of.has_requests() {
        per_day.live_requests
    } else {
        per_day.live_tokens
    };
    let a_bucket = a_day.map(|day| day / 86_400.0 * series.width_s());
    let a_bucket = a_bucket.filter(|mean| 0.0 < *mean && !series.is_daily());
    let summary = series.summary(quantity(of));
    let multiplier = |peak: Option<f64>| {
        let value = peak.zip(a_bucket).map(|(peak, mean)| peak / mean);
        // If most minutes are empty, a minute below the mean is no peak.
        let value = value.filter(|ratio| 1.0 - ROUNDING <= *ratio);
        let measured = Measured::new(value).by_tokens(!of.has_requests());
        if series.is_peak_at_least() {
            measured.with_status(Status::AtLeast)
        } else if per_day.basis == "scaled" {
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

/// Busiest bucket of the median day; `None` unless a day was fully observed. Days without traffic
/// do not count, as they may lie in a gap of the file.
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
    peaks.retain(|peak| 0.0 < *peak);
    (!peaks.is_empty()).then(|| median(peaks))
}

#[cfg(test)]
mod tests {
    use super::*;

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
