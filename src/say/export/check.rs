//! Faults that a target rejects, worded to follow the field's path.

use std::ops::RangeInclusive;

/// The value is no object.
pub const OBJECT: &str = "must be an object";
/// The value is no list.
pub const LIST: &str = "must be a list";
/// The value is no string.
pub const TEXT: &str = "must be a text";
/// The value is no valid object name.
pub const NAME: &str = "must be lower-case letters, digits, - and .";
/// The field is missing.
pub const REQUIRED: &str = "is required";
/// Both bounds of a budget are set.
pub const ONE_BOUND: &str = "may have minAvailable or maxUnavailable, not both";
/// A Deployment does not select its own pods.
pub const SELECTOR: &str = "must match the labels of the template";
/// A pod has no container.
pub const NO_CONTAINER: &str = "needs at least one container";
/// An environment variable is a number.
pub const QUOTED: &str = "must be a text: put it in quotes";
/// The value is no quantity.
pub const QUANTITY: &str = "must be a quantity, for example 500m or 128M";
/// A request is above its limit.
pub const ABOVE_LIMIT: &str = "must not be above its limit";
/// The value is neither a count nor a percentage.
pub const ROOM: &str = "must be a count or a percentage, for example 1 or 25%";
/// A rollout could neither add nor remove a pod.
pub const NO_ROOM: &str = "must not be 0 where maxSurge is 0";
/// A rolling update is configured for another strategy type.
pub const NO_STEPS: &str = "may be set for the type RollingUpdate alone";
/// The value is neither a count nor a percentage up to 100.
pub const SHARE: &str = "must be a count or a percentage up to 100%";
/// The quantity is not positive.
pub const POSITIVE: &str = "must be a quantity above 0";
/// A metric has two sources.
pub const ONE_SOURCE: &str = "only the source that type names may be set";
/// A target has both values, or neither.
pub const ONE_TARGET: &str = "needs either averageUtilization or averageValue";
/// An external metric's target has both values, or neither.
pub const ONE_VALUE: &str = "needs either value or averageValue";
/// There are no metrics.
pub const NO_METRIC: &str = "needs a target: without one Kubernetes takes 80 % of the CPU request";
/// There are no policies.
pub const NO_POLICY: &str = "needs at least one policy";

/// A count is negative.
pub const BELOW_ZERO: &str = "must not be below 0";
/// A count of pods is 0 or no whole number.
pub const PODS: &str = "must be a whole number above 0";
/// A schedule ends when it starts.
pub const SAME_TIME: &str = "must not be the same time as start";
/// There are no triggers.
pub const NO_TRIGGER: &str = "needs at least one trigger";

/// KEDA's reason against a minimum of 0 pods.
pub const NO_POD: &str = "KEDA's webhook refuses 0 while every trigger is cpu or memory: give a \
     minimum of 1, or a trigger of another type";

/// A minimum of 0 pods that KEDA does not accept.
pub fn no_pod() -> String {
    ["spec.minReplicaCount is 0, and ", NO_POD].concat()
}

/// Faults for which KEDA, or the API server, rejects an object that is to be simulated.
pub fn refused_by_keda(faults: &[String]) -> String {
    format!("KEDA refuses this ScaledObject: {}", faults.join("; "))
}

/// Faults for which Kubernetes rejects an autoscaler that is to be simulated.
pub fn refused(faults: &[String]) -> String {
    format!("Kubernetes refuses this autoscaler: {}", faults.join("; "))
}

/// Faults for which Kubernetes rejects a Deployment that is to be simulated.
pub fn refused_workload(faults: &[String]) -> String {
    format!("Kubernetes refuses this Deployment: {}", faults.join("; "))
}

/// An API version that current clusters no longer serve.
pub fn gone(version: &str) -> String {
    let since = if version.ends_with('1') {
        "1.25"
    } else {
        "1.26"
    };
    format!("apiVersion {version} is gone since Kubernetes {since}: write autoscaling/v2")
}

/// An unknown field.
pub fn unknown(api: &str) -> String {
    format!("is not a field of {api}")
}

/// A field of a later version.
pub fn since(version: &str) -> String {
    format!("is a field from Kubernetes {version} on")
}

/// Zero pods in a cluster that does not support them.
pub fn zero(minor: u32) -> String {
    format!("is 0, which Kubernetes 1.{minor} refuses unless its gate HPAScaleToZero is on")
}

/// Not one of the allowed words.
pub fn word(allowed: &[&str]) -> String {
    format!("must be {}", allowed.join(" or "))
}

/// No whole number in a range.
pub fn integer(range: &RangeInclusive<i64>, is: &str) -> String {
    format!(
        "must be a whole number from {} to {}, but is {is}",
        range.start(),
        range.end()
    )
}

/// The maximum is below the minimum.
pub fn below_minimum(min: i64, max: i64) -> String {
    format!("must be at least minReplicas, {min}, but is {max}")
}
