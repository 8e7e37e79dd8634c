//! Load and ranges of the days that follow those of a usage export.

use super::words;
use crate::scenario::number::grouped;
use crate::traffic::{Growth, Level, Unfinished};

/// 90 % confidence interval of the growth, if it has a width; negative growth is not planned.
pub fn growth(of: &Growth) -> Option<String> {
    let [percent, low, high] =
        [of.percent_per_month, of.low_percent, of.high_percent].map(words::significant);
    let [percent, low, high] = [percent, low, high].map(|percent| percent.replace('-', "−"));
    let is_wide = low != high;
    let range = format!("{low} to {high} % over {} weeks", of.weeks);
    if !of.is_told() {
        return Some(format!(
            "{range}, which may be none: the plan keeps its own"
        ));
    }
    if of.percent_per_month < 0.0 {
        let planned = format!("the plan takes 0 for {percent}");
        return Some(if is_wide {
            format!("{range}; {planned}")
        } else {
            planned
        });
    }
    is_wide.then_some(range)
}

/// No value has a range of the coming days.
pub const NO_RANGES: &str = "No ranges of the coming days: they take eight whole days, each with \
     traffic.";

/// The 5 and 95 % points of a value over the coming days, if they differ.
pub fn range(key: &str, points: [f64; 2]) -> Option<String> {
    let [low, high] = points.map(words::significant);
    let over = match key {
        "peak-multiplier" => "on",
        _ => "over as many",
    };
    let is_wide = low != high;
    is_wide.then(|| format!("{low} to {high} {over} coming days, nine times in ten"))
}

/// The load of a day at the end of a file that grows.
pub fn level(of: &Level) -> String {
    let [mean, at_end] = [of.mean, of.at_end].map(|load| grouped(libm::round(load)));
    let percent = words::significant(of.percent_per_month).replace('-', "−");
    let unit = unit(of.is_by_tokens);
    format!("{mean} {unit} a day on average, {at_end} at the end, with {percent} % a month")
}

/// What a load counts.
fn unit(is_by_tokens: bool) -> &'static str {
    if is_by_tokens { "tokens" } else { "requests" }
}

/// Note: a plan takes the load at the end.
pub fn level_planned(of: &Level) -> String {
    format!(
        "The plan takes the load at the end of the file: {}.",
        level(of)
    )
}

/// A day that may be cut off.
pub fn unfinished(of: &Unfinished) -> String {
    let (which, flag) = if of.is_last {
        ("last", "end before it")
    } else {
        ("first", "begin after it")
    };
    let [load, least] = [of.load, of.least].map(|load| grouped(libm::round(load)));
    let unit = unit(of.is_by_tokens);
    format!(
        "The {which} day may be unfinished, {load} {unit} against {least} or more: the values of \
         a day and the ranges leave it out. For the other facts, {flag} with --from and --to."
    )
}
