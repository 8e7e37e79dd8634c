//! Faults for which the cluster refuses an autoscaler that is to be tried.

use serde_json::{Value, json};

use super::judged_keda;
use super::problem::Problem;
use crate::export::check;
use crate::import::{self, Kind};
use crate::say::export::check as say;

/// Where KEDA's object has the behavior of its autoscaler.
const OF_KEDA: &str = "spec.advanced.horizontalPodAutoscalerConfig.behavior";
const BEHAVIOR: &str = "spec.behavior";

/// Refuses an autoscaler as the API server of a minor version would; `autoscaler` is the one that
/// KEDA makes where the file has KEDA's object.
///
/// # Errors
///
/// [`Problem::Missing`] with each fault and its place.
pub(super) fn judge(
    (kind, minor): (Kind, u32),
    file: &Value,
    autoscaler: &Value,
) -> Result<(), Problem> {
    // The API reads a field without a value as one that is absent.
    let file = &with_values(file);
    if kind == Kind::ScaledObject {
        let found = judged_keda::faults(file);
        if !found.is_empty() {
            return Err(Problem::Missing(say::refused_by_keda(&found)));
        }
    }
    let version = file["apiVersion"].as_str().unwrap_or_default();
    let found = match (kind, version) {
        (Kind::Autoscaler, "autoscaling/v2beta1" | "autoscaling/v2beta2") => {
            vec![say::gone(version)]
        }
        (Kind::Autoscaler, "autoscaling/v1") => of_first_version(file, minor),
        (Kind::Autoscaler, _) => faults(file, minor),
        _ => of_behavior(&autoscaler["spec"]["behavior"], minor),
    };
    if found.is_empty() {
        return Ok(());
    }
    Err(Problem::Missing(say::refused(&found)))
}

/// Refuses a Deployment as the API server would; workloads of other kinds are taken as they are.
///
/// # Errors
///
/// [`Problem::Missing`] with each fault and its place.
pub(super) fn judge_workload(file: &Value) -> Result<(), Problem> {
    if file["kind"] != "Deployment" {
        return Ok(());
    }
    let found = check::deployment(&with_values(file)).into_iter();
    let found: Vec<String> = found.map(|fault| fault.message).collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(Problem::Missing(say::refused_workload(&found)))
}

/// A file without the fields that are null.
fn with_values(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let set = fields.iter().filter(|(_, value)| !value.is_null());
            let own = set.map(|(key, value)| (key.clone(), with_values(value)));
            Value::Object(own.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(with_values).collect()),
        other => other.clone(),
    }
}

/// The faults that the API server refuses. An empty list of metrics is told by the day itself: the
/// API fills it in.
fn faults(autoscaler: &Value, minor: u32) -> Vec<String> {
    let has_none = autoscaler["spec"]["metrics"] == json!([]);
    let is_told = |message: &str| has_none && message.starts_with("spec.metrics ");
    let found = check::hpa_of(autoscaler, minor).into_iter();
    let found = found.map(|fault| fault.message);
    found.filter(|message| !is_told(message)).collect()
}

/// The first version has a target of the CPU and no behavior.
fn of_first_version(file: &Value, minor: u32) -> Vec<String> {
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
    let newest = json!({
        "apiVersion": "autoscaling/v2",
        "kind": file["kind"],
        "metadata": file["metadata"],
        "spec": own,
    });
    let found = faults(&newest, minor);
    let said = found.into_iter();
    said.map(|message| message.replace(inner, "spec.targetCPUUtilizationPercentage"))
        .collect()
}

/// What KEDA hands on to its autoscaler as it is.
fn of_behavior(behavior: &Value, minor: u32) -> Vec<String> {
    let mut spec = json!({
        "scaleTargetRef": { "kind": "Deployment", "name": "any" },
        "maxReplicas": 1,
    });
    if behavior.is_object() {
        spec["behavior"] = behavior.clone();
    }
    let any = json!({
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": { "name": "any" },
        "spec": spec,
    });
    let found = faults(&any, minor);
    let said = found.into_iter();
    said.map(|message| message.replacen(BEHAVIOR, OF_KEDA, 1))
        .collect()
}
