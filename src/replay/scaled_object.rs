//! KEDA's object as the autoscaler that KEDA makes of it.

use serde_json::{Value, json};

use crate::import::{Requests, summed};

/// Most pods of a `ScaledObject` that names none.
const MOST: u64 = 100;

/// The `HorizontalPodAutoscaler` that KEDA makes of a `ScaledObject`, but for its schedules.
pub(super) fn as_autoscaler(object: &Value) -> Value {
    let spec = &object["spec"];
    let least = count(&spec["minReplicaCount"]).unwrap_or(0);
    let triggers = spec["triggers"].as_array();
    let triggers = triggers.map(Vec::as_slice).unwrap_or_default();
    let formula = spec["advanced"]["scalingModifiers"]["formula"].as_str();
    let metrics: Vec<Value> = if formula.is_some_and(|formula| !formula.is_empty()) {
        // One formula replaces all triggers.
        vec![json!({ "type": "scalingModifiers" })]
    } else {
        let triggers = triggers.iter().filter(|trigger| trigger["type"] != "cron");
        triggers.map(metric).collect()
    };
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
    let (query, measure) = queried(trigger);
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

/// The query of a trigger, and how its value is compared.
pub(super) fn queried(trigger: &Value) -> (&str, Option<&str>) {
    let metadata = &trigger["metadata"];
    // Older files have the type among the metadata.
    let measure = trigger["metricType"].as_str().or(metadata["type"].as_str());
    (metadata["query"].as_str().unwrap_or_default(), measure)
}

/// A number of pods, also where it is written as a text.
pub(super) fn count(value: &Value) -> Option<u32> {
    let count = value
        .as_u64()
        .or_else(|| value.as_str()?.trim().parse().ok());
    count.and_then(|count| u32::try_from(count).ok())
}

/// The gateway's metric of which a query comes to the mean of all pods: KEDA divides a sum by the
/// pods itself.
pub(super) fn per_pod(query: &str, measure: Option<&str>) -> Option<&'static str> {
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
