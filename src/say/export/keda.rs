//! `keda-scaledobject.yaml`.

/// When to use it.
pub const INSTEAD: &str =
    "Instead of hpa.yaml, where KEDA is installed: two autoscalers would fight";

/// Where its numbers stand too.
pub const AS_HPA: &str = "as in hpa.yaml";

/// Why its autoscaler has that name.
pub const NAME: &str = "the name the alerts look for";

/// An address that only the reader knows.
pub const ADDRESS: &str = "put your own address here";

/// How KEDA reads the sum.
pub const QUERY: &str = "divided by the pods";

/// A metric of the reader's own.
pub const OWN_QUERY: &str = "your own metric: check that Prometheus has it by this name";

/// What the gateway does not serve by itself.
pub const IN_FLIGHT_QUERY: &str = "divided by the pods; the gateway must serve this metric";

/// The clock of a schedule.
pub const ZONE: &str = "the time zone of your day";

/// When a schedule begins.
pub const START: &str = "from then on, each day";

/// When it ends.
pub const END: &str = "until then";

/// Pods of a schedule.
pub const KEPT: &str =
    "kept meanwhile, whatever the other triggers say; more where they ask for it";

/// What was checked.
pub const CHECKED: &str = "Shaped for keda.sh/v1alpha1";

/// What it holds.
pub const NOTE: &str = "The same bounds, targets and steps as hpa.yaml, with the queue depth read \
     from Prometheus itself.";

/// How to use it.
pub const USE_NOTE: &str = "Use it instead of hpa.yaml, never beside it.";
