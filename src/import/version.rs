//! Converts a `HorizontalPodAutoscaler` of any version to the newest.

use serde_json::{Map, Value, json};

use super::fact::Fact;
use super::kind::Kind;
use super::value::{at, number};
use crate::scenario::property::{HPA_DOWN_TOLERANCE, HPA_MIN, HPA_UP_TOLERANCE};

/// Annotations with JSON for fields that autoscaling/v1 does not have.
pub(super) const METRICS: &str = "metadata.annotations.autoscaling.alpha.kubernetes.io/metrics";
pub(super) const BEHAVIOR: &str = "metadata.annotations.autoscaling.alpha.kubernetes.io/behavior";

/// Metric sources.
const SOURCES: [&str; 5] = [
    "resource",
    "containerResource",
    "pods",
    "object",
    "external",
];
/// Fields of earlier versions beside the metric name, and their names in the target.
const TARGETS: [(&str, &str); 4] = [
    ("targetAverageUtilization", "averageUtilization"),
    ("targetAverageValue", "averageValue"),
    ("averageValue", "averageValue"),
    ("targetValue", "value"),
];

/// Note on a field that requires a newer cluster than the scenario's.
///
/// # Source
///
/// Kubernetes, KEP-4951 (tolerance) and KEP-2021 (scale to zero).
pub(super) fn early(cluster: &str, fact: &Fact, kind: Kind) -> Option<String> {
    let is = |key: &str| fact.key() == Some(key);
    let is_tolerance = is(HPA_UP_TOLERANCE.key) || is(HPA_DOWN_TOLERANCE.key);
    let is_zero = kind == Kind::Autoscaler && is(HPA_MIN.key) && fact.number() == Some(0.0);
    let minor: u32 = cluster.rsplit('.').next()?.parse().ok()?;
    let why = match minor {
        ..33 if is_tolerance => "has no such field: its API server refuses or drops it",
        33 | 34 if is_tolerance => "drops it, unless its gate HPAConfigurableTolerance is on",
        ..37 if is_zero => "refuses 0, unless its gate HPAScaleToZero is on",
        _ => return None,
    };
    Some(format!("Kubernetes {cluster} {why}"))
}

/// JSON in an annotation; `None` if absent or invalid.
pub(super) fn annotation(document: &Value, place: &str) -> Option<Value> {
    serde_json::from_str(at(document, place)?.as_str()?).ok()
}

/// Value with keys in lower camel case; annotations write `ScaleUp`.
pub(super) fn lower(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let small = |key: String| {
                let mut letters = key.chars();
                let first = letters.next().map(|first| first.to_ascii_lowercase());
                first.into_iter().chain(letters).collect::<String>()
            };
            let fields = fields
                .into_iter()
                .map(|(key, value)| (small(key), lower(value)));
            Value::Object(fields.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(lower).collect()),
        other => other,
    }
}

/// Autoscaler in the form of autoscaling/v2, with numbers unquoted.
pub(crate) fn as_v2(document: &Value) -> Value {
    let spec = &document["spec"];
    let older = annotation(document, METRICS);
    let lists = [Some(&spec["metrics"]), older.as_ref()];
    let lists = lists.into_iter().flatten().filter_map(Value::as_array);
    let mut metrics: Vec<Value> = lists.flatten().map(metric).collect();
    let percent = number(&spec["targetCPUUtilizationPercentage"]);
    metrics.extend(percent.map(|percent| {
        let target = json!({ "averageUtilization": plain(&json!(percent)) });
        json!({ "type": "Resource", "resource": { "name": "cpu", "target": target } })
    }));
    let behavior = annotation(document, BEHAVIOR).map(lower);
    let behavior = behavior.as_ref().unwrap_or(&spec["behavior"]);
    let mut object = document.clone();
    if let Some(fields) = object.get_mut("spec").and_then(Value::as_object_mut) {
        for key in ["minReplicas", "maxReplicas"] {
            if let Some(bound) = fields.get_mut(key) {
                *bound = plain(bound);
            }
        }
        fields.insert("metrics".to_owned(), Value::Array(metrics));
        fields.insert("behavior".to_owned(), numbers(behavior));
    }
    object
}

/// Metric with its name and target as in autoscaling/v2.
fn metric(metric: &Value) -> Value {
    let mut metric = metric.clone();
    for key in SOURCES {
        let Some(source) = metric.get_mut(key).and_then(Value::as_object_mut) else {
            continue;
        };
        if !source.contains_key("target") {
            let older = TARGETS.iter();
            let target: Map<String, Value> = older
                .filter_map(|(old, new)| Some(((*new).to_owned(), source.get(*old)?.clone())))
                .collect();
            source.insert("target".to_owned(), Value::Object(target));
        }
        if let Some(percent) = source["target"].get_mut("averageUtilization") {
            *percent = plain(percent);
        }
        if let Some(name) = source.get("metricName").cloned() {
            source
                .entry("metric")
                .or_insert_with(|| json!({ "name": name }));
        }
    }
    metric
}

/// Block with numeric texts as numbers, except tolerances, which are quantities.
fn numbers(block: &Value) -> Value {
    match block {
        Value::Object(fields) => {
            let of = |(key, value): (&String, &Value)| {
                let is_quantity = key == "tolerance";
                let value = if is_quantity {
                    value.clone()
                } else {
                    numbers(value)
                };
                (key.clone(), value)
            };
            Value::Object(fields.iter().map(of).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(numbers).collect()),
        other => plain(other),
    }
}

/// Number, possibly in quotes; any other value unchanged.
fn plain(value: &Value) -> Value {
    const EXACT: f64 = 9e15;
    match number(value) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number within bounds"
        )]
        Some(whole) if whole.fract() == 0.0 && whole.abs() < EXACT => json!(whole as i64),
        Some(number) => json!(number),
        None => value.clone(),
    }
}
