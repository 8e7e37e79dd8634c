//! KEDA's object as the autoscaler that KEDA generates from it.

use serde_json::{Value, json};

use crate::import::{Function, Query, Requests, number};

use super::count::count;
use super::paused::is_on;
use super::time::whole;

/// Default `maxReplicaCount`.
const MOST: u64 = 100;
/// KEDA's name for the metric of a formula.
const COMPOSITE: &str = "composite-metric";

/// The `HorizontalPodAutoscaler` that KEDA generates from a `ScaledObject`, without its schedules.
/// Adds a sentence to `left_out` for each part that is not simulated.
pub(super) fn as_autoscaler(object: &Value, left_out: &mut Vec<String>) -> Value {
    let spec = &object["spec"];
    let least = count(&spec["minReplicaCount"]).unwrap_or(0);
    let triggers = spec["triggers"].as_array();
    let triggers = triggers.map(Vec::as_slice).unwrap_or_default();
    let modifiers = &spec["advanced"]["scalingModifiers"];
    let formula = modifiers["formula"].as_str().unwrap_or_default();
    let measured = triggers
        .iter()
        .filter(|trigger| trigger.is_object() && trigger["type"] != "cron");
    let mut metrics: Vec<Value> = measured.map(metric).collect();
    if !formula.is_empty() {
        // KEDA keeps whole-pod resource metrics beside its formula.
        metrics.retain(|metric| metric["type"] == "Resource");
        metrics.push(json!({
            "type": "External",
            "external": { "metric": { "name": COMPOSITE }, "target": of_formula(modifiers) },
        }));
        left_out.push(format!(
            "the formula “{formula}” stands for the triggers that are no resource, and is not \
             simulated"
        ));
    }
    let config = &spec["advanced"]["horizontalPodAutoscalerConfig"];
    json!({
        "kind": "HorizontalPodAutoscaler",
        "spec": {
            "minReplicas": least.max(1),
            "maxReplicas": spec.get("maxReplicaCount").cloned().unwrap_or(json!(MOST)),
            "metrics": metrics,
            "behavior": held(object, &config["behavior"]),
        },
    })
}

/// The behavior with paused directions disabled.
fn held(object: &Value, behavior: &Value) -> Value {
    let mut held = behavior.clone();
    for (setting, way) in [
        ("paused-scale-in", "scaleDown"),
        ("paused-scale-out", "scaleUp"),
    ] {
        if is_on(object, setting) {
            held[way]["selectPolicy"] = json!("Disabled");
        }
    }
    held
}

/// Target of a formula, divided by the pods unless its type says otherwise.
fn of_formula(modifiers: &Value) -> Value {
    let key = match modifiers["metricType"].as_str() {
        Some("Value") => "value",
        _ => "averageValue",
    };
    json!({ key: modifiers["target"] })
}

/// A trigger as a metric; of an unknown type if it is not simulated.
fn metric(trigger: &Value) -> Value {
    let metadata = &trigger["metadata"];
    let kind = trigger["type"].as_str().unwrap_or_default();
    let measure = trigger["metricType"].as_str().or(metadata["type"].as_str());
    match (kind, measure) {
        ("cpu" | "memory", Some("Utilization")) => {
            let percent = number(&metadata["value"]).map(whole);
            resource(trigger, &json!({ "averageUtilization": percent }))
        }
        ("cpu" | "memory", Some("AverageValue")) => {
            resource(trigger, &json!({ "averageValue": metadata["value"] }))
        }
        ("prometheus", None | Some("AverageValue" | "Value")) => queried(metadata, measure),
        _ => json!({ "type": kind }),
    }
}

/// A resource of the whole pod or of one container.
fn resource(trigger: &Value, target: &Value) -> Value {
    let name = &trigger["type"];
    match trigger["metadata"]["containerName"].as_str() {
        Some(container) => json!({
            "type": "ContainerResource",
            "containerResource": { "name": name, "container": container, "target": target },
        }),
        None => json!({ "type": "Resource", "resource": { "name": name, "target": target } }),
    }
}

/// A Prometheus query; KEDA itself divides a sum by the pods.
fn queried(metadata: &Value, measure: Option<&str>) -> Value {
    let text = metadata["query"].as_str().unwrap_or_default();
    let is_value = measure == Some("Value");
    let key = if is_value { "value" } else { "averageValue" };
    let outside = |name: &str, threshold: &Value| {
        json!({
            "type": "External",
            "external": { "metric": { "name": name }, "target": { key: threshold } },
        })
    };
    let Ok(query) = Query::read(text) else {
        return outside(text, &metadata["threshold"]);
    };
    let threshold = number(&metadata["threshold"]).map(|threshold| query.target(threshold));
    match (Requests::of(&query.name), query.function) {
        (Some(_), Function::Sum) if !is_value => outside(&query.name, &json!(threshold)),
        // A whole value is multiplied by the pods: of their mean it is the rule of a pod metric.
        (Some(_), Function::Mean) if is_value => json!({
            "type": "Pods",
            "pods": {
                "metric": { "name": query.name },
                "target": { "averageValue": threshold },
            },
        }),
        // A mean over other series follows nothing that a day simulates.
        (Some(_), _) => outside(text, &json!(threshold)),
        (None, Function::Mean) => outside(text, &metadata["threshold"]),
        (None, _) => outside(&query.name, &json!(threshold)),
    }
}
