//! Probabilities, dates and intervals, with only their significant digits.

mod interval;
mod matter;

pub use interval::{interval, of_figure, three};
pub(super) use interval::{of_requests, of_room};
pub(super) use matter::entry;
pub use matter::{
    axis_end, bar, input, is_imported, measure, named, outcome, question, ranges, together,
};

use chrono::Datelike as _;

use super::finding;
use super::limit::of_whom;
use super::verdict::reached_first;
use super::words::{self, PERCENT};
use crate::catalog::date::Date;
use crate::plan::uncertainty::{LimitChance, Uncertainty, Until, WayFirst};
use crate::plan::{FigureId, FindingKind, LimitKind};
use crate::scenario::number::grouped;

/// Columns of an interval's points.
pub const POINTS: [&str; 3] = ["5 %", "median", "95 %"];
/// Title of the section.
pub const TITLE: &str = "How sure";

/// A probability: `93 %`; never more precise than the draws allow.
pub fn chance(ratio: f64) -> String {
    let digits = match ratio {
        r if r < 0.005 => "under 1",
        r if 0.995 <= r => "over 99",
        r => return words::percent(libm::round(r * 100.0) / 100.0),
    };
    [digits, PERCENT].concat()
}

/// The verdict as a probability with its date.
pub fn verdict(sure: &Uncertainty) -> String {
    let Some(ratio) = sure.fits_ratio else {
        return "No chance can be given while a limit is unknown.".to_owned();
    };
    let fits = [
        what_fits(sure),
        " fits today with a probability of ",
        &chance(ratio),
    ];
    let fits = fits.concat();
    let Some(until) = sure.until else {
        return fits + ".";
    };
    if ratio < 0.5 {
        return [&fits, ".", &longest(&until)].concat();
    }
    if let Some(day) = until.p50 {
        let (day, around) = (words::month_year(day), dates(&until));
        return [
            &fits,
            ", and until about ",
            &day,
            " (5 to 95 %: ",
            &around,
            ").",
        ]
        .concat();
    }
    let first = match until.p05 {
        _ if is_today(&until) => {
            let share = of_hundred(until.fails_ratio);
            [" In ", &share, " of 100 futures it fails today;"].concat()
        }
        Some(day) => {
            let day = words::month_year(day);
            [" In 5 of 100 futures it ends before ", &day, ";"].concat()
        }
        None => String::new(),
    };
    let start = if first.is_empty() { " In" } else { " in" };
    [&fits, ".", &first, start, " most, no end is in sight."].concat()
}

/// The subject of the chance: the peak, unless a future fails at a limit of a longer time.
fn what_fits(sure: &Uncertainty) -> &'static str {
    let mut over = sure.over.iter().filter(|limit| 0.0 < limit.ratio);
    if over.all(|limit| limit.limit.is_of_peak()) {
        "The peak"
    } else {
        "It"
    }
}

/// Summary for executives: the probability with its date, the order date, then intervals of cost
/// and gateways.
pub fn brief(sure: &Uncertainty, today: Date) -> Vec<String> {
    let of = |id: &FigureId| {
        let found = sure.figures.iter().find(|one| one.id == *id);
        found.map(interval).unwrap_or_default()
    };
    let (cost, gateways) = (of(&FigureId::Cost), of(&FigureId::Gateways));
    let figures = format!(
        "In 90 of 100 futures it costs {cost} a month, and in as many it needs {}.",
        words::several(&gateways, "gateway")
    );
    // The other dates of a brief are the plan's.
    let order =
        order(sure, today).map(|order| order + " The other dates use the middle of each range.");
    [verdict(sure)]
        .into_iter()
        .chain(order)
        .chain([figures])
        .collect()
}

/// Duration of the best futures, if most fail today.
fn longest(until: &Until) -> String {
    let lasts = match (until.p50, until.p95) {
        (_, None) => {
            let share = of_hundred(until.endless_ratio);
            [&share, " of 100 no end is in sight"].concat()
        }
        (Some(today), Some(last)) if today < last => {
            ["5 of 100 it lasts beyond ", &words::day_of(last)].concat()
        }
        _ => return " In most futures it fails today.".to_owned(),
    };
    format!(" In most futures it fails today; in {lasts}.")
}

/// Whether so many futures fail today that the 5 % point has no date ahead.
fn is_today(until: &Until) -> bool {
    0.05 <= until.fails_ratio
}

/// `Jan to Aug 2027`.
fn dates(until: &Until) -> String {
    let first = until.p05.map_or_else(
        || "not in sight".to_owned(),
        |day| {
            if is_today(until) {
                return "today".to_owned();
            }
            let text = words::month_year(day);
            let year = [" ", &day.year().to_string()].concat();
            let is_same = |last: Date| last.year() == day.year() && last.month() != day.month();
            match until.p95 {
                Some(last) if is_same(last) => text.replace(&year, ""),
                _ => text,
            }
        },
    );
    match until.p95 {
        None => first + " to no end in sight",
        Some(last) if words::month_year(last) == first => first,
        Some(last) => [&first, " to ", &words::month_year(last)].concat(),
    }
}

/// Last day to order, with its confidence.
pub fn order(sure: &Uncertainty, today: Date) -> Option<String> {
    let until = sure.until?;
    let day = until.order_by()?;
    if day <= today {
        let late = of_hundred(until.late_ratio);
        return Some(format!(
            "Order {} today: in {late} of 100 futures even that is too late.",
            ordered(sure)
        ));
    }
    Some(format!(
        "Order {} by {} to have it in time in 95 of 100 futures.",
        ordered(sure),
        words::day_of(day)
    ))
}

/// Order dates by confidence: `95 of 100` and `6 Jul 2027`.
pub fn orders(sure: &Uncertainty, today: Date) -> Vec<[String; 2]> {
    let orders = sure.until.map(|until| until.orders);
    let each = orders.iter().flatten().map(|order| {
        let day = match order.day {
            None => "not in sight".to_owned(),
            Some(_) if order.is_late => "too late, even today".to_owned(),
            Some(day) if day <= today => "today".to_owned(),
            Some(day) => words::day_of(day),
        };
        [of_hundred(order.share) + " of 100", day]
    });
    each.collect()
}

/// Subject of the order: the constraint that most futures reach first.
fn ordered(sure: &Uncertainty) -> String {
    match sure.first.first().map(|way| &way.kind) {
        Some(FindingKind::Disk(_)) => "the disk".to_owned(),
        Some(FindingKind::ProviderLimit(limit)) => {
            ["a higher ", &limit.used.limited(), " from ", &limit.name].concat()
        }
        _ => "more capacity".to_owned(),
    }
}

/// A share as a number of 100 futures.
fn of_hundred(ratio: f64) -> String {
    match libm::round(ratio * 100.0) {
        0.0 => "fewer than 1".to_owned(),
        100.0 if ratio < 1.0 => "over 99".to_owned(),
        whole => words::significant(whole),
    }
}

/// `In 61 of 100 futures OpenAI’s token limit is reached first.`
pub fn first(way: &WayFirst, draws: u32) -> String {
    let ratio = f64::from(way.futures) / f64::from(draws.max(1));
    let what = match &way.kind {
        kind @ (FindingKind::ProviderLimit(_)
        | FindingKind::Disk(_)
        | FindingKind::Autoscaler(_)) => {
            let what = reached_first(kind);
            let what = what
                .strip_prefix("The ")
                .map(|rest| ["the ", rest].concat());
            [" ", &what.unwrap_or_else(|| reached_first(kind))].concat()
        }
        // A failure at any load is no limit.
        kind => [": ", &finding::title(kind)].concat(),
    };
    ["In ", &of_hundred(ratio), " of 100 futures", &what, "."].concat()
}

/// Name of a constraint that gives way first.
pub fn first_name(way: &WayFirst) -> String {
    finding::title(&way.kind)
}

/// `61 of 100`.
pub fn share_of_futures(futures: u32, draws: u32) -> String {
    of_hundred(f64::from(futures) / f64::from(draws.max(1))) + " of 100"
}

/// `OpenAI tokens over the limit at the peak: 12 %`.
pub fn over(limit: &LimitChance) -> (String, String) {
    let amount = match limit.limit {
        LimitKind::Units | LimitKind::SpendMonth | LimitKind::Spend10Min => "too much ",
        LimitKind::RequestPrice => "too high a ",
        _ => "too many ",
    };
    let whose = of_whom(limit.of_organization);
    let name = [&limit.name, ": ", amount, limit.limit.noun(), whose].concat();
    (name, chance(limit.ratio))
}

/// Probability that the queue grows without bound.
pub fn queue_over(sure: &Uncertainty) -> (String, String) {
    let name = "The queue grows as long as the peak lasts".to_owned();
    (name, chance(sure.queue_over_ratio))
}

/// Gateways that suffice in 95 % of futures.
pub fn gateways(sure: &Uncertainty) -> Option<String> {
    let count = sure.gateways_p95?;
    let enough = words::counted(count, "gateway");
    let deployed = if sure.gateways_max < count {
        format!("; the autoscaler stops at {}", sure.gateways_max)
    } else {
        String::new()
    };
    Some(format!(
        "{enough} at the peak are enough in 95 of 100 futures, headroom included{deployed}."
    ))
}

/// Change that raises the autoscaler's maximum.
pub fn raise(count: u32) -> String {
    ["Set the HPA maximum to ", &grouped(f64::from(count))].concat()
}

/// Change that raises the autoscaler's maximum, if the deployed one is too low.
pub fn raised(sure: &Uncertainty) -> Option<String> {
    sure.raised().map(raise)
}

/// Basis of the results.
pub fn basis(sure: &Uncertainty) -> String {
    let inputs = u32::try_from(sure.inputs.len()).unwrap_or(u32::MAX);
    format!(
        "From {} futures over {}; the ends of each are its 5th and 95th percentiles.",
        words::significant(f64::from(sure.draws)),
        words::counted(inputs, "range")
    )
}
