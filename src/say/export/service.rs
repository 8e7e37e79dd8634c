//! `service.yaml`.

/// What else the port is for.
pub const PORT: &str = "also where /metrics is scraped";

/// What was checked.
pub const CHECKED: &str = "Valid for v1";

/// What it does.
pub const NOTE: &str = "Spreads requests over the gateways; nothing in it depends on the scenario.";
