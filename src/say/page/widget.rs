//! A single answer: its inputs, figures and costs.

use crate::say::words;

pub(crate) const INPUTS: &str = "Scenario";
pub(crate) const FIGURES: &str = "Key figures";

/// Table of costs.
pub(crate) const WHERE: &str = "Where it goes";
pub(crate) const USD_MONTH: &str = "$ a month";
pub(crate) const ALL: &str = "All";
pub(crate) const INFRASTRUCTURE: &str = "Gateways, control plane, PostgreSQL, disk";

/// Cost line of a provider.
pub(crate) fn tokens(provider: &str) -> String {
    format!("Tokens, {provider}")
}

/// Note on missing prices; empty if there are none.
pub(crate) fn unpriced(providers: &[String]) -> String {
    match providers {
        [] => String::new(),
        names => format!(
            "No price is known for {}: it counts as nothing",
            names.join(", ")
        ),
    }
}

/// Note on workloads that are not shown.
pub(crate) fn more_workloads(count: u32) -> String {
    let counted = words::counted(count, "more workload");
    format!("{counted} in the full calculator; all count here")
}

/// Age of the prices; `day` as in the catalogue.
pub(crate) fn prices_of(day: &str) -> String {
    format!("Prices of {}", words::day_month_year(day))
}

/// Age of the oldest limit; `day` as in the catalogue.
pub(crate) fn oldest_limit(day: &str) -> String {
    format!("Oldest limit of {}", words::day_month_year(day))
}

/// `OpenAI 60 %, Azure OpenAI 25 %, 2 more`, without line breaks inside a share.
pub(crate) fn shares<'a>(named: impl Iterator<Item = (&'a str, f64)>, more: usize) -> String {
    let share = |(name, ratio)| format!("{name}\u{a0}{}", words::percent(ratio));
    let mut shares: Vec<String> = named.map(share).collect();
    if 0 < more {
        shares.push(format!("{more} more"));
    }
    shares.join(", ")
}
