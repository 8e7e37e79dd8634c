//! Reads a `HorizontalPodAutoscaler` of any version of its API.

use serde_json::Value;

use super::behavior::behavior;
use super::fact::Facts;
use super::metric::{Measure, Requests, Targets};
use super::score::is_beside;
use super::value::{allowed, at, number};
use crate::export::check::amount;
use crate::scenario::property::{self, HPA_CPU, HPA_MAX, HPA_MIN};

/// What an autoscaler without metrics looks at, percent of the CPU request.
const CPU_PERCENT: f64 = 80.0;
const DEFAULT: &str = "Kubernetes fills it in";
const NO_METRIC: &str = "the file has no such target";

/// Its bounds, targets and behavior.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let version = document["apiVersion"].as_str().unwrap_or_default();
    for (old, gone) in [
        ("autoscaling/v2beta1", "1.25"),
        ("autoscaling/v2beta2", "1.26"),
    ] {
        if version == old {
            let why = format!("is gone since Kubernetes {gone}: write autoscaling/v2");
            facts.unused("apiVersion", why);
        }
    }
    bounds(document, facts);
    let mut targets = Targets::default();
    let percent = "spec.targetCPUUtilizationPercentage";
    match at(document, percent).map(number) {
        Some(Some(value)) => {
            let place = (percent, percent.to_owned());
            targets.resource(place, ("cpu", Measure::Share), value, None, facts);
        }
        Some(None) => facts.unused(percent, allowed(&HPA_CPU)),
        None => {}
    }
    let metrics = at(document, "spec.metrics").and_then(Value::as_array);
    for (index, metric) in metrics.into_iter().flatten().enumerate() {
        self::metric(
            metric,
            &format!("spec.metrics.{index}"),
            &mut targets,
            facts,
        );
    }
    let is_silent = metrics.is_none_or(Vec::is_empty) && targets.is_empty();
    targets.say("spec.metrics", NO_METRIC, facts);
    if is_silent {
        facts.values.retain(|fact| fact.key() != Some(HPA_CPU.key));
        facts.filled("spec.metrics", &HPA_CPU, Some(CPU_PERCENT), DEFAULT);
    }
    behavior(document, "spec.behavior", facts);
}

fn bounds(document: &Value, facts: &mut Facts) {
    let place = "spec.minReplicas";
    match at(document, place).map(number) {
        None => facts.filled(place, &HPA_MIN, Some(1.0), DEFAULT),
        Some(Some(value)) if value <= 0.0 && !has_outside_metric(document) => facts.unused(
            place,
            "0 pods need a metric of type Object or External, and Kubernetes 1.37",
        ),
        Some(Some(value)) => quoted(document, place, value, &HPA_MIN, facts),
        Some(None) => facts.unused(place, allowed(&HPA_MIN)),
    }
    let place = "spec.maxReplicas";
    match at(document, place).map(number) {
        None => facts.unused(place, "is required, and the file has none"),
        Some(Some(value)) => quoted(document, place, value, &HPA_MAX, facts),
        Some(None) => facts.unused(place, allowed(&HPA_MAX)),
    }
}

/// A number that the API server takes without quotes only.
fn quoted(
    document: &Value,
    place: &str,
    value: f64,
    property: &'static property::Number<crate::scenario::Scenario>,
    facts: &mut Facts,
) {
    if at(document, place).is_some_and(Value::is_string) {
        let note = "in quotes, which an API server refuses";
        facts.noted(place.to_owned(), property, value, note);
    } else {
        facts.number(place.to_owned(), property, value);
    }
}

fn has_outside_metric(document: &Value) -> bool {
    let metrics = at(document, "spec.metrics").and_then(Value::as_array);
    let mut metrics = metrics.into_iter().flatten();
    metrics.any(|metric| metric["type"] == "Object" || metric["type"] == "External")
}

fn metric(metric: &Value, path: &str, targets: &mut Targets, facts: &mut Facts) {
    match metric["type"].as_str() {
        Some("Resource") => resource(&metric["resource"], (path, "resource"), targets, facts),
        Some("ContainerResource") => {
            let source = &metric["containerResource"];
            let container = source["container"].as_str().unwrap_or_default();
            if is_beside(container) {
                let why = format!("watches the container {container}, which is not the gateway");
                facts.unused(path, why);
            } else {
                resource(source, (path, "containerResource"), targets, facts);
            }
        }
        Some("Pods") => custom(&metric["pods"], (path, "pods"), targets, facts),
        Some("Object") => custom(&metric["object"], (path, "object"), targets, facts),
        Some("External") => custom(&metric["external"], (path, "external"), targets, facts),
        _ => Targets::held(path, facts),
    }
}

/// CPU or memory, of the pod or of one container.
fn resource(source: &Value, (path, key): (&str, &str), targets: &mut Targets, facts: &mut Facts) {
    let name = source["name"].as_str().unwrap_or_default();
    let container = source["container"].as_str();
    let note = container.map(|container| format!("of the container {container} alone"));
    // v2beta1 has the target beside the name.
    let places = [
        ("target.averageUtilization", Measure::Share),
        ("targetAverageUtilization", Measure::Share),
        ("target.averageValue", Measure::Amount),
        ("targetAverageValue", Measure::Amount),
    ];
    let found = places.iter().find_map(|(place, measure)| {
        let value = at(source, place)?;
        let value = match measure {
            Measure::Share => number(value),
            Measure::Amount => amount(value),
        };
        Some((place, *measure, value))
    });
    match found {
        Some((place, measure, Some(value))) => {
            let place = (path, format!("{path}.{key}.{place}"));
            targets.resource(place, (name, measure), value, note, facts);
        }
        Some((_, _, None)) => facts.unused(path, "its target is no number"),
        None => facts.unused(path, "needs averageUtilization or averageValue"),
    }
}

/// A metric of pods, of another object, or from outside: a queue's depth for each pod is known.
fn custom(source: &Value, (path, key): (&str, &str), targets: &mut Targets, facts: &mut Facts) {
    let name = source["metric"]["name"]
        .as_str()
        .or(source["metricName"].as_str());
    let Some(requests) = name.and_then(Requests::of) else {
        Targets::held(path, facts);
        return;
    };
    let places = ["target.averageValue", "targetAverageValue"];
    let found = places
        .iter()
        .find_map(|place| Some((place, at(source, place)?)));
    match found.map(|(place, value)| (place, amount(value))) {
        Some((place, Some(value))) => {
            let place = format!("{path}.{key}.{place}");
            targets.requests(requests, (path, place), value, None);
        }
        _ => facts.unused(path, "only averageValue of the queue's depth is modelled"),
    }
}
