//! A `HorizontalPodAutoscaler` of any version of its API as the newest version has it.

use serde_json::{Map, Value, json};

use super::fact::Fact;
use super::kind::Kind;
use super::value::{at, number};
use crate::scenario::property::{HPA_DOWN_TOLERANCE, HPA_MIN, HPA_UP_TOLERANCE};

/// Annotations that hold in JSON the parts that autoscaling/v1 has no field for.
pub(super) const METRICS: &str = "metadata.annotations.autoscaling.alpha.kubernetes.io/metrics";
pub(super) const BEHAVIOR: &str = "metadata.annotations.autoscaling.alpha.kubernetes.io/behavior";

/// The sources of a metric.
const SOURCES: [&str; 5] = [
    "resource",
    "containerResource",
    "pods",
    "object",
    "external",
];
/// Fields that earlier versions have beside the name of a metric, and their names in its target.
const TARGETS: [(&str, &str); 4] = [
    ("targetAverageUtilization", "averageUtilization"),
    ("targetAverageValue", "averageValue"),
    ("averageValue", "averageValue"),
    ("targetValue", "value"),
];

/// The remark on a field that the scenario's cluster is too old for.
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

/// The JSON of an annotation; none where there is no such annotation, or no JSON in it.
pub(super) fn annotation(document: &Value, place: &str) -> Option<Value> {
    serde_json::from_str(at(document, place)?.as_str()?).ok()
}

/// Keys with a small first letter: the annotation writes `ScaleUp`.
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

/// The autoscaler in the form of autoscaling/v2. Its numbers are numbers, also where the file
/// has them in quotes.
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

/// A metric with its name and its target where autoscaling/v2 has them.
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

/// A block in which each text that is a number is one; tolerances are quantities and stay.
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

/// A number, also one that is written as a text; anything else as it is.
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
