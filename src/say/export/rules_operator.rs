//! `prometheusrule.yaml`.

/// Usage, in place of `prometheus-rules.yaml`.
pub const INSTEAD: &str =
    "Instead of prometheus-rules.yaml, where the Prometheus operator is installed";

/// Meaning of the release label.
pub const RELEASE: &str = "the label your Prometheus selects rules by";

/// Result of the check.
pub const CHECKED: &str = "The groups of prometheus-rules.yaml";

/// Content.
pub const NOTE: &str =
    "The same groups as prometheus-rules.yaml, as an object of the Prometheus operator.";
