//! Charts: titles, notes, labels, summaries and tables.

use crate::catalog::date::{Date, date_in};
use crate::plan::{Drill, Finding, GatewayPlan, LimitState, LimitUse, Plan};
use crate::say::finding::{due, title};
use crate::say::uncertainty::of_room;
use crate::say::{limit, words};

mod cost;
mod storage;

pub(crate) use cost::{
    CAPACITY, CAPACITY_HEAD, CAPACITY_NOTE, CAPACITY_SPREAD, COST, COST_A_MONTH, COST_HEAD,
    COST_NOTE, GATEWAYS_COST, LOST_COST, NO_PRICE, NOTHING_TO_COMPARE, PLATFORM_COST, capacity,
    capacity_spread, cost, cost_share, cut_cost, gateways_count, planned, usd_axis,
};

pub(crate) use storage::{
    STORAGE, STORAGE_NOTE, TODAYS_LOAD, day, disk, goes_on, kept, on_disk, storage, storage_head,
};

pub(crate) const NOT_LOADED: &str =
    "The drawing could not be loaded; the table below has its numbers";
pub(crate) const AS_TABLE: &str = "As a table";
pub(crate) const NOT_SAVED: &str = "This browser refuses the picture; try SVG";

/// Button that saves a chart in a file format.
pub(crate) fn save_as(title: &str, kind: &str) -> String {
    format!("{title}, save as {kind}")
}

/// Source line of a saved chart.
pub(crate) fn source(facts: &str, today: &str) -> String {
    format!("{}, {today}. {facts}.", super::header::PRODUCT)
}
/// Column of the time of day.
pub(crate) const TIME: &str = "Time";

/// Title of a chart's table.
pub(crate) fn table(title: &str) -> String {
    format!("{title}, table")
}

/// Time of a minute after midnight: `10:50`.
pub(crate) fn clock(minute: usize) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

pub(crate) const TOKENS: &str = "Tokens per minute over the day";
pub(crate) const TOKENS_NOTE: &str =
    "A line marks the total traffic at which a provider reaches a limit per minute or per day.";
pub(crate) const TOKENS_UNIT: &str = "tokens/min";
/// Workloads without a band of their own.
pub(crate) const OTHER: &str = "other";
/// Batches to the providers.
pub(crate) const BATCHES: &str = "batches";
pub(crate) const ALL_TOKENS: &str = "All, tokens/min";
const NO_LIMIT: &str = "no limit is known";

/// Unit of the axis, with its thousands prefix.
pub(crate) fn tokens_axis(prefix: &str) -> String {
    format!("{prefix} {TOKENS_UNIT}")
}

/// Label of the busiest minute; `at` is `None` for a constant day.
pub(crate) fn tokens_peak(tokens: f64, at: Option<&str>) -> String {
    let tokens = words::short(tokens);
    match at {
        Some(at) => format!("peak {tokens} at {at}"),
        None => format!("{tokens} {ALL_DAY}"),
    }
}

/// Limits without a row of their own, up to the highest of them where lines say how high they are.
pub(crate) fn further(count: usize, highest: Option<&str>) -> String {
    let highest = highest.map_or_else(String::new, |highest| format!(", up to {highest}"));
    format!("and {count} more{highest}")
}

/// Suffix of a limit's label at its line.
pub(crate) const IS_FULL: &str = " full";

/// Label of a provider's limit at its line.
pub(crate) fn full(provider: &str, used: &LimitUse) -> String {
    [provider, " ", &used.noun(), IS_FULL].concat()
}

/// Suffix of a limit's label, if there is room.
pub(crate) fn full_detail(used: &LimitUse) -> String {
    format!(" (limit {})", limit::amount(used))
}

/// The limit that is full first: name, multiple of the load, and whether it is outside the chart.
pub(crate) type First<'a> = (&'a str, &'a str, bool);

/// Summary of the tokens chart.
///
/// Batches run at any hour and outside the limits, so they are given apart from the peak.
pub(crate) fn tokens(
    plan: &Plan,
    (peak, batches): (f64, f64),
    first: Option<First>,
    at: Option<&str>,
) -> String {
    if plan.demand.requests_per_day == 0.0 {
        return "No tokens yet: no workload has requests.".to_owned();
    }
    if plan.demand.peak_tpm == 0.0 {
        return "No tokens: the requests have none, going in or coming out.".to_owned();
    }
    let peak = words::short(peak);
    let batches = if 0.0 < batches {
        let (batches, all) = (words::short(batches), words::short(plan.demand.peak_tpm));
        format!(
            " Batches are drawn over all hours, {batches} {TOKENS_UNIT}, since these limits do \
             not count them; in the busiest minute it would be {all}."
        )
    } else {
        String::new()
    };
    let day = match at {
        Some(at) => format!("The day peaks at {peak} {TOKENS_UNIT} at {at}"),
        None => format!("The load is {peak} {TOKENS_UNIT} {ALL_DAY}"),
    };
    let mut carrying = plan.providers.iter().filter(|p| 0.0 < p.share_ratio);
    let none = if carrying.any(|p| p.tightest.is_some()) {
        "no limit is near"
    } else {
        NO_LIMIT
    };
    match first {
        Some((name, end, is_far)) => {
            let name = name.split(" (").next().unwrap_or_default();
            let far = if is_far { ", beyond the chart" } else { "" };
            format!("{day}; {name} at {end}{far}.{batches}")
        }
        None => format!("{day}; {none}.{batches}"),
    }
}

pub(crate) const PROVIDERS: &str = "Providers against their limits";
pub(crate) const PROVIDERS_NOTE: &str = "Tightest limit at the peak, the fullest provider first.";
pub(crate) const PROVIDERS_HEAD: [&str; 4] = [
    "Provider",
    "Tightest limit",
    "Use at peak",
    "Use after the worst loss",
];
/// Provider without a known limit, in the table.
pub(crate) const NONE_KNOWN: &str = "none known";
/// Bars of the current state, in the tooltip.
pub(crate) const NORMAL: &str = "now";
/// Colors of the bars, in the legend.
pub(crate) const OVER_THE_TARGET: &str = "over the target";
pub(crate) const OVER_THE_LIMIT: &str = "over the limit";
/// A limit of 0, in place of a bar.
pub(crate) const NOTHING_ALLOWED: &str = "nothing allowed";

/// Note on truncated bars.
pub(crate) fn cut_at(ratio: f64) -> String {
    format!("Longer bars are cut at {}.", words::percent(ratio))
}

/// A provider's tightest limit, in the tooltip.
pub(crate) fn tightest(provider: &str, used: Option<&LimitUse>) -> String {
    let limit = used.map_or_else(|| "no limit is known".to_owned(), LimitUse::limited);
    format!("{provider}, {limit}")
}

/// The line at 100 %.
pub(crate) const LIMIT: &str = "limit";

/// Bars after a loss, in the tooltip.
pub(crate) fn after_losing(provider: &str) -> String {
    format!("after losing {provider}")
}

/// The line at the target.
pub(crate) fn target(percent: f64) -> String {
    format!("target {percent:.0} %")
}

/// Summary of the providers chart, with the worst loss.
pub(crate) fn providers(plan: &Plan) -> String {
    let carrying = plan.providers.iter().filter(|p| 0.0 < p.share_ratio);
    let uses = carrying.filter_map(|p| match p.state() {
        LimitState::Used(ratio) => Some(format!("{} {}", p.name, words::percent(ratio))),
        LimitState::Closed => Some(format!("{} nothing allowed", p.name)),
        LimitState::Unknown => None,
    });
    let uses: Vec<String> = uses.collect();
    let normal = if uses.is_empty() {
        "No limit is known".to_owned()
    } else {
        format!("At the peak: {}", uses.join(", "))
    };
    match plan.worst_drill() {
        Some(drill) => format!("{normal}. Without {}, {}.", drill.lost, after(drill)),
        None => format!("{normal}."),
    }
}

fn after(drill: &Drill) -> String {
    let over = drill
        .providers
        .iter()
        .filter_map(|p| match p.state_of_all() {
            LimitState::Used(ratio) if 1.0 < ratio => {
                Some(format!("{} would be at {}", p.name, words::percent(ratio)))
            }
            LimitState::Closed => Some(format!("nothing would be allowed at {}", p.name)),
            _ => None,
        });
    let over: Vec<String> = over.collect();
    let is_known = drill.providers.iter().all(|p| p.tightest.is_some());
    if over.is_empty() && is_known {
        "all others hold".to_owned()
    } else if over.is_empty() {
        "no limit that is known would be full".to_owned()
    } else {
        over.join(", ")
    }
}

pub(crate) const GATEWAYS: &str = "Gateways over the day";
pub(crate) const GATEWAYS_NOTE: &str =
    "Needed with headroom, between the autoscaler’s minimum and maximum.";
pub(crate) const GATEWAYS_UNIT: &str = "gateways";
pub(crate) const GATEWAYS_HEAD: [&str; 2] = [TIME, "Gateways needed"];
/// Line of the gateways needed, in the tooltip.
pub(crate) const NEEDED: &str = "needed";
pub(crate) const ALL_DAY: &str = "all day";

/// A period of the day, in minutes after midnight.
pub(crate) fn from_to(from: usize, to: usize) -> String {
    format!("from {} to {}", clock(from), clock(to))
}

/// Label of the gateways needed, with their time.
pub(crate) fn needed(gateways: u32, when: &str) -> String {
    format!("{} needed {when}", words::short(f64::from(gateways)))
}

/// Line of the autoscaler's minimum.
pub(crate) fn hpa_minimum(pods: u32) -> String {
    format!("HPA minimum {pods}")
}

/// Line of the autoscaler's maximum.
pub(crate) fn hpa_maximum(pods: u32) -> String {
    format!("HPA maximum {pods}")
}

/// Multiple of today's load that the maximum holds, without headroom if it falls short of the need
/// with headroom.
pub(crate) fn holds(scale: f64, has_headroom: bool) -> String {
    let without = if has_headroom {
        ""
    } else {
        " without headroom"
    };
    ["holds ", &words::multiple(scale), without].concat()
}

/// Summary of the gateways chart.
pub(crate) fn gateways(plan: &GatewayPlan, when: &str, pod_hours: f64) -> String {
    format!(
        "{} {when}; the autoscaler keeps {} to {}; {} pod-hours a day.",
        words::counted(plan.instances, "gateway"),
        plan.instances_min,
        plan.instances_max,
        words::significant(pod_hours),
    )
}

pub(crate) const GROWTH: &str = "Growth against the first limits";
pub(crate) const GROWTH_NOTE: &str =
    "Each line: the load on the day that a limit is reached, at the growth entered.";
pub(crate) const GROWTH_HEAD: [&str; 3] = ["Limit", "Reached", "Load, times today’s"];
pub(crate) const TIMES_TODAY: &str = "× today’s peak";
pub(crate) const LOAD: &str = "load";

/// A month in the future: `Feb 2027`.
pub(crate) fn month(today: Date, months: f64) -> String {
    date_in(today, months).map_or_else(String::new, words::month_year)
}

/// Summary of the growth chart, with the first limit reached.
pub(crate) fn growth(ratio: f64, first: Option<&Finding>) -> String {
    let grows = format!("The load grows by {} a month", words::percent(ratio));
    match first.and_then(|first| Some((title(&first.kind), due(first)?))) {
        Some((title, due)) => format!("{grows}; the first limit is {title}, in {due}."),
        None => format!("{grows} and reaches no known limit within 18 months."),
    }
}

/// 5 to 95 % points of the load in the month of the first limit, and of the load that fills that
/// limit.
pub(crate) fn growth_spread(month: &str, load: Option<[f64; 3]>, room: Option<[f64; 3]>) -> String {
    let [of_load, of_limit] = [load, room].map(|points| points.map(of_room));
    let of_load = of_load.map(|load| format!("The load of {month}, {load}."));
    let of_limit = of_limit.map(|room| format!("The load that fills the first limit, {room}."));
    let told = [of_load, of_limit].into_iter().flatten();
    told.collect::<Vec<_>>().join(" ")
}

/// A scenario in the legend of a comparison.
pub(crate) fn side(letter: &str, name: &str) -> String {
    format!("{letter} {name}")
}

/// Column of a scenario.
pub(crate) fn side_in(title: &str, unit: &str) -> String {
    format!("{title}, {unit}")
}

/// Limit of a scenario.
pub(crate) fn side_limit(letter: &str, limit: &str) -> String {
    format!("{letter}: {limit}")
}

/// Summary of one scenario's gateways in a comparison.
pub(crate) fn side_gateways(letter: &str, name: &str, most: u32, pod_hours: f64) -> String {
    let gateways = words::counted(most, "gateway");
    let hours = words::significant(pod_hours);
    format!("{letter} ({name}) needs up to {gateways}, {hours} pod-hours a day.")
}

/// Summary of one scenario's tokens in a comparison, with its first limit.
pub(crate) fn side_tokens(
    (letter, name): (&str, &str),
    (tokens, at): (f64, &str),
    limit: Option<(&str, &str)>,
) -> String {
    let peak = words::short(tokens);
    let limit = match limit {
        Some((limit, end)) => format!("{limit} at {end}"),
        None => NO_LIMIT.to_owned(),
    };
    format!("{letter} ({name}) peaks at {peak} {TOKENS_UNIT} at {at}; {limit}.")
}

/// The measured day in the tokens chart.
pub(crate) const MEDIAN_DAY: &str = "Measured, median day";
pub(crate) const WORST: &str = "Measured, worst";

/// Summary of the measured day.
pub(crate) fn measured(highest: f64, days: usize) -> String {
    let days = if days == 1 {
        "one day".to_owned()
    } else {
        format!("{days} days")
    };
    let highest = words::short(highest);
    format!(
        "The dark line is the median of {days} measured, the shade eight of ten, the dots the \
         worst: {highest} tokens a minute."
    )
}
