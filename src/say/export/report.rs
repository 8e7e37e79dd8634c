//! `report.md`. Names typed by the reader are escaped where the file is built.

use crate::catalog::date::Date;
use crate::plan::{LimitUse, Plan};
use crate::say::words;
use crate::scenario::{Scenario, number::grouped};

/// Note on the numbers if some are ranges.
pub const AT_POINTS: &str = "The numbers below use one value of each: its likely value, or its \
     median. The page and the brief tell how sure they are.";

/// Result of the check.
pub const CHECKED: &str = "CommonMark with tables";

/// Content.
pub const NOTE: &str =
    "The verdict, every figure with its formula, limits, findings and the checklist.";

/// Title, with the name of the scenario if any.
pub fn title(name: &str) -> String {
    if name.is_empty() {
        "Capacity plan".to_owned()
    } else {
        format!("Capacity plan: {name}")
    }
}

/// Day of the plan, and its link.
pub fn origin(today: Date, link: Option<&str>) -> String {
    match link {
        Some(link) => format!("Planned on {today}. Scenario: <{link}>"),
        None => format!("Planned on {today}."),
    }
}

/// Figures: title and columns.
pub const FIGURES: (&str, [&str; 4]) = (
    "Figures",
    ["figure", "value", "formula", "with your numbers"],
);

/// Findings: title.
pub const FINDINGS: &str = "Which limit is reached first";

/// Workloads: title and columns.
pub const WORKLOADS: (&str, [&str; 4]) = (
    "Workloads",
    [
        "workload",
        "requests/day",
        "tokens/day",
        "tokens/min at the peak",
    ],
);

/// Limits: title and columns.
pub const LIMITS: (&str, [&str; 6]) = (
    "Provider limits",
    [
        "provider",
        "model",
        "requests",
        "load at the peak",
        "limit",
        "in use",
    ],
);

/// A limit: load, limit and utilization.
pub fn limit(used: &LimitUse) -> [String; 3] {
    [
        format!("{} {}", words::short(used.load), used.abbreviation()),
        words::short(used.limit),
        used.state
            .ratio()
            .map_or("–".to_owned(), words::plain_percent),
    ]
}

/// Platform: title and columns.
pub const PLATFORM: (&str, [&str; 2]) = ("Platform", ["part", "plan"]);

/// Parts of the platform, and their plan.
pub fn platform(scenario: &Scenario, plan: &Plan) -> [(&'static str, String); 5] {
    let gateway = &plan.gateway;
    let gateways = format!(
        "{} at the peak with headroom, {}; {} to {}",
        gateway.instances,
        gateway.decided_by.by(),
        gateway.instances_min,
        gateway.instances_max
    );
    let each = format!(
        "{} vCPU, {} MB, {} at once",
        grouped(gateway.vcpu_per_instance),
        grouped(gateway.memory_mb_per_instance),
        words::counted(scenario.gateway.concurrency, "request")
    );
    let events = format!(
        "{} a day, {} kept for {}",
        words::bytes(plan.storage.bytes_per_day),
        words::bytes(plan.storage.retained_bytes),
        words::counted(scenario.storage.retention_days, "day")
    );
    let database = format!(
        "{} connections needed, {} configured",
        plan.database.api_connections, plan.database.connections_configured
    );
    let cost = format!(
        "{} a month, {} of it tokens",
        words::usd(plan.cost.per_month_usd),
        words::usd(plan.cost.tokens_per_month_usd)
    );
    [
        ("Gateways", gateways),
        ("Each gateway", each),
        ("Events", events),
        ("Database", database),
        ("Cost", cost),
    ]
}

/// Checklist: title.
pub const CHECKLIST: &str = "Checklist";
