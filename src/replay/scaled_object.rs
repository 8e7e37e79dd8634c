//! KEDA's object as the autoscaler that KEDA makes of it.

use serde_json::{Value, json};

use crate::import::summed;

/// Most pods of a `ScaledObject` that names none.
const MOST: u64 = 100;

/// The `HorizontalPodAutoscaler` that KEDA makes of a `ScaledObject`. What no day knows is told
/// in `left_out`, a sentence each.
pub(super) fn as_autoscaler(object: &Value, left_out: &mut Vec<String>) -> Value {
    let spec = &object["spec"];
    let least = spec["minReplicaCount"].as_u64().unwrap_or(0);
    if least == 0 {
        left_out.push("scaling to zero is not simulated: one pod stays".to_owned());
    }
    let triggers = spec["triggers"].as_array();
    let triggers = triggers.map(Vec::as_slice).unwrap_or_default();
    let metrics: Vec<Value> = triggers.iter().map(metric).collect();
    let config = &spec["advanced"]["horizontalPodAutoscalerConfig"];
    json!({
        "kind": "HorizontalPodAutoscaler",
        "spec": {
            "minReplicas": least.max(1),
            "maxReplicas": spec.get("maxReplicaCount").cloned().unwrap_or(json!(MOST)),
            "metrics": metrics,
            "behavior": config["behavior"],
        },
    })
}

/// A trigger as a metric; one of another type where no day knows it.
fn metric(trigger: &Value) -> Value {
    let metadata = &trigger["metadata"];
    let kind = trigger["type"].as_str().unwrap_or_default();
    let measure = trigger["metricType"].as_str().or(metadata["type"].as_str());
    let number = |value: &Value| {
        value
            .as_i64()
            .or_else(|| value.as_str()?.trim().parse().ok())
    };
    match (kind, measure) {
        ("cpu", Some("Utilization")) => json!({
            "type": "Resource",
            "resource": {
                "name": "cpu",
                "target": { "averageUtilization": number(&metadata["value"]) },
            },
        }),
        ("prometheus", _)
            if is_known(metadata["query"].as_str())
                && per_pod(metadata["query"].as_str(), measure) =>
        {
            json!({
                "type": "Pods",
                "pods": {
                    "metric": { "name": metadata["query"] },
                    "target": { "averageValue": metadata["threshold"] },
                },
            })
        }
        ("prometheus", None | Some("AverageValue" | "Value")) => {
            let query = metadata["query"].as_str().unwrap_or_default();
            let key = match measure {
                Some("Value") => "value",
                _ => "averageValue",
            };
            json!({
                "type": "External",
                "external": {
                    "metric": { "name": summed(query).unwrap_or(query) },
                    "target": { key: metadata["threshold"] },
                },
            })
        }
        ("cpu", Some("AverageValue")) => json!({
            "type": "Resource",
            "resource": {
                "name": "cpu",
                "target": { "averageValue": metadata["value"] },
            },
        }),
        _ => json!({ "type": kind }),
    }
}

/// Whether a query is of the queue or of the requests in flight.
fn is_known(query: Option<&str>) -> bool {
    let query = query.unwrap_or_default();
    let known = ["queue_depth", "in_flight", "inflight"];
    known.iter().any(|name| query.contains(name))
}

/// Whether a query comes to the mean of all pods: KEDA divides a sum by the pods itself.
fn per_pod(query: Option<&str>, measure: Option<&str>) -> bool {
    let query = query.unwrap_or_default().trim_start();
    match measure {
        None | Some("AverageValue") => query.starts_with("sum"),
        Some("Value") => query.starts_with("avg"),
        Some(_) => false,
    }
}
