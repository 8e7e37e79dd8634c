//! KEDA's annotations that pause scaling.

use serde_json::Value;

use super::count::count;

/// Prefix of KEDA's annotations.
const ANNOTATION: &str = "autoscaling.keda.sh/";

/// The fleet while KEDA is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paused {
    /// A fixed number of pods.
    At(u32),
    /// The current number of pods.
    AsItIs,
}

/// Whether KEDA is paused. A number of pods takes precedence over a plain pause; a text that is
/// neither true nor false also pauses.
///
/// # Source
///
/// KEDA 2.20, `apis/keda/v1alpha1/scaledobject_types.go`, `NeedToBePausedByAnnotation`.
pub(super) fn paused(object: &Value) -> Option<Paused> {
    if let Some(pods) = count(annotation(object, "paused-replicas")) {
        return Some(Paused::At(pods));
    }
    is_on(object, "paused").then_some(Paused::AsItIs)
}

/// Whether a setting is present and not false.
pub(super) fn is_on(object: &Value, name: &str) -> bool {
    const OFF: [&str; 6] = ["0", "f", "F", "false", "FALSE", "False"];
    match annotation(object, name) {
        Value::Null => false,
        Value::Bool(is_on) => *is_on,
        other => other.as_str().is_none_or(|text| !OFF.contains(&text)),
    }
}

fn annotation<'a>(object: &'a Value, name: &str) -> &'a Value {
    &object["metadata"]["annotations"][[ANNOTATION, name].concat()]
}
