//! KEDA's annotations that hold a fleet.

use serde_json::Value;

use super::count::count;

/// Where KEDA's annotations begin.
const ANNOTATION: &str = "autoscaling.keda.sh/";

/// The fleet that KEDA holds while it is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paused {
    /// So many pods.
    At(u32),
    /// As many as there are.
    AsItIs,
}

/// Whether KEDA is paused. A number of pods goes before a plain pause; a text that is neither
/// true nor false pauses as well.
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

/// Whether a setting is on: there and not false.
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
