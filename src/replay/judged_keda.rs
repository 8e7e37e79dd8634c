//! Validation of a KEDA object by KEDA and the API server.

use serde_json::Value;

use crate::export::check;
use crate::import;
use crate::say::export::check as say;

/// The API of the object.
const API: &str = "keda.sh/v1alpha1";
/// Fields with pod counts, which must not be negative.
const COUNTS: [&str; 5] = [
    "minReplicaCount",
    "maxReplicaCount",
    "idleReplicaCount",
    "fallback.failureThreshold",
    "fallback.replicas",
];

/// Each fault with its path.
///
/// # Source
///
/// KEDA 2.20: the custom resource definition, `apis/keda/v1alpha1/scaledobject_types.go`
/// (`CheckReplicaCountBoundsAreValid`, `CheckFallbackValid`), `scaledobject_webhook.go`
/// (`verifyCPUMemoryScalers`), `withtriggers_types.go` (`ValidateTriggers`), and the metadata of
/// the scalers in `pkg/scalers`.
pub(super) fn faults(object: &Value) -> Vec<String> {
    let spec = &object["spec"];
    let unknown = import::unknown_fields(object).into_iter();
    let mut found: Vec<String> = unknown
        .map(|place| format!("{place} {}", say::unknown(API)))
        .collect();
    for place in COUNTS {
        let mut steps = place.split('.');
        let value = steps.try_fold(spec, |value, step| value.get(step));
        let is_below = |value: &&Value| value.as_f64().is_some_and(|count| count < 0.0);
        if value.is_some_and(|value| is_below(&value)) {
            found.push(format!("spec.{place} {}", say::BELOW_ZERO));
        }
    }
    let triggers = spec["triggers"].as_array();
    let triggers = triggers.map(Vec::as_slice).unwrap_or_default();
    if triggers.is_empty() {
        found.push(format!("spec.triggers {}", say::NO_TRIGGER));
    }
    let types = triggers
        .iter()
        .filter_map(|trigger| trigger["type"].as_str());
    let least = &spec["minReplicaCount"];
    if (least.is_null() || *least == 0) && check::needs_a_pod(types) {
        found.push(say::no_pod());
    }
    for (index, trigger) in triggers.iter().enumerate() {
        let metadata = &trigger["metadata"];
        let is_missing = |key: &&&str| {
            let value = &metadata[**key];
            value.is_null() || value == ""
        };
        // The API server would reject the autoscaler that KEDA generates from it.
        for key in ["threshold", "value"] {
            let target = import::number(&metadata[key]);
            let is_known = needed(trigger).contains(&key);
            if is_known && target.is_some_and(|target| target <= 0.0) {
                let place = format!("spec.triggers.{index}.metadata.{key}");
                found.push(format!("{place} {}", say::POSITIVE));
            }
        }
        found.extend(of_schedule(index, trigger));
        for key in needed(trigger).iter().filter(is_missing) {
            found.push(format!(
                "spec.triggers.{index}.metadata.{key} {}",
                say::REQUIRED
            ));
        }
    }
    found
}

/// Faults of a schedule: one that ends when it starts, or whose number of pods is none.
fn of_schedule(index: usize, trigger: &Value) -> Vec<String> {
    if trigger["type"] != "cron" {
        return Vec::new();
    }
    let metadata = &trigger["metadata"];
    let place = |key: &str| format!("spec.triggers.{index}.metadata.{key}");
    let pods = &metadata["desiredReplicas"];
    let is_given = !pods.is_null() && *pods != "";
    let count = pods.as_i64().or_else(|| pods.as_str()?.parse().ok());
    let is_none = is_given && count.is_none_or(|count: i64| count == 0);
    let (start, end) = (&metadata["start"], &metadata["end"]);
    let is_instant = start.as_str().is_some_and(|start| !start.is_empty()) && start == end;
    [
        (is_instant, "end", say::SAME_TIME),
        (is_none, "desiredReplicas", say::PODS),
    ]
    .into_iter()
    .filter(|(holds, ..)| *holds)
    .map(|(_, key, why)| format!("{} {why}", place(key)))
    .collect()
}

/// Required keys of a scaler.
fn needed(trigger: &Value) -> &'static [&'static str] {
    let is_authenticated = trigger["authenticationRef"].is_object();
    match trigger["type"].as_str() {
        Some("cron") => &["timezone", "start", "end", "desiredReplicas"],
        Some("cpu" | "memory") => &["value"],
        Some("prometheus") if is_authenticated => &["query", "threshold"],
        Some("prometheus") => &["serverAddress", "query", "threshold"],
        _ => &[],
    }
}
