//! Reads a `HorizontalPodAutoscaler` of any API version.

use serde_json::{Value, json};

use super::behavior::behavior;
use super::fact::{Facts, Of};
use super::lines::join;
use super::metric::{LABELS, Measure, Requests, Targets, load_by_name};
use super::placeholder::{self, is_placeholder};
use super::score::{gateway_of, other_container};
use super::value::{at, number};
use super::version::{self, BEHAVIOR, METRICS, lower};
use crate::export::check::amount;
use crate::scenario::property::{self, HPA_CPU, HPA_MAX, HPA_MIN};
use crate::scenario::scaling::{LoadMetric, MetricSource};

/// Kubernetes' default metric: CPU utilization in percent of the request.
const CPU_PERCENT: f64 = 80.0;
const DEFAULT: &str = "Kubernetes fills it in";
const NO_TARGET: &str = "needs averageUtilization or averageValue";
const NO_VALUE: &str = "has no target";
const NO_METRIC: &str = "the file has no such target";

/// Facts on bounds, targets and behavior.
pub(super) fn facts(document: &Value, gateway: Option<&str>, facts: &mut Facts) {
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
        Some(None) => facts.refused(percent, &HPA_CPU),
        None => {}
    }
    let metrics = at(document, "spec.metrics").and_then(Value::as_array);
    let metrics = metrics.map(Vec::as_slice).unwrap_or_default();
    let older = annotation(document, METRICS, facts);
    let older = older.as_ref().and_then(Value::as_array);
    let older = older.map(Vec::as_slice).unwrap_or_default();
    let here = metrics.iter().enumerate();
    let here = here.map(|(index, metric)| (metric, format!("spec.metrics.{index}")));
    let all = here.chain(older.iter().map(|metric| (metric, METRICS.to_owned())));
    let all: Vec<(&Value, String)> = all.collect();
    let of_gateway = gateway_of(all.iter().map(|(metric, _)| container(metric)), gateway);
    for (metric, path) in &all {
        match container(metric).filter(|own| Some(*own) != of_gateway) {
            Some(other) if is_placeholder(other) => {
                let name = metric["containerResource"]["name"].as_str();
                targets.open_resource(name.unwrap_or_default());
                facts.unused(path, placeholder::reason(metric, NO_TARGET));
            }
            Some(other) => facts.unused(path, other_container(other)),
            None => self::metric(metric, path, &mut targets, facts),
        }
    }
    let is_silent = all.is_empty() && targets.is_empty();
    targets.say("spec.metrics", NO_METRIC, facts);
    if is_silent {
        facts.values.retain(|fact| fact.key() != Some(HPA_CPU.key));
        facts.filled("spec.metrics", &HPA_CPU, Some(CPU_PERCENT), DEFAULT);
    }
    match annotation(document, BEHAVIOR, facts) {
        Some(block) => {
            let inner = json!({ "behavior": lower(block) });
            facts.moved(
                |facts| behavior(&inner, "behavior", facts),
                |_| BEHAVIOR.to_owned(),
            );
        }
        None => behavior(document, "spec.behavior", facts),
    }
}

/// Reads a list of metrics from outside an autoscaler.
pub(super) fn metrics(list: &[Value], path: &str, targets: &mut Targets, facts: &mut Facts) {
    for (index, metric) in list.iter().enumerate() {
        self::metric(metric, &join(path, &index.to_string()), targets, facts);
    }
}

/// Container watched by a metric, if only one.
fn container(metric: &Value) -> Option<&str> {
    metric["containerResource"]["container"].as_str()
}

/// Annotation with JSON for fields that autoscaling/v1 does not have.
fn annotation(document: &Value, place: &str, facts: &mut Facts) -> Option<Value> {
    at(document, place)?.as_str()?;
    let read = version::annotation(document, place);
    if read.is_some() {
        facts.understood.push(place.to_owned());
    } else {
        facts.unused(place, "is no JSON");
    }
    read
}

fn bounds(document: &Value, facts: &mut Facts) {
    let place = "spec.minReplicas";
    let said = at(document, place).filter(|value| !value.is_null());
    match said.map(number) {
        None => facts.filled(place, &HPA_MIN, Some(1.0), DEFAULT),
        Some(Some(0.0)) if !has_outside_metric(document) => facts.unread(
            place,
            Of::Number(&HPA_MIN),
            "0 pods need a metric of type Object or External, and Kubernetes 1.37",
        ),
        Some(Some(value)) => quoted(document, place, value, &HPA_MIN, facts),
        Some(None) => facts.refused(place, &HPA_MIN),
    }
    let place = "spec.maxReplicas";
    match at(document, place).map(number) {
        None => facts.unused(place, "is required, and the file has none"),
        Some(Some(value)) => quoted(document, place, value, &HPA_MAX, facts),
        Some(None) => facts.refused(place, &HPA_MAX),
    }
    facts.check_bounds("minReplicas", "an API server");
}

/// Records a number, with a note if it is in quotes, which an API server rejects.
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
            resource(source, (path, "containerResource"), targets, facts);
        }
        Some("Pods") => custom(&metric["pods"], (path, Kind::Pods), targets, facts),
        Some("Object") => custom(&metric["object"], (path, Kind::Object), targets, facts),
        Some("External") => custom(&metric["external"], (path, Kind::External), targets, facts),
        _ if !metric.is_object() => {
            targets.open();
            facts.unused(path, placeholder::unfilled(metric));
        }
        Some(kind) => {
            targets.open();
            let why = format!("{kind} is no type of a metric");
            facts.unused(path, placeholder::reason(metric, &why));
        }
        None => {
            targets.open();
            facts.unused(path, "has no type, and an API server refuses it");
        }
    }
}

/// Reads CPU or memory, of the pod or of one container.
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
        Some((place, measure, None)) => {
            // The file has a target, and nobody knows it: the scenario's own stays.
            if let Some(slot) = Targets::slot(name, measure) {
                facts.refused(format!("{path}.{key}.{place}"), slot);
            } else {
                targets.open_resource(name);
                facts.unused(path, placeholder::reason(source, "its target is no number"));
            }
        }
        None => {
            targets.open_resource(name);
            facts.unused(path, placeholder::reason(source, NO_TARGET));
        }
    }
}

/// Kind of a metric other than a resource.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pods,
    Object,
    External,
}

impl Kind {
    /// Key of the kind, and its sources with a total target and a per-pod target.
    const fn parts(self) -> (&'static str, [Option<MetricSource>; 2]) {
        use MetricSource::{External, ExternalAverage, Object, ObjectAverage, Pods};
        match self {
            Self::Pods => ("pods", [None, Some(Pods)]),
            Self::Object => ("object", [Some(Object), Some(ObjectAverage)]),
            Self::External => ("external", [Some(External), Some(ExternalAverage)]),
        }
    }
}

/// Series selected by a metric source: labels, and the name of another object.
fn scope(source: &Value) -> String {
    let parts = [
        &source["metric"]["selector"],
        &source["metricSelector"],
        &source["selector"],
        &source["describedObject"]["kind"],
        &source["describedObject"]["name"],
    ];
    let said = parts.into_iter().filter(|part| !part.is_null());
    said.map(Value::to_string).collect()
}

/// Reads a metric of pods, of another object, or external. Waiting and in-flight requests per pod
/// are known; others become the user's own metrics.
fn custom(source: &Value, (path, kind): (&str, Kind), targets: &mut Targets, facts: &mut Facts) {
    let name = source["metric"]["name"]
        .as_str()
        .or(source["metricName"].as_str());
    let (key, [whole, average]) = kind.parts();
    let places = [
        ("target.averageValue", average),
        ("target.value", whole),
        ("targetAverageValue", average),
        ("targetValue", whole),
        // v2beta1 names an object's average `averageValue`.
        ("averageValue", average),
    ];
    let found = places
        .iter()
        .find_map(|(place, source_kind)| Some((place, *source_kind, at(source, place)?)));
    let Some((place, source_kind, value)) = found else {
        targets.open_requests(name);
        facts.unused(path, placeholder::reason(source, NO_VALUE));
        return;
    };
    let whole = format!("{path}.{key}.{place}");
    let plain = name.filter(|name| !is_placeholder(name));
    let (Some(name), Some(value)) = (plain, amount(value)) else {
        let requests = name.and_then(Requests::of);
        let of_pods = requests.filter(|_| source_kind.is_some_and(|source| !source.is_whole()));
        if let Some(requests) = of_pods {
            facts.refused(whole, requests.slot());
        } else {
            targets.open_requests(name);
            let why = "its name or its target cannot be read";
            facts.unread(whole, Of::Choice(&property::HPA_METRICS), why);
        }
        return;
    };
    let place = (path, whole);
    let scope = scope(source);
    let selectors = ["metricSelector", "selector"].map(|key| &source[key]);
    let mut selectors = selectors.into_iter().chain([&source["metric"]["selector"]]);
    let has_labels = selectors.any(|selector| !selector.is_null());
    let note = has_labels.then(|| LABELS.to_owned());
    match (Requests::of(name), source_kind) {
        (Some(requests), Some(source)) if !source.is_whole() => {
            targets.requests((requests, scope), place, value, note);
        }
        (_, Some(source)) => {
            let metric = LoadMetric {
                source,
                name: name.to_owned(),
                target: value,
                per_rps: load_by_name(name),
            };
            targets.own(place, (&metric, scope, note), facts);
        }
        (_, None) => {
            targets.open_requests(Some(name));
            facts.unused(path, "a metric of pods needs averageValue");
        }
    }
}
