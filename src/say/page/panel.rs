//! Inputs: groups, rows and messages. Labels and help of numbers and choices are columns of
//! `scenario::property`.

use super::counted;
use crate::catalog::profile::Profile;
use crate::catalog::provider as catalog;
use crate::plan::{Demand, GatewayPlan};
use crate::say::words;
use crate::scenario::{Limits, Period, Provider};

pub(crate) const INPUTS: &str = "Scenario";
pub(crate) const DONE: &str = "Done";
/// Placeholder of an empty optional field.
pub(crate) const NONE: &str = "none";

/// Message: the required format of a list.
pub(crate) fn enter(allowed: &str) -> String {
    format!("Enter {allowed}")
}
/// Placeholder of the surge in pods.
pub(crate) const BY_SHARE: &str = "by share";

/// Answer in the header of the input sheet.
pub(crate) fn state(verdict: &str, instances: u32, to_check: &str) -> String {
    format!(
        "{verdict} · {}{to_check}",
        words::counted(instances, "gateway")
    )
}

/// ` · 2 fields to check`, or empty.
pub(crate) fn to_check(fields: usize) -> String {
    if fields == 0 {
        return String::new();
    }
    format!(" · {} to check", counted(fields, "field"))
}

/// Value of a slider, for screen readers.
pub(crate) fn slid(value: &str, unit: &str, is_beyond: bool) -> String {
    let beyond = if is_beyond { ", beyond the slider" } else { "" };
    format!("{value} {unit}{beyond}")
}

/// Label of the slider next to a field.
pub(crate) fn coarse(label: &str) -> String {
    format!("{label}, coarse")
}

pub(crate) const WORKLOADS: &str = "Workloads";
pub(crate) const ADD_WORKLOAD: &str = "Add a workload from the guide’s profiles";
pub(crate) const ADD_EMPTY: &str = "+ Empty";
/// Suffix of a duplicate's name.
pub(crate) const DUPLICATE_ENDING: &str = " (copy)";
pub(crate) const THIS_WORKLOAD: &str = "This workload";
pub(crate) const MOVE_UP: &str = "Move up";
pub(crate) const MOVE_DOWN: &str = "Move down";
pub(crate) const DUPLICATE: &str = "Duplicate";
pub(crate) const REMOVE: &str = "Remove";
/// Placeholder of the reserved output.
pub(crate) const MEAN_OUTPUT: &str = "mean output";

/// Summary of the workloads.
pub(crate) fn requests_per_day(demand: &Demand) -> String {
    format!("{} requests/day", words::short(demand.requests_per_day))
}

/// Numbers of a profile.
pub(crate) fn profile(profile: &Profile) -> String {
    format!(
        "{} in, {} out, {} requests/min",
        profile.input_tokens, profile.output_tokens, profile.requests_rpm,
    )
}

/// Prefix of a button that adds a row.
pub(crate) const ADD: &str = "+ ";

/// Profile that a workload was created from.
pub(crate) fn from_profile(name: &str) -> String {
    format!("from {name}")
}

/// Label of a workload's name field.
pub(crate) fn workload_name(name: &str) -> String {
    format!("Name of the workload {name}")
}

/// Disclosure of a workload's details.
pub(crate) fn more_about(name: &str) -> String {
    format!("More about {name}")
}

/// Unit of requests per period.
pub(crate) const fn per(period: Period) -> &'static str {
    match period {
        Period::Minute => "/min",
        Period::Hour => "/hour",
        Period::Day => "/day",
    }
}

pub(crate) const TRAFFIC: &str = "Traffic";
/// Choice of a custom shape.
pub(crate) const OWN_SHAPE: &str = "Custom";
pub(crate) const HOURS: &str = "Rate of the 24 hours, in any unit";
pub(crate) const ENTER_HOURS: &str = "Enter 24 numbers, one for each hour";

/// Summary of the traffic.
pub(crate) fn peak(demand: &Demand) -> String {
    format!("peak {} rps", words::significant(demand.peak_rps))
}

/// Highest and lowest rate of the day, as multiples of the mean.
pub(crate) fn day(highest: f64, peak_minute: u32, lowest: f64) -> String {
    let (hour, minute) = (peak_minute / 60, peak_minute % 60);
    format!(
        "highest {}× the mean at {hour:02}:{minute:02}, lowest {}",
        words::significant(highest),
        words::percent(lowest)
    )
}

pub(crate) const PROVIDERS: &str = "Providers";
pub(crate) const ADD_PROVIDER: &str = "Add a provider";
pub(crate) const ADD_BY_ENTER: &str = "Enter adds the provider that the arrow keys choose";
pub(crate) const PLUS_PROVIDER: &str = "+ Provider";
pub(crate) const REMOVE_PROVIDER: &str = "Remove provider";
pub(crate) const WEIGHT: &str = "Weight";
pub(crate) const MODEL: &str = "Model";
pub(crate) const TIER: &str = "Tier";
pub(crate) const MORE_LIMITS: &str = "More limits, batches";
pub(crate) const MORE_PRICES: &str = "More prices";
pub(crate) const ALL_PROVIDERS: &str = "all providers";
pub(crate) const RESERVED: &str = "Reserved throughput";
pub(crate) const YOUR_LIMITS: &str = "your limits";
pub(crate) const SOURCE: &str = "source";

/// Summary of the providers.
pub(crate) fn weights(sum: f64) -> String {
    format!("weights sum to {}", words::significant(sum))
}

/// Label of a provider's name field.
pub(crate) fn provider_name(name: &str) -> String {
    format!("Name of the provider {name}")
}

/// Disclosure of a provider's details.
pub(crate) fn limits_and_prices(name: &str) -> String {
    format!("Limits and prices of {name}")
}

/// A model in a list of choices.
pub(crate) fn model(name: &str, is_retired: bool) -> String {
    let end = if is_retired { " (retired)" } else { "" };
    format!("{name}{end}")
}

/// `5,000 RPM · 450 K TPM`.
pub(crate) fn limits(limits: Limits) -> String {
    let rows = [
        (limits.rpm, "RPM"),
        (limits.tpm, "TPM"),
        (limits.itpm, "ITPM"),
        (limits.otpm, "OTPM"),
        (limits.rpd, "RPD"),
        (limits.requests_per_month, "requests a month"),
        (limits.tokens_per_month, "tokens a month"),
    ];
    let words: Vec<String> = rows
        .into_iter()
        .filter_map(|(limit, unit)| Some(format!("{} {unit}", words::short(limit?))))
        .collect();
    if words.is_empty() {
        "no limits known".to_owned()
    } else {
        words.join(" · ")
    }
}

/// Age of limits that may be outdated; `as_of` as in the catalogue.
pub(crate) fn days_old(as_of: &str, days: i64) -> String {
    format!("{}, {days} days old", words::day_month_year(as_of))
}

/// Date and evidence of limits; `as_of` as in the catalogue.
pub(crate) fn limits_as_of(as_of: &str, evidence: &str) -> String {
    format!(
        "Limits as of {}, {}",
        words::day_month_year(as_of),
        catalog::evidence_text(evidence),
    )
}

/// Sources of a provider's price, speed and reserved units.
pub(crate) fn facts(provider: Option<&Provider>) -> String {
    let model = provider.and_then(Provider::model_row);
    let price = model
        .and_then(|m| m.price)
        .map_or("no price known", |price| price.source);
    let speed = model
        .and_then(|m| m.latency)
        .unwrap_or(catalog::LATENCY_ASSUMED);
    let unit = model
        .and_then(|m| m.provisioned)
        .filter(|row| row.usd_per_unit_month.is_some())
        .map_or_else(String::new, |row| {
            format!(". {}: {}", row.unit, row.price_source)
        });
    format!("Price: {price}. Speed, rough: {}{unit}", speed.source)
}

pub(crate) const GATEWAY: &str = "Gateway";
pub(crate) const POLICIES: &str = "Policies, queue and size";
pub(crate) const WAITS: &str = "Waits, failures and zones";
pub(crate) const AUTOSCALER: &str = "Autoscaler targets and behavior";
pub(crate) const MORE_AUTOSCALER: &str = "More targets and policies of the autoscaler";

/// Summary of the gateways.
pub(crate) fn instances(plan: &GatewayPlan) -> String {
    format!(
        "{} of {}–{}",
        plan.instances, plan.instances_min, plan.instances_max
    )
}

/// Placeholder with the planned number.
pub(crate) fn planned(number: u32) -> String {
    format!("{number}, planned")
}

/// Size per gateway.
pub(crate) fn size(plan: &GatewayPlan) -> String {
    format!(
        "{} vCPU, {} MB each: the guide’s row “{}”",
        words::significant(plan.vcpu_per_instance),
        words::significant(plan.memory_mb_per_instance),
        plan.size_class
    )
}

/// A policy chain, with the requests per second of one gateway.
pub(crate) fn chain(name: &str, rps_per_instance: f64) -> String {
    format!("{name}, {} rps", words::significant(rps_per_instance))
}

pub(crate) const PLATFORM: &str = "Control plane, storage, database";
pub(crate) const CONNECTIONS: &str = "Connections";

/// Summary of the platform.
pub(crate) fn platform(retention_days: u32, size: &str) -> String {
    format!("{retention_days} days · {}", size.to_ascii_lowercase())
}

/// Choice of the planned size.
pub(crate) fn from_plan(size: &str) -> String {
    format!("From the plan: {size}")
}

pub(crate) const COSTS: &str = "Costs";
pub(crate) const ROUND_FIGURES: &str =
    "Round figures near the list prices of large clouds: enter yours.";

/// Summary of the costs; `day` as in the catalogue.
pub(crate) fn token_prices(day: &str) -> String {
    format!("token prices of {}", words::day_month_year(day))
}

/// Mark of a measured value.
pub(crate) const MEASURED: &str = "measured";
