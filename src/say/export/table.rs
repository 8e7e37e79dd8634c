//! `plan.csv`: names of chapters, items and facts, and units.

use crate::plan::{CostPlan, Demand, GatewayPlan, LimitUse, WorkloadDemand};

/// A fact: name, number and unit.
pub type Fact = (&'static str, f64, &'static str);

/// Result of the check.
pub const CHECKED: &str = "RFC 4180, no cell is run as a formula";

/// Format of numbers.
pub const NUMBERS_NOTE: &str =
    "One fact a row, numbers in full precision with a point for decimals.";

/// Treatment of names.
pub const NAMES_NOTE: &str = "A name that begins like a formula is set behind an apostrophe.";

/// Columns.
pub const HEAD: [&str; 5] = ["chapter", "item", "fact", "value", "unit"];

/// Chapter of the plan: day, scenario and verdict.
pub const PLAN: (&str, [&str; 3]) = ("plan", ["planned on", "scenario", "verdict"]);

/// Chapter of ranges, with the facts of each.
pub const RANGES: (&str, [&str; 3]) = ("ranges", ["5th percentile", "point", "95th percentile"]);

/// Chapter of figures, with number and text of each.
pub const FIGURE: (&str, [&str; 2]) = ("figure", ["value", "as shown"]);

/// Chapter of the demand, and the item for its total.
pub const DEMAND: (&str, &str) = ("demand", "all");

/// Total demand.
pub fn demand(demand: &Demand) -> [Fact; 5] {
    [
        ("requests per day", demand.requests_per_day, "requests/day"),
        ("tokens per day", demand.tokens_per_day, "tokens/day"),
        ("mean rate", demand.mean_rps, "requests/s"),
        ("peak rate", demand.peak_rps, "requests/s"),
        ("peak tokens", demand.peak_tpm, "tokens/min"),
    ]
}

/// Demand of a workload.
pub fn workload(workload: &WorkloadDemand) -> [Fact; 3] {
    [
        (
            "requests per day",
            workload.requests_per_day,
            "requests/day",
        ),
        ("tokens per day", workload.tokens_per_day, "tokens/day"),
        ("peak tokens", workload.peak_tpm, "tokens/min"),
    ]
}

/// Chapter of providers, with model and tier.
pub const PROVIDERS: (&str, [&str; 2]) = ("providers", ["model", "tier"]);

/// A provider's share.
pub fn share(ratio: f64) -> Fact {
    ("share", ratio, "ratio")
}

/// Load and limit with their names; both have the limit's unit.
pub fn limit(used: &LimitUse) -> [(String, f64); 2] {
    let name = used.abbreviation();
    [
        (format!("{name} load"), used.load),
        (format!("{name} limit"), used.limit),
    ]
}

/// Chapter of gateways.
pub const GATEWAYS: &str = "gateways";

/// Need by a rule.
pub fn need(instances: u32) -> Fact {
    ("need", f64::from(instances), "instances")
}

/// Fleet and instance: item and fact.
pub fn gateways(gateway: &GatewayPlan) -> [(&'static str, Fact); 5] {
    let fleet = |fact, count: u32| ("fleet", (fact, f64::from(count), "instances"));
    [
        fleet("at the peak", gateway.instances),
        fleet("minimum", gateway.instances_min),
        fleet("maximum", gateway.instances_max),
        ("each", ("CPU", gateway.vcpu_per_instance, "vCPU")),
        ("each", ("memory", gateway.memory_mb_per_instance, "MB")),
    ]
}

/// Chapter of storage, with its item and facts.
pub const STORAGE: (&str, &str, [&str; 2]) = ("storage", "events", ["per day", "kept"]);

/// Chapter of the database, with its item and facts.
pub const DATABASE: (&str, &str, [&str; 2]) = ("database", "connections", ["needed", "configured"]);

/// Chapter of costs, with the facts about the total and about a provider.
pub const COST: (&str, [&str; 2]) = ("cost", ["per month", "tokens per month"]);

/// Monthly costs: items.
pub fn cost(cost: &CostPlan) -> [(&'static str, f64); 3] {
    [
        ("all", cost.per_month_usd),
        ("tokens", cost.tokens_per_month_usd),
        ("infrastructure", cost.infrastructure_per_month_usd),
    ]
}

/// Chapter of findings, with its facts.
pub const FINDINGS: (&str, [&str; 2]) = ("findings", ["message", "breaks at"]);

/// Unit of multiples of today's load.
pub const TODAY: &str = "× today";
