//! `keda-scaledobject.yaml`.

/// Usage, in place of `hpa.yaml`.
pub const INSTEAD: &str =
    "Instead of hpa.yaml, where KEDA is installed: two autoscalers would fight";

/// Source of its numbers.
pub const AS_HPA: &str = "as in hpa.yaml";

/// Reason for the autoscaler's name.
pub const NAME: &str = "the name the alerts look for";

/// Placeholder for an address.
pub const ADDRESS: &str = "put your own address here";

/// KEDA's treatment of the sum.
pub const QUERY: &str = "divided by the pods";

/// Advice about the reader's own metric.
pub const OWN_QUERY: &str = "your own metric: check that Prometheus has it by this name";

/// Requirement of the in-flight metric.
pub const IN_FLIGHT_QUERY: &str = "divided by the pods; the gateway must serve this metric";

/// Time zone of a schedule.
pub const ZONE: &str = "the time zone of your day";

/// Start of a schedule.
pub const START: &str = "from then on, each day";

/// End of a schedule.
pub const END: &str = "until then";

/// Pods of a schedule.
pub const KEPT: &str =
    "kept meanwhile, whatever the other triggers say; more where they ask for it";

/// Result of the check.
pub const CHECKED: &str = "Shaped for keda.sh/v1alpha1";

/// Content.
pub const NOTE: &str = "The same bounds, targets and steps as hpa.yaml, with the queue depth read \
     from Prometheus itself.";

/// Usage.
pub const USE_NOTE: &str = "Use it instead of hpa.yaml, never beside it.";
