//! KEDA's object as the autoscaler that KEDA makes of it.

use serde_json::{Value, json};

use crate::import::{Requests, summed};

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
    let query = metadata["query"].as_str().unwrap_or_default();
    match (kind, measure) {
        ("cpu", Some("Utilization")) => json!({
            "type": "Resource",
            "resource": {
                "name": "cpu",
                "target": { "averageUtilization": number(&metadata["value"]) },
            },
        }),
        ("prometheus", _) if per_pod(query, measure).is_some() => {
            json!({
                "type": "Pods",
                "pods": {
                    "metric": { "name": per_pod(query, measure) },
                    "target": { "averageValue": metadata["threshold"] },
                },
            })
        }
        ("prometheus", None | Some("AverageValue" | "Value")) => {
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

/// The gateway's metric of which a query comes to the mean of all pods: KEDA divides a sum by the
/// pods itself.
fn per_pod(query: &str, measure: Option<&str>) -> Option<&'static str> {
    let (requests, function) = Requests::of_query(query)?;
    let is_mean = match measure {
        None | Some("AverageValue") => function == "sum",
        Some("Value") => function == "avg",
        Some(_) => false,
    };
    is_mean.then_some(match requests {
        Requests::Waiting => "kt_request_queue_depth",
        Requests::InFlight => "kt_requests_in_flight",
    })
}
