//! `grafana-dashboard.json`.

use crate::catalog::date::Date;
use crate::plan::GatewayPlan;
use crate::say::words;

/// Its name.
pub const TITLE: &str = "AI gateway capacity";

/// What it is.
pub fn about(today: Date) -> String {
    format!("Planned on {today}; thresholds are the plan's.")
}

/// Name of the choice of a data source.
pub const DATA_SOURCE: &str = "Data source";

/// Name of the link to the page.
pub const LINK: &str = "Scenario";

/// What was checked.
pub const CHECKED: &str = "Schema version 39, no panel overlaps";

/// How many panels there are.
pub fn panels_note(count: usize) -> String {
    format!("{count} panels; each threshold line is a number of this plan.")
}

/// How to use it.
pub const USE_NOTE: &str =
    "Import it under Dashboards, New, Import; it asks for the Prometheus data source.";

/// What nobody measures.
pub const NO_CONNECTIONS: &str = "The guide's active connections have no metric on any of the \
     gateway's pages, so no panel shows them.";

/// A panel whose line would be missing.
pub fn no_threshold(title: &str) -> String {
    format!("{title} has no threshold")
}

/// The queue.
pub const QUEUE: (&str, &str) = (
    "Queue depth",
    "Requests waiting in each gateway; the line is HighQueueDepth.",
);

/// The requests: the panel's name.
pub const REQUESTS: &str = "Requests by status";

/// The requests: what the panel shows.
pub fn requests(peak_rps: f64) -> String {
    format!(
        "The line is the planned peak of {} requests/s.",
        words::significant(peak_rps)
    )
}

/// What providers refuse.
pub const REFUSED: (&str, &str) = (
    "Refused by providers",
    "Share of 429; the line is ProviderRateLimited.",
);

/// What is left of the limits on tokens.
pub const TOKENS: (&str, &str) = (
    "Tokens remaining",
    "Share of each provider's tokens per minute that is left; limits come from \
     prometheus-rules.yaml.",
);

/// The gateways: the panel's name.
pub const GATEWAYS: &str = "Gateways";

/// The gateways: what the panel shows.
pub fn gateways(gateway: &GatewayPlan) -> String {
    format!(
        "From {} to {}; the line is the {} that the peak needs.",
        gateway.instances_min, gateway.instances_max, gateway.instances
    )
}

/// The pods that run, and the fewest and most that may.
pub const PODS: [&str; 3] = ["running", "minimum", "maximum"];

/// The database: the panel's name.
pub const DATABASE: &str = "Database size";

/// The database: what the panel shows.
pub fn database(days_before: f64) -> String {
    format!(
        "The line is the disk of the plan; DatabaseDiskFillsUp tells {days_before} days before."
    )
}
