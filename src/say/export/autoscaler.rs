//! Comments of `hpa.yaml`, shared by `keda-scaledobject.yaml`.

use crate::model::digits;
use crate::plan::GatewayPlan;
use crate::say::words;
use crate::scenario::{Hpa, LoadMetric, number::grouped};

/// Result of the check.
pub const CHECKED: &str = "Valid for autoscaling/v2";

/// Source of most numbers.
pub const OF_GUIDE: &str = "the guide's";

/// Source of a number of the reader's own.
pub fn own(guide: impl std::fmt::Display) -> String {
    format!("your own value; the guide has {guide}")
}

/// Source of a target or policy that the guide lacks.
pub const OWN_TARGET: &str = "your own value";

/// Requirement of the queue metric.
pub const METRIC: &str = "needs a custom-metrics adapter";

/// Requirement of the in-flight metric.
pub const IN_FLIGHT_METRIC: &str = "the gateway must serve it; needs a custom-metrics adapter too";

/// Placeholder for the object of an object metric.
pub const DESCRIBED: &str = "put the object that your adapter has the metric of";

/// Reason for a target of the reader's own metric.
pub fn metric_why(metric: &LoadMetric) -> String {
    match metric.per_rps {
        Some(load) => format!(
            "your own value; each request a second adds {} to the metric",
            digits::shortest(load)
        ),
        None => "your own value; the load that a request adds is not given".to_owned(),
    }
}

/// Reason for the minimum.
pub fn minimum_why(gateway: &GatewayPlan) -> String {
    let quiet = words::counted(gateway.instances_quiet, "instance");
    if gateway.min_is_planned {
        format!("{quiet} for the quietest five minutes")
    } else {
        format!("the quietest five minutes need {quiet}")
    }
}

/// Reason for the maximum.
pub fn maximum_why(gateway: &GatewayPlan) -> String {
    let peak = words::counted(gateway.instances, "instance");
    if gateway.max_is_planned {
        format!("{peak} at the peak, and still with one zone lost")
    } else {
        format!("the peak with headroom needs {peak}")
    }
}

/// Range of pods, with its reason.
pub fn range_note(gateway: &GatewayPlan) -> String {
    format!(
        "Keeps {} to {} of kt-gateway; the peak with headroom needs {}, {}.",
        gateway.instances_min,
        words::counted(gateway.instances_max, "instance"),
        gateway.instances,
        gateway.decided_by.by(),
    )
}

/// Base of the CPU target.
pub const CPU_NOTE: &str = "The CPU target is a share of the CPU request in deployment.yaml; \
     without a request this part does nothing.";

/// Path of the queue depth to the autoscaler.
pub const QUEUE_NOTE: &str =
    "kt_request_queue_depth reaches the autoscaler only through a custom-metrics adapter.";

/// Gap: the range of CPU without action, compared with the guide's table.
pub fn cpu_gap((down_percent, up_percent): (u32, u32), hpa: &Hpa) -> String {
    format!(
        "The guide grows above 70 % CPU for 3 min and shrinks below 30 % for 10 min. This grows \
         from {up_percent} % after {} s and shrinks from {down_percent} % after {} s.",
        hpa.up_window_s, hpa.down_window_s
    )
}

/// Gap: the range of queue depths without action, compared with the guide's table.
pub fn queue_gap(below: f64, above: f64) -> String {
    format!(
        "The guide grows above 100 queued requests for 1 min and shrinks below 10 for 5 min. This \
         grows above {} in the mean gateway and shrinks below {}.",
        grouped(above),
        grouped(below)
    )
}

/// Gap: requirement of an in-flight target, or that it never acts.
pub fn in_flight_gap(target: f64, slots: u32) -> String {
    let needs = "kt_requests_in_flight is no metric of today's gateway: it must serve one.";
    if f64::from(slots) < target * 1.1 {
        format!(
            "{needs} A target of {target} is never exceeded by a tenth with {slots} slots: it \
             never acts."
        )
    } else {
        needs.to_owned()
    }
}

/// Gap: an HPA has no schedules.
pub const SCHEDULE_GAP: &str =
    "The schedule: an HPA has none. Apply keda-scaledobject.yaml instead of this file.";

/// Gap: a cluster that drops the tolerance.
pub fn gated_gap(minor: u32) -> String {
    format!(
        "Kubernetes 1.{minor} drops tolerance unless its gate HPAConfigurableTolerance is on: the \
         cluster's own 10 % holds then."
    )
}

/// Gap: rows of the guide's table without a metric.
pub const OTHER_GAP: &str = "The guide also scales on P99 overhead (20 ms and 5 ms) and on \
     connections (80 % and 20 %). Neither is a metric here: prometheus-rules.yaml watches the \
     overhead.";

/// Gap: a queue target that acts too late for the stated wait.
pub fn late_gap(depth: f64, wait_s: f64, better: u32, stated_s: f64) -> String {
    format!(
        "At its queue target of {depth} a request waits {}; a target of {better} acts within {}.",
        words::seconds(wait_s),
        words::seconds(stated_s)
    )
}
