//! Reads a `ScaledObject` of KEDA.
//!
//! # Source
//!
//! keda.sh, "`ScaledObject` specification" and the scalers for CPU, memory and Prometheus (2.20).

use serde_json::Value;

use super::behavior::behavior;
use super::fact::Facts;
use super::metric::{Measure, Requests, Targets, load_by_name};
use super::score::{gateway_of, other_container};
use super::value::{allowed, at, number};
use crate::export::check::amount;
use crate::scenario::Scenario;
use crate::scenario::property::{HPA_MAX, HPA_MIN, Number};
use crate::scenario::scaling::{LoadMetric, MetricSource};

const DEFAULT: &str = "KEDA fills it in";
const NO_TRIGGER: &str = "the file has no such trigger";
const BEHAVIOR: &str = "spec.advanced.horizontalPodAutoscalerConfig.behavior";

/// Its bounds, triggers and behavior.
pub(super) fn facts(document: &Value, gateway: Option<&str>, facts: &mut Facts) {
    bound(document, "spec.minReplicaCount", &HPA_MIN, 0.0, facts);
    bound(document, "spec.maxReplicaCount", &HPA_MAX, 100.0, facts);
    for (place, label, value) in [
        ("spec.cooldownPeriod", "Cooldown to zero", "300 s"),
        ("spec.pollingInterval", "Polling from zero", "30 s"),
    ] {
        if at(document, place).is_none() {
            facts.beside(
                place,
                label,
                value,
                "KEDA fills it in; no part of the model",
            );
        }
    }
    let misplaced = "spec.advanced.behavior";
    if at(document, misplaced).is_some() {
        let why = format!("has no effect there: KEDA reads {BEHAVIOR}");
        facts.unused(misplaced, why);
    }
    let formula = at(document, "spec.advanced.scalingModifiers.formula");
    let has_formula = formula.is_some_and(|formula| formula != "");
    if has_formula {
        let why = "one formula replaces all triggers, and is held constant";
        facts.unused("spec.advanced.scalingModifiers", why);
    }
    let mut targets = Targets::default();
    let triggers = triggers(document);
    let of_gateway = gateway_of(triggers.iter().map(|trigger| container(trigger)), gateway);
    for (index, trigger) in triggers.iter().enumerate() {
        let path = format!("spec.triggers.{index}");
        if has_formula {
            facts.unused(path, "only feeds the formula, which replaces it");
            continue;
        }
        if let Some(other) = container(trigger).filter(|own| Some(*own) != of_gateway) {
            facts.unused(path, other_container(other));
            continue;
        }
        match trigger["type"].as_str() {
            Some(name @ ("cpu" | "memory")) => {
                resource(trigger, (&path, name), &mut targets, facts);
            }
            Some("prometheus") => query(trigger, &path, &mut targets, facts),
            _ => Targets::held(&path, facts),
        }
    }
    targets.say("spec.triggers", NO_TRIGGER, facts);
    behavior(document, BEHAVIOR, facts);
}

fn triggers(document: &Value) -> &[Value] {
    let triggers = at(document, "spec.triggers").and_then(Value::as_array);
    triggers.map(Vec::as_slice).unwrap_or_default()
}

/// The container that a trigger watches alone.
fn container(trigger: &Value) -> Option<&str> {
    trigger["metadata"]["containerName"].as_str()
}

fn bound(
    document: &Value,
    place: &str,
    property: &'static Number<Scenario>,
    default: f64,
    facts: &mut Facts,
) {
    let said = at(document, place).filter(|value| !value.is_null());
    match said.map(number) {
        None => facts.filled(place, property, Some(default), DEFAULT),
        Some(Some(value)) => facts.number(place.to_owned(), property, value),
        Some(None) => facts.unused(place, allowed(property)),
    }
}

/// A trigger on CPU or memory: a share of the request, or a quantity of each pod.
fn resource(trigger: &Value, (path, name): (&str, &str), targets: &mut Targets, facts: &mut Facts) {
    let metadata = &trigger["metadata"];
    // Older files have the type among the metadata.
    let kind = trigger["metricType"].as_str().or(metadata["type"].as_str());
    let place = (path, format!("{path}.metadata.value"));
    let container = metadata["containerName"].as_str();
    let note = container.map(|container| format!("of the container {container} alone"));
    let measured = match kind {
        Some("Utilization") => (Measure::Share, number(&metadata["value"])),
        Some("AverageValue") => (Measure::Amount, amount(&metadata["value"])),
        _ => {
            let why = "needs metricType Utilization or AverageValue: KEDA refuses another";
            facts.unused(path, why);
            return;
        }
    };
    match measured {
        (measure, Some(value)) => targets.resource(place, (name, measure), value, note, facts),
        (_, None) => facts.unused(path, "its value is no number"),
    }
}

/// A query of Prometheus: known where it comes to the queue's depth in each pod.
fn query(trigger: &Value, path: &str, targets: &mut Targets, facts: &mut Facts) {
    let metadata = &trigger["metadata"];
    let query = metadata["query"].as_str().unwrap_or_default();
    let Some((requests, function)) = Requests::of_query(query) else {
        own(trigger, path, targets, facts);
        return;
    };
    // Without a type KEDA divides what the query gives by the pods.
    let kind = trigger["metricType"].as_str().unwrap_or("AverageValue");
    let note = match (kind, function) {
        ("AverageValue", "sum") => "the sum, divided by the pods",
        ("Value", "avg") => "the mean of the pods",
        ("AverageValue", "avg" | "max" | "min") => {
            facts.unused(path, "divides a value of one pod by all pods once more");
            return;
        }
        _ => {
            facts.unused(
                path,
                "compares the whole fleet with one number, which is not modelled",
            );
            return;
        }
    };
    match number(&metadata["threshold"]) {
        Some(value) => {
            let place = format!("{path}.metadata.threshold");
            let address = metadata["serverAddress"].as_str().unwrap_or("nowhere");
            let note = format!("{note}, read from {address}");
            targets.requests(requests, (path, place), value, Some(note));
        }
        None => facts.unused(path, "its threshold is no number"),
    }
}

/// A query of Prometheus that is the sum of one metric.
fn own(trigger: &Value, path: &str, targets: &mut Targets, facts: &mut Facts) {
    let metadata = &trigger["metadata"];
    let name = metadata["query"].as_str().and_then(summed);
    let source = match trigger["metricType"].as_str().unwrap_or("AverageValue") {
        "AverageValue" => Some(MetricSource::ExternalAverage),
        "Value" => Some(MetricSource::External),
        _ => None,
    };
    match (name, source, number(&metadata["threshold"])) {
        (Some(name), Some(source), Some(target)) => {
            let metric = LoadMetric {
                source,
                name: name.to_owned(),
                target,
                per_rps: load_by_name(name),
            };
            targets.own((path, format!("{path}.metadata.threshold")), &metric, facts);
        }
        _ => Targets::held(path, facts),
    }
}

/// The metric that a query sums up, if it does nothing else.
pub(crate) fn summed(query: &str) -> Option<&str> {
    let inner = query.trim().strip_prefix("sum(")?.strip_suffix(')')?.trim();
    let label = inner
        .strip_prefix("{__name__=\"")
        .and_then(|rest| rest.strip_suffix("\"}"));
    Some(label.unwrap_or(inner)).filter(|name| LoadMetric::is_name(name))
}
