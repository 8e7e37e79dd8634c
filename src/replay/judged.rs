//! Faults for which the cluster refuses an autoscaler that is to be tried.

use serde_json::{Value, json};

use super::problem::Problem;
use crate::export::check;
use crate::import::{self, Kind};
use crate::say::export::check as say;

/// Where KEDA's object has the behavior of its autoscaler.
const OF_KEDA: &str = "spec.advanced.horizontalPodAutoscalerConfig.behavior";
const BEHAVIOR: &str = "spec.behavior";

/// Refuses an autoscaler as the API server would; `autoscaler` is the one that KEDA makes where
/// the file has KEDA's object.
///
/// # Errors
///
/// [`Problem::Missing`] with each fault and its place.
pub(super) fn judge(kind: Kind, file: &Value, autoscaler: &Value) -> Result<(), Problem> {
    let version = file["apiVersion"].as_str().unwrap_or_default();
    let found = match (kind, version) {
        (Kind::Autoscaler, "autoscaling/v2beta1" | "autoscaling/v2beta2") => {
            vec![say::gone(version)]
        }
        (Kind::Autoscaler, "autoscaling/v1") => of_first_version(file),
        (Kind::Autoscaler, _) => faults(file),
        _ => of_behavior(&autoscaler["spec"]["behavior"]),
    };
    if found.is_empty() {
        return Ok(());
    }
    Err(Problem::Missing(say::refused(&found)))
}

/// What the API server refuses. No pods at all, and no metric, are told by the day itself.
fn faults(autoscaler: &Value) -> Vec<String> {
    let is_zero = autoscaler["spec"]["minReplicas"] == json!(0);
    let has_none = autoscaler["spec"]["metrics"] == json!([]);
    let is_told = |message: &str| {
        is_zero && message.starts_with("spec.minReplicas ")
            || has_none && message.starts_with("spec.metrics ")
    };
    let found = check::hpa(autoscaler).into_iter();
    let found = found.map(|fault| fault.message);
    found.filter(|message| !is_told(message)).collect()
}

/// The first version has a target of the CPU and no behavior.
fn of_first_version(file: &Value) -> Vec<String> {
    let newest = import::as_v2(file);
    let spec = &newest["spec"];
    let percent = &spec["metrics"][0]["resource"]["target"]["averageUtilization"];
    let mut metrics = json!([]);
    if file["spec"].get("targetCPUUtilizationPercentage").is_some() {
        let target = json!({ "type": "Utilization", "averageUtilization": percent });
        metrics = json!([{ "type": "Resource", "resource": { "name": "cpu", "target": target } }]);
    }
    let mut own = json!({ "metrics": metrics });
    for key in ["scaleTargetRef", "minReplicas", "maxReplicas"] {
        if let Some(value) = spec.get(key) {
            own[key] = value.clone();
        }
    }
    let inner = "spec.metrics.0.resource.target.averageUtilization";
    let found = faults(&json!({
        "apiVersion": "autoscaling/v2",
        "kind": file["kind"],
        "metadata": file["metadata"],
        "spec": own,
    }));
    let said = found.into_iter();
    said.map(|message| message.replace(inner, "spec.targetCPUUtilizationPercentage"))
        .collect()
}

/// What KEDA hands on to its autoscaler as it is.
fn of_behavior(behavior: &Value) -> Vec<String> {
    let mut spec = json!({
        "scaleTargetRef": { "kind": "Deployment", "name": "any" },
        "maxReplicas": 1,
    });
    if behavior.is_object() {
        spec["behavior"] = behavior.clone();
    }
    let found = faults(&json!({
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": { "name": "any" },
        "spec": spec,
    }));
    let said = found.into_iter();
    said.map(|message| message.replacen(BEHAVIOR, OF_KEDA, 1))
        .collect()
}
