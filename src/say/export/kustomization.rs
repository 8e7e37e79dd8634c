//! `kustomization.yaml`.

/// How to use it.
pub const USE: &str = "See what it makes: kubectl kustomize . Apply it: kubectl apply -k .";

/// The autoscaler where there is a schedule.
pub const SCHEDULED: &str = "has the schedule, which hpa.yaml cannot have; never both";
/// Which of two autoscalers.
pub const AUTOSCALER: &str = "or keda-scaledobject.yaml, never both";

/// Why the pack's name changes.
pub const PACK: &str = "named after its content, so that a changed pack restarts the gateways";

/// What was checked.
pub const CHECKED: &str = "Ties files of this set";

/// Why it would tie nothing that works.
pub fn ties_what_is_held_back(name: &str) -> String {
    ["It ties ", name, ", which is held back until it is valid"].concat()
}

/// What it holds.
pub const NOTE: &str = "Ties Deployment, Service, autoscaler and budget, and carries the pack.";

/// What it leaves out.
pub const LEFT_NOTE: &str =
    "PrometheusRule and ScaledObject need their operators and are left for you to add.";
