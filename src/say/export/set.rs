//! The set of files: names of its groups, and of files with unclear names.

/// The gateway and its API.
pub const GATEWAY: &str = "Gateway";
/// The cluster they run in.
pub const KUBERNETES: &str = "Kubernetes";
/// Monitoring and tests.
pub const MONITORING: &str = "Monitoring";
/// Files for people, spreadsheets and this calculator.
pub const DOCUMENTS: &str = "Documents";
/// The gateway's own estimate.
pub const COMMAND: &str = "kt command";
