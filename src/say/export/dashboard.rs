//! `grafana-dashboard.json`.

use crate::catalog::date::Date;
use crate::plan::GatewayPlan;
use crate::say::words;

/// Title.
pub const TITLE: &str = "AI gateway capacity";

/// Description.
pub fn about(today: Date) -> String {
    format!("Planned on {today}; thresholds are the plan's.")
}

/// Label of the data source variable.
pub const DATA_SOURCE: &str = "Data source";

/// Label of the link to the page.
pub const LINK: &str = "Scenario";

/// Result of the check.
pub const CHECKED: &str = "Schema version 39, no panel overlaps";

/// Number of panels.
pub fn panels_note(count: usize) -> String {
    format!("{count} panels; each threshold line is a number of this plan.")
}

/// Usage.
pub const USE_NOTE: &str =
    "Import it under Dashboards, New, Import; it asks for the Prometheus data source.";

/// Gap: no metric of connections.
pub const NO_CONNECTIONS: &str = "The guide's active connections have no metric on any of the \
     gateway's pages, so no panel shows them.";

/// Fault: a panel without a threshold.
pub fn no_threshold(title: &str) -> String {
    format!("{title} has no threshold")
}

/// Queue panel: title and description.
pub const QUEUE: (&str, &str) = (
    "Queue depth",
    "Requests waiting in each gateway; the line is HighQueueDepth.",
);

/// Requests panel: title.
pub const REQUESTS: &str = "Requests by status";

/// Requests panel: description.
pub fn requests(peak_rps: f64) -> String {
    format!(
        "The line is the planned peak of {} requests/s.",
        words::significant(peak_rps)
    )
}

/// Panel of refused requests: title and description.
pub const REFUSED: (&str, &str) = (
    "Refused by providers",
    "Share of 429; the line is ProviderRateLimited.",
);

/// Panel of remaining tokens: title and description.
pub const TOKENS: (&str, &str) = (
    "Tokens remaining",
    "Share of each provider's tokens per minute that is left; limits come from \
     prometheus-rules.yaml.",
);

/// Gateways panel: title.
pub const GATEWAYS: &str = "Gateways";

/// Gateways panel: description.
pub fn gateways(gateway: &GatewayPlan) -> String {
    format!(
        "From {} to {}; the line is the {} that the peak needs.",
        gateway.instances_min, gateway.instances_max, gateway.instances
    )
}

/// Series of the gateways panel.
pub const PODS: [&str; 3] = ["running", "minimum", "maximum"];

/// Database panel: title.
pub const DATABASE: &str = "Database size";

/// Database panel: description.
pub fn database(days_before: f64) -> String {
    format!(
        "The line is the disk of the plan; DatabaseDiskFillsUp tells {days_before} days before."
    )
}
