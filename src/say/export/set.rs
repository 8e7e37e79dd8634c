//! The set of files: names of its groups, and of files whose own name says too little.

/// The gateway and its API.
pub const GATEWAY: &str = "Gateway";
/// The cluster they run in.
pub const KUBERNETES: &str = "Kubernetes";
/// Those who watch and test them.
pub const MONITORING: &str = "Monitoring";
/// People, spreadsheets and this calculator.
pub const DOCUMENTS: &str = "Documents";
/// The gateway's own estimate.
pub const COMMAND: &str = "kt command";
