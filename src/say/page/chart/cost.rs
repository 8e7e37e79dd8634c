//! Words of the cost charts.

use crate::plan::{CurvePoint, Plan};
use crate::say::page::sure::of_band;
use crate::say::page::tip::Unit;
use crate::say::words;

pub(crate) const CAPACITY: &str = "How many gateways pay off";
pub(crate) const CAPACITY_NOTE: &str =
    "Gateways running all month, and the requests fewer of them would lose.";
pub(crate) const CAPACITY_HEAD: [&str; 5] = [
    "Gateways",
    "Capacity over peak",
    "Gateways, $ a month",
    "Requests lost",
    "Lost, $ a month",
];
/// Heads of both costs together in the futures.
pub(crate) const CAPACITY_SPREAD: [&str; 3] = ["Both, 5 %", "Both, median", "Both, 95 %"];
pub(crate) const GATEWAYS_COST: &str = "gateways";
pub(crate) const LOST_COST: &str = "lost requests";

/// Unit of the axis, with its thousands prefix.
pub(crate) fn usd_axis(prefix: &str) -> String {
    ["$", prefix, " a month"].concat()
}

/// The plan at its line: costs of gateways and lost requests.
pub(crate) fn planned(gateways: u32, usd: f64) -> String {
    format!("planned: {gateways}, {}", words::usd(usd))
}

/// A number of gateways, in the tooltip.
pub(crate) fn gateways_count(count: &str) -> String {
    words::several(count, "gateway")
}

/// Cost at the cut of the axis.
pub(crate) fn cut_cost(gateways: u32, usd: f64) -> String {
    let gateways = words::counted(gateways, "gateway");
    format!("axis cut: {gateways}, {}", words::usd(usd))
}

/// Both costs of the planned gateways in the futures: `With 3 gateways, 5 to 95 %: $90 to $140,
/// median $92.`
pub(crate) fn capacity_spread(gateways: u32, points: [f64; 3]) -> String {
    let gateways = words::counted(gateways, "gateway");
    let spread = of_band(Unit::Usd, points);
    format!("With {gateways} all month and the requests they lose, {spread}.")
}

/// The costs in a sentence: of the plan, beside the cheapest and the fewest gateways.
///
/// The plan's fleet follows the load of each hour; its figures show that cost.
pub(crate) fn capacity(
    hourly_usd: f64,
    here: &CurvePoint,
    cheapest: &CurvePoint,
    fewest: Option<&CurvePoint>,
) -> String {
    let carried = here
        .capacity_ratio
        .map_or_else(|| "any multiple of".to_owned(), words::multiple);
    let gateways = words::counted(here.instances, "gateway");
    let verbs = if here.instances == 1 {
        ("costs", "carries")
    } else {
        ("cost", "carry")
    };
    let (all_hours, hourly) = (words::usd(here.provisioned_usd), words::usd(hourly_usd));
    let scaled = if hourly == all_hours {
        String::new()
    } else {
        format!("; with the autoscaler, as planned, {hourly}")
    };
    let planned = format!(
        "{gateways} running all month {} {all_hours} and {} {carried} the peak{scaled}",
        verbs.0, verbs.1,
    );
    let few = |point: &CurvePoint| words::counted(point.instances, "gateway");
    match fewest {
        // Headroom costs money by design, so this is no advice to drop it.
        _ if cheapest.instances < here.instances && cheapest.lost_ratio == 0.0 => {
            let few = few(cheapest);
            format!("{planned}; {few} would carry it without headroom.")
        }
        _ if cheapest.instances != here.instances => format!(
            "{planned}; {} would be cheapest and lose {} of the requests.",
            few(cheapest),
            words::percent(cheapest.lost_ratio)
        ),
        Some(fewest) => format!(
            "{planned}; {} would lose {} of the requests.",
            few(fewest),
            words::percent(fewest.lost_ratio)
        ),
        None => format!("{planned}."),
    }
}

pub(crate) const COST: &str = "Cost by provider";
pub(crate) const COST_NOTE: &str =
    "Tokens of each provider, and the machines that run the gateway.";
pub(crate) const COST_HEAD: [&str; 3] = ["Part", "$ a month", "Share"];
pub(crate) const COST_A_MONTH: &str = "cost";
/// API, database and disk.
pub(crate) const PLATFORM_COST: &str = "API, database, disk";
pub(crate) const NO_PRICE: &str = "no price known";

/// A part of the cost, with its share.
pub(crate) fn cost_share(usd: f64, all: f64) -> String {
    if 0.0 < all {
        format!("{} · {}", words::usd(usd), words::percent(usd / all))
    } else {
        words::usd(usd)
    }
}

/// Sentence about the cost, with its largest part.
pub(crate) fn cost(plan: &Plan, largest: Option<(&str, f64)>) -> String {
    let all = plan.cost.per_month_usd;
    let sum = format!("All together {} a month", words::usd(all));
    match largest.filter(|(_, usd)| 0.0 < *usd) {
        Some((name, usd)) => {
            let share = words::percent(usd / all);
            format!("{sum}; the largest part is {name} with {share}.")
        }
        None => format!("{sum}."),
    }
}

/// Placeholder without costs.
pub(crate) const NOTHING_TO_COMPARE: &str = "There is nothing to compare yet.";
