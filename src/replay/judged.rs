//! Validation of an autoscaler as the cluster would do it.

use serde_json::{Value, json};

use super::judged_keda;
use super::problem::Problem;
use crate::export::check;
use crate::import::{self, Kind};
use crate::say::export::check as say;

/// Path of the autoscaler's behavior in KEDA's object.
const OF_KEDA: &str = "spec.advanced.horizontalPodAutoscalerConfig.behavior";
const BEHAVIOR: &str = "spec.behavior";

/// Validates an autoscaler as the API server of a minor version would. For a KEDA object,
/// `autoscaler` is the one that KEDA generates.
///
/// # Errors
///
/// [`Problem::Missing`] with each fault and its path.
pub(super) fn judge(
    (kind, minor): (Kind, u32),
    file: &Value,
    autoscaler: &Value,
) -> Result<(), Problem> {
    // The API treats a null field as absent.
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

/// Validates a Deployment as the API server would; other kinds of workloads are not checked.
///
/// # Errors
///
/// [`Problem::Missing`] with each fault and its path.
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

/// A file without its null fields.
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

/// Faults that the API server rejects. It fills in an empty list of metrics, so the day reports
/// that itself.
fn faults(autoscaler: &Value, minor: u32) -> Vec<String> {
    let has_none = autoscaler["spec"]["metrics"] == json!([]);
    let is_told = |message: &str| has_none && message.starts_with("spec.metrics ");
    let found = check::hpa_of(autoscaler, minor).into_iter();
    let found = found.map(|fault| fault.message);
    found.filter(|message| !is_told(message)).collect()
}

/// Faults of `autoscaling/v1`, which has a CPU target and no behavior.
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

/// Faults of the behavior that KEDA passes on to its autoscaler.
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
