//! What a target refuses, after the path of the field.

use std::ops::RangeInclusive;

/// It is no object.
pub const OBJECT: &str = "must be an object";
/// It is no list.
pub const LIST: &str = "must be a list";
/// It is no text.
pub const TEXT: &str = "must be a text";
/// It is no name of an object.
pub const NAME: &str = "must be lower-case letters, digits, - and .";
/// It is missing.
pub const REQUIRED: &str = "is required";
/// Both bounds of a budget are set.
pub const ONE_BOUND: &str = "may have minAvailable or maxUnavailable, not both";
/// A Deployment does not select its own pods.
pub const SELECTOR: &str = "must match the labels of the template";
/// A pod has nothing to run.
pub const NO_CONTAINER: &str = "needs at least one container";
/// A variable has a number.
pub const QUOTED: &str = "must be a text: put it in quotes";
/// It is no quantity.
pub const QUANTITY: &str = "must be a quantity, for example 500m or 128M";
/// A request is above its limit.
pub const ABOVE_LIMIT: &str = "must not be above its limit";
/// It is neither a count nor a percentage.
pub const ROOM: &str = "must be a count or a percentage, for example 1 or 25%";
/// A rollout could neither add nor remove a pod.
pub const NO_ROOM: &str = "must not be 0 where maxSurge is 0";
/// A rollout in steps stands beside a type that has none.
pub const NO_STEPS: &str = "may be set for the type RollingUpdate alone";
/// It is neither a count nor a share of a whole.
pub const SHARE: &str = "must be a count or a percentage up to 100%";
/// It is not above nothing.
pub const POSITIVE: &str = "must be a quantity above 0";
/// A metric has two sources.
pub const ONE_SOURCE: &str = "only the source that type names may be set";
/// A target has both values or none.
pub const ONE_TARGET: &str = "needs either averageUtilization or averageValue";
/// A metric from outside has both values or none.
pub const ONE_VALUE: &str = "needs either value or averageValue";
/// Nothing is measured.
pub const NO_METRIC: &str = "needs a target: without one Kubernetes takes 80 % of the CPU request";
/// There is no policy.
pub const NO_POLICY: &str = "needs at least one policy";

/// A number of pods, or of looks, is below nothing.
pub const BELOW_ZERO: &str = "must not be below 0";
/// Nothing that KEDA looks at.
pub const NO_TRIGGER: &str = "needs at least one trigger";

/// Faults that KEDA, or the cluster for it, refuses in an object that is to be tried.
pub fn refused_by_keda(faults: &[String]) -> String {
    format!("KEDA refuses this ScaledObject: {}", faults.join("; "))
}

/// What a cluster refuses in an autoscaler that is to be tried, fault by fault.
pub fn refused(faults: &[String]) -> String {
    format!("Kubernetes refuses this autoscaler: {}", faults.join("; "))
}

/// The same in a Deployment.
pub fn refused_workload(faults: &[String]) -> String {
    format!("Kubernetes refuses this Deployment: {}", faults.join("; "))
}

/// A version of the API that no cluster of today serves.
pub fn gone(version: &str) -> String {
    let since = if version.ends_with('1') {
        "1.25"
    } else {
        "1.26"
    };
    format!("apiVersion {version} is gone since Kubernetes {since}: write autoscaling/v2")
}

/// No such field in an API.
pub fn unknown(api: &str) -> String {
    format!("is not a field of {api}")
}

/// A field of a later version.
pub fn since(version: &str) -> String {
    format!("is a field from Kubernetes {version} on")
}

/// No pods at all, in a cluster that is too old for it.
pub fn zero(minor: u32) -> String {
    format!("is 0, which Kubernetes 1.{minor} refuses unless its gate HPAScaleToZero is on")
}

/// None of some words.
pub fn word(allowed: &[&str]) -> String {
    format!("must be {}", allowed.join(" or "))
}

/// No whole number of a range.
pub fn integer(range: &RangeInclusive<i64>, is: &str) -> String {
    format!(
        "must be a whole number from {} to {}, but is {is}",
        range.start(),
        range.end()
    )
}

/// The most pods are fewer than the fewest.
pub fn below_minimum(min: i64, max: i64) -> String {
    format!("must be at least minReplicas, {min}, but is {max}")
}
