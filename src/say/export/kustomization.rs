//! `kustomization.yaml`.

/// Usage.
pub const USE: &str = "See what it makes: kubectl kustomize . Apply it: kubectl apply -k .";

/// The autoscaler file with the schedule.
pub const SCHEDULED: &str = "has the schedule, which hpa.yaml cannot have; never both";
/// The alternative autoscaler file.
pub const AUTOSCALER: &str = "or keda-scaledobject.yaml, never both";

/// Reason for the pack's hashed name.
pub const PACK: &str = "named after its content, so that a changed pack restarts the gateways";

/// Result of the check.
pub const CHECKED: &str = "Ties files of this set";

/// Fault: it refers to a file that is held back.
pub fn ties_what_is_held_back(name: &str) -> String {
    ["It ties ", name, ", which is held back until it is valid"].concat()
}

/// Content.
pub const NOTE: &str = "Ties Deployment, Service, autoscaler and budget, and carries the pack.";

/// Gap: omitted files.
pub const LEFT_NOTE: &str =
    "PrometheusRule and ScaledObject need their operators and are left for you to add.";
