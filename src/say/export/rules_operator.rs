//! `prometheusrule.yaml`.

/// When to use it.
pub const INSTEAD: &str =
    "Instead of prometheus-rules.yaml, where the Prometheus operator is installed";

/// What the label of its release is.
pub const RELEASE: &str = "the label your Prometheus selects rules by";

/// What was checked.
pub const CHECKED: &str = "The groups of prometheus-rules.yaml";

/// What it holds.
pub const NOTE: &str =
    "The same groups as prometheus-rules.yaml, as an object of the Prometheus operator.";
