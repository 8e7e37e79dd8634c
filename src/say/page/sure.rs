//! The section about ranges and draws.

use super::tip::Unit;
use crate::catalog::guess::source;
use crate::plan::FigureId;
use crate::plan::uncertainty::Interval;
use crate::say::uncertainty::{self, of_figure, of_room};
use crate::say::words;
use crate::scenario::guess::UNPUBLISHED;
use crate::scenario::property::{PROVIDER, SCENARIO, WORKLOAD};

pub(crate) const NO_RANGES: &str = "No ranges entered";
pub(crate) const GUESSING: &str = "I am guessing";
pub(crate) const GUESS_MORE: &str = "puts the published spread around the other numbers too.";
pub(crate) const HOW_TO: &str = "puts the published spread around load, tokens, peak, growth, \
    limits and speeds. Any number may be a range: 40k..60k, 50k ± 20 %, 40k..50k..80k with its \
    likely value, or ~50k with its published spread.";
/// Note on numbers without a published spread.
pub(crate) const NO_SPREADS: &str = "No spread is published for any other number, such as a limit \
    of input or output tokens alone, of a day or of dollars: it stays as it is. A growth of 0 \
    stays 0.";
pub(crate) const SPREADS: &str = "The usual spreads and their sources";
pub(crate) const SPREADS_HEAD: [&str; 3] = ["Number", "5 to 95 %, of the guess", "Source"];
pub(crate) const FIRST: &str = "Which limit is reached first";
pub(crate) const MATTERS: &str = "What matters most";
pub(crate) const MOVES: &str = "What moves";
/// Table of order dates.
pub(crate) const ORDERS: &str = "Latest day to order, by the chance of arriving in time";
pub(crate) const ORDERS_HEAD: [&str; 2] = ["In time in", "Order by"];
pub(crate) const FIGURES: &str = "Each figure at its 5th, 50th and 95th percentiles";
pub(crate) const FIGURES_HEAD: [&str; 4] = ["Figure", "5 %", "Median", "95 %"];
/// Labels of a chart's band.
pub(crate) const BAND: &str = "5 to 95 %";
pub(crate) const LOW: &str = "5 %";
pub(crate) const HIGH: &str = "95 %";
pub(crate) const MEDIAN: &str = "Median";

/// Sentence about the band at its highest point.
pub(crate) fn at_highest(unit: Unit, points: [f64; 3]) -> String {
    ["At its highest, ", &of_band(unit, points), "."].concat()
}

/// A band at a point: `5 to 95 %: 150 to 490 K/min, median 310 K/min`.
pub(crate) fn of_band(unit: Unit, points: [f64; 3]) -> String {
    match interval(unit, points) {
        Some(interval) => of_figure(&interval),
        None => of_room(points),
    }
}

/// 5 % point, median and 95 % point of a band, each with its unit.
pub(crate) fn three(unit: Unit, points: [f64; 3]) -> [String; 3] {
    match interval(unit, points) {
        Some(interval) => uncertainty::three(&interval),
        None => points.map(words::multiple),
    }
}

/// A point of a band as an interval of a figure with this unit; `None` for multiples.
fn interval(unit: Unit, [p05, p50, p95]: [f64; 3]) -> Option<Interval> {
    let id = match unit {
        Unit::Times => return None,
        Unit::Gateways => FigureId::Gateways,
        Unit::Bytes => FigureId::StoredEvents,
        Unit::Usd => FigureId::Cost,
        Unit::Percent => FigureId::TightestLimit,
        Unit::Tokens | Unit::Requests => FigureId::PeakTokens,
    };
    let point = p50;
    Some(Interval {
        id,
        point,
        p05,
        p50,
        p95,
    })
}

/// Button that switches between a number and a range.
pub(crate) fn range_of(label: &str) -> String {
    format!("Range of {label}")
}

/// Title of the range button: notation, and source of the spread.
pub(crate) fn notation(key: &str) -> String {
    let from = match source(key) {
        Some(source) => ["the published spread. ", source].concat(),
        None => [
            "± ",
            &words::percent(UNPUBLISHED),
            " for you to change: no spread of this number is published",
        ]
        .concat(),
    };
    [
        "A range: 40k..60k, 50k ± 20 %, 40k..50k..80k or ~50k. It begins with ",
        &from,
    ]
    .concat()
}

/// Label of a number.
pub(crate) fn label(key: &str) -> String {
    let scenario = SCENARIO.iter().map(|number| (number.key, number.label));
    let workload = WORKLOAD.iter().map(|number| (number.key, number.label));
    let provider = PROVIDER.iter().map(|number| (number.key, number.label));
    let mut all = scenario.chain(workload).chain(provider);
    let found = all.find(|(other, _)| *other == key);
    found.map_or("", |(_, label)| label).to_owned()
}

/// `0.5× to 2×`.
pub(crate) fn spread(low: f64, high: f64) -> String {
    [&words::multiple(low), " to ", &words::multiple(high)].concat()
}

/// Description of the bars' base line.
pub(crate) fn base(value: &str) -> String {
    format!("The line marks {value}, with every number at its point")
}

/// Method of the draws.
pub(crate) fn method(one_in: &str) -> String {
    format!(
        "One future in {one_in} lies below a range, one above. Amounts are lognormal between their \
         ends, shares normal in their logit, a likely value makes a PERT law, ± a normal one; \
         beyond the bounds of a field its bound counts. Pods, autoscaler and control plane stay \
         as planned for the points."
    )
}
