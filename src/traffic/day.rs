//! Daily values, and the shape of the day.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::flag::Flag;
use super::hours::{ALL_DAYS, Hour, WEEKDAYS, WEEKEND};
use super::observed::{Known, Observed};
use super::series::{Bucket, part_of_week};
use super::time::DAY_NS;

/// Daily values.
#[derive(Debug, Clone, Serialize)]
pub struct PerDay {
    /// Basis: days, hours, or scaled from less than a day.
    pub basis: &'static str,
    /// Requests per day.
    pub requests: Option<f64>,
    /// Requests per day without batches.
    pub live_requests: Option<f64>,
    /// Tokens per day.
    pub tokens: Option<f64>,
    /// Tokens per day of live requests.
    pub live_tokens: Option<f64>,
    /// Requests per day if missing buckets were empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_if_missing_are_zero: Option<f64>,
    /// Requests per day if missing buckets were like the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_if_missing_are_like_the_rest: Option<f64>,
    /// Requests per day if the rest of the day was empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_if_rest_of_day_is_empty: Option<f64>,
}

/// The busiest bucket over the mean of the day.
#[derive(Debug, Clone, Serialize)]
pub struct Multiplier {
    /// Width of the buckets, seconds.
    pub width_s: f64,
    /// Whether the values are lower bounds.
    pub at_least: bool,
    /// Multiplier of requests.
    pub requests: Option<f64>,
    /// Multiplier of tokens.
    pub tokens: Option<f64>,
}

/// Daily values from whole days, from hours of the day, or scaled up.
#[inline(never)]
pub(crate) fn per_day(of: &Observed) -> PerDay {
    let series = &of.series;
    let has_a_day = of.has_a_whole_day();
    let hours = of.hours.at(0, &ALL_DAYS);
    let a_day = |known: Known, quantity: fn(&Bucket) -> f64| {
        if !of.known.has(known) {
            return None;
        }
        if series.is_daily() {
            let sum: f64 = series.buckets.iter().map(quantity).sum();
            let days = series.count() as f64 * series.width_s() / 86_400.0;
            return Some(sum / days);
        }
        if has_a_day {
            return Some(hours.iter().map(|hour| rate(hour, quantity) * 3600.0).sum());
        }
        let sum: f64 = hours.iter().map(|hour| quantity(&hour.sums)).sum();
        let seen_s: f64 = hours.iter().map(|hour| hour.seen_s).sum();
        // A moment does not represent a day.
        (60.0 <= seen_s).then(|| sum * 86_400.0 / seen_s)
    };
    let all = of.known.then(Known::REQUESTS, of.requests.all());
    let if_missing = all.filter(|_| 0 < series.missing);
    let period_s = series.period_s();
    let seen_s = series.width_s() * series.present as f64;
    let is_scaled = !series.is_daily() && !has_a_day;
    PerDay {
        basis: match (series.is_daily(), has_a_day) {
            (true, _) => "by_day",
            (false, true) => "by_hour",
            (false, false) => "scaled",
        },
        requests: a_day(Known::REQUESTS, |bucket| bucket.all),
        live_requests: a_day(Known::REQUESTS, |bucket| bucket.live),
        tokens: a_day(Known::TOKENS, |bucket| bucket.all_tokens),
        live_tokens: a_day(Known::TOKENS, |bucket| bucket.live_tokens),
        requests_if_missing_are_zero: if_missing.map(|all| all * 86_400.0 / period_s),
        requests_if_missing_are_like_the_rest: if_missing.map(|all| all * 86_400.0 / seen_s),
        requests_if_rest_of_day_is_empty: all
            .filter(|_| is_scaled)
            .map(|all| all * 86_400.0 / period_s.max(86_400.0)),
    }
}

/// Rate of an hour, per second.
fn rate(hour: &Hour, quantity: fn(&Bucket) -> f64) -> f64 {
    if hour.seen_s <= 0.0 {
        return 0.0;
    }
    quantity(&hour.sums) / hour.seen_s
}

/// Rate of each hour over the mean, for a day that begins `offset_min` minutes before that of UTC;
/// of tokens if requests are not counted.
pub(crate) fn shape(of: &Observed, offset_min: i32) -> Option<[f64; 24]> {
    if !of.has_a_whole_day() {
        return None;
    }
    shape_of(rates(of, offset_min, &ALL_DAYS))
}

/// Rate of each hour over these days of the week, per second.
fn rates(of: &Observed, offset_min: i32, days: &Range<usize>) -> [f64; 24] {
    let hours = of.hours.at(offset_min, days);
    hours.map(|hour| rate(&hour, quantity(of)))
}

fn shape_of(rates: [f64; 24]) -> Option<[f64; 24]> {
    let mean = rates.iter().sum::<f64>() / 24.0;
    (0.0 < mean).then(|| rates.map(|rate| rate / mean))
}

/// Quantity that a file is judged by over time: live requests, or tokens if requests are not
/// counted.
pub(crate) fn quantity(of: &Observed) -> fn(&Bucket) -> f64 {
    if of.has_requests() {
        |bucket| bucket.live
    } else {
        |bucket| bucket.live_tokens
    }
}

/// [`quantity`] including batches.
pub(super) fn all_of(of: &Observed) -> fn(&Bucket) -> f64 {
    if of.has_requests() {
        |bucket| bucket.all
    } else {
        |bucket| bucket.all_tokens
    }
}

/// Weekdays and weekends separately.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// Monday to Friday.
    pub weekdays: DaysOfWeek,
    /// Saturday and Sunday.
    pub weekend: DaysOfWeek,
    /// Whether the values are tokens, as requests are not counted.
    pub is_by_tokens: bool,
}

/// Days of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DaysOfWeek {
    /// Requests per day, batches included as in other daily values.
    pub per_day: f64,
    /// Live rate of each hour over the mean; `None` if the file has days only, or no data.
    pub shape: Option<[f64; 24]>,
}

/// Weekdays and weekends, for days that begin `offset_min` minutes before those of UTC; `None`
/// unless the file has both, and dates.
pub(crate) fn week(of: &Observed, offset_min: i32) -> Option<Week> {
    if of.flags.contains(&Flag::RelativeTime) {
        return None;
    }
    let days = |days: &Range<usize>| {
        if of.series.width_ns == DAY_NS {
            return of_days(of, days);
        }
        let hours = of.hours.at(offset_min, days);
        let is_whole = !of.series.is_daily() && hours.iter().all(|hour| 1800.0 <= hour.seen_s);
        is_whole.then(|| {
            let rates = rates(of, offset_min, days);
            let all = hours.map(|hour| rate(&hour, all_of(of)));
            DaysOfWeek {
                per_day: all.iter().sum::<f64>() * 3600.0,
                shape: shape_of(rates),
            }
        })
    };
    Some(Week {
        weekdays: days(&WEEKDAYS)?,
        weekend: days(&WEEKEND)?,
        is_by_tokens: !of.has_requests(),
    })
}

/// Mean over these days of the week in a file of days.
fn of_days(of: &Observed, days: &Range<usize>) -> Option<DaysOfWeek> {
    let counts = of.series.counts_of_week(7);
    let count: usize = counts.get(days.clone())?.iter().sum();
    let held = of.series.buckets.iter();
    let held = held.filter(|bucket| days.contains(&part_of_week(bucket.start_ns, 7)));
    let sum: f64 = held.map(all_of(of)).sum();
    (0 < count).then(|| DaysOfWeek {
        per_day: sum / count as f64,
        shape: None,
    })
}
