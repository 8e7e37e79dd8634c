//! Reads a `ScaledObject` of KEDA.
//!
//! # Source
//!
//! keda.sh, "`ScaledObject` specification" and the scalers for CPU, memory and Prometheus (2.20).

use serde_json::Value;

use super::behavior::behavior;
use super::fact::{Fact, Facts, Of};
use super::metric::{LABELS, Measure, Requests, Targets, load_by_name};
use super::placeholder::{self, is_placeholder};
use super::query::{Function, Query};
use super::schedule::schedules;
use super::score::{gateway_of, other_container};
use super::value::{at, number};
use crate::export::check::{amount, needs_a_pod};
use crate::say::export::check::NO_POD;
use crate::scenario::Scenario;
use crate::scenario::property::{HPA_MAX, HPA_METRICS, HPA_MIN, Number};
use crate::scenario::scaling::{LoadMetric, MetricSource};

const DEFAULT: &str = "KEDA fills it in";
const NO_TYPE: &str = "has no type, and KEDA refuses it";
const NO_TRIGGER: &str = "the file has no such trigger";
const OF_EACH: &str = "is a mean over others than the gateway's pods, and is held constant";
const PAUSED: &str = "pauses the autoscaler, which is read as if it ran";
const NO_QUOTES: &str = "without quotes, which an API server refuses";
const NO_TEXT: &str = "must be a text in quotes: an API server refuses it as it stands";
const TYPE_GONE: &str = "was removed in KEDA 2.18, which refuses it: use metricType";
const CACHED: &str = "lets the value be as old as pollingInterval; a day reads it at each sync";
const NOT_CACHED: &str = "is refused by KEDA for this type of trigger";
const BEHAVIOR: &str = "spec.advanced.horizontalPodAutoscalerConfig.behavior";

/// Reads bounds, triggers and behavior.
pub(super) fn facts(document: &Value, gateway: Option<&str>, facts: &mut Facts) {
    bound(document, "spec.minReplicaCount", &HPA_MIN, 0.0, facts);
    bound(document, "spec.maxReplicaCount", &HPA_MAX, 100.0, facts);
    facts.check_bounds("minReplicaCount", "KEDA");
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
    paused(document, facts);
    let misplaced = "spec.advanced.behavior";
    if at(document, misplaced).is_some() {
        let why = format!("has no effect there: KEDA reads {BEHAVIOR}");
        facts.unused(misplaced, why);
    }
    let formula = at(document, "spec.advanced.scalingModifiers.formula");
    let has_formula = formula.is_some_and(|formula| formula != "");
    if has_formula {
        let why = "one formula replaces the triggers that are no resource, and is held constant";
        facts.unused("spec.advanced.scalingModifiers", why);
    }
    let mut found = Triggers::default();
    let triggers = triggers(document);
    empty(triggers, facts);
    let of_gateway = gateway_of(triggers.iter().map(|trigger| container(trigger)), gateway);
    for (index, trigger) in triggers.iter().enumerate() {
        let path = format!("spec.triggers.{index}");
        // KEDA keeps pod resource metrics next to its formula.
        let is_kept = matches!(trigger["type"].as_str(), Some("cpu" | "memory"))
            && container(trigger).is_none();
        if has_formula && !is_kept {
            facts.unused(path, "only feeds the formula, which replaces it");
        } else {
            found.take(trigger, path, of_gateway, facts);
        }
    }
    let Triggers {
        targets,
        crons,
        is_open,
    } = found;
    targets.say("spec.triggers", NO_TRIGGER, facts);
    if !crons.is_empty() || !is_open {
        schedules(&crons, ("spec.triggers", NO_TRIGGER), facts);
    }
    for (index, trigger) in triggers.iter().enumerate() {
        beside(trigger, &format!("spec.triggers.{index}"), facts);
    }
    behavior(document, BEHAVIOR, facts);
}

/// Reports a minimum of 0 that KEDA refuses for these triggers.
fn empty(triggers: &[Value], facts: &mut Facts) {
    // A type that nobody knows may be any.
    let types = triggers.iter().map(|trigger| trigger["type"].as_str());
    let is_least = |fact: &&mut Fact| fact.key() == Some(HPA_MIN.key) && fact.number() == Some(0.0);
    if needs_a_pod(types.map(Option::unwrap_or_default))
        && let Some(fact) = facts.values.iter_mut().find(is_least)
    {
        fact.remark(NO_POD);
    }
}

/// The triggers of an object as far as they were read.
#[derive(Default)]
struct Triggers<'t> {
    targets: Targets,
    crons: Vec<(String, &'t Value)>,
    /// Whether there is one of which nobody knows the type.
    is_open: bool,
}

impl<'t> Triggers<'t> {
    fn take(
        &mut self,
        trigger: &'t Value,
        path: String,
        of_gateway: Option<&str>,
        facts: &mut Facts,
    ) {
        let other = container(trigger).filter(|own| Some(*own) != of_gateway);
        let kind = trigger["type"].as_str();
        match (kind, other) {
            (_, Some(other)) if is_placeholder(other) => {
                self.targets.open_resource(kind.unwrap_or_default());
                facts.unused(path, placeholder::HOLDS_GAP);
            }
            (_, Some(other)) => facts.unused(path, other_container(other)),
            (Some(name @ ("cpu" | "memory")), _) => {
                resource(trigger, (&path, name), &mut self.targets, facts);
            }
            (Some("prometheus"), _) => query(trigger, &path, &mut self.targets, facts),
            (Some("cron"), _) => self.crons.push((path, trigger)),
            (Some(kind), _) if !is_placeholder(kind) => Targets::held(&path, facts),
            (kind, _) => {
                self.targets.open();
                self.is_open = true;
                let why = kind.map_or(NO_TYPE, |_| placeholder::HOLDS_GAP).to_owned();
                let is_object = trigger.is_object();
                let why = Some(why).filter(|_| is_object);
                facts.unused(path, why.unwrap_or_else(|| placeholder::unfilled(trigger)));
            }
        }
    }
}

/// The parts of a trigger around its target: metadata that are no texts, and a cache.
fn beside(trigger: &Value, path: &str, facts: &mut Facts) {
    let is_cached = trigger["useCachedMetrics"] == true;
    if is_cached {
        let is_none = matches!(trigger["type"].as_str(), Some("cpu" | "memory" | "cron"));
        let why = if is_none { NOT_CACHED } else { CACHED };
        facts.unused(format!("{path}.useCachedMetrics"), why);
    }
    let metadata = trigger["metadata"].as_object().into_iter().flatten();
    for (key, _) in metadata.filter(|(_, value)| !value.is_string() && !value.is_null()) {
        let place = format!("{path}.metadata.{key}");
        let own = facts.values.iter_mut().find(|fact| fact.path == place);
        match own {
            Some(fact) => fact.remark(NO_QUOTES),
            None => facts.unused(place, NO_TEXT),
        }
    }
}

/// Reports annotations that pause scaling; the object is read as if active.
fn paused(document: &Value, facts: &mut Facts) {
    for name in [
        "paused-replicas",
        "paused",
        "paused-scale-in",
        "paused-scale-out",
    ] {
        let place = format!("metadata.annotations.autoscaling.keda.sh/{name}");
        let value = at(document, &place).filter(|value| *value != "false" && **value != false);
        if value.is_some() {
            facts.unused(place, PAUSED);
        }
    }
}

fn triggers(document: &Value) -> &[Value] {
    let triggers = at(document, "spec.triggers").and_then(Value::as_array);
    triggers.map(Vec::as_slice).unwrap_or_default()
}

/// Container watched by a trigger, if only one.
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
        Some(None) => facts.refused(place, property),
    }
}

/// Reads a CPU or memory trigger: a share of the request, or a quantity per pod.
fn resource(trigger: &Value, (path, name): (&str, &str), targets: &mut Targets, facts: &mut Facts) {
    let metadata = &trigger["metadata"];
    // Older files have the type in the metadata.
    let kind = trigger["metricType"].as_str().or(metadata["type"].as_str());
    let place = (path, format!("{path}.metadata.value"));
    if !metadata["type"].is_null() {
        facts.unused(format!("{path}.metadata.type"), TYPE_GONE);
    }
    let container = metadata["containerName"].as_str();
    let note = container.map(|container| format!("of the container {container} alone"));
    let measured = match kind {
        Some("Utilization") => (Measure::Share, number(&metadata["value"])),
        Some("AverageValue") => (Measure::Amount, amount(&metadata["value"])),
        _ => {
            let why = "needs metricType Utilization or AverageValue: KEDA refuses another";
            targets.open_resource(name);
            facts.unused(path, placeholder::reason(trigger, why));
            return;
        }
    };
    match measured {
        (measure, Some(value)) => targets.resource(place, (name, measure), value, note, facts),
        (measure, None) => {
            if let Some(slot) = Targets::slot(name, measure) {
                facts.refused(place.1, slot);
            } else {
                targets.open_resource(name);
                facts.unused(path, "its value is no number");
            }
        }
    }
}

/// Reads a Prometheus query: waiting or in-flight requests per pod, or a user's own metric.
fn query(trigger: &Value, path: &str, targets: &mut Targets, facts: &mut Facts) {
    let metadata = &trigger["metadata"];
    // KEDA's default type divides the result by the number of pods.
    let kind = trigger["metricType"].as_str().unwrap_or("AverageValue");
    if kind != "AverageValue" && kind != "Value" {
        let why = "needs metricType AverageValue or Value: KEDA refuses another";
        targets.open_requests(None);
        facts.unused(path, placeholder::reason(trigger, why));
        return;
    }
    let read = metadata["query"].as_str().unwrap_or_default();
    let query = match Query::read(read) {
        Ok(query) => query,
        Err(why) => {
            if is_placeholder(read) || read.is_empty() {
                targets.open_requests(None);
            }
            facts.unused(path, placeholder::reason(&metadata["query"], why));
            return;
        }
    };
    if metadata["threshold"].is_null() {
        targets.open_requests(Some(&query.name));
        facts.unused(path, "has no threshold, and KEDA refuses it");
        return;
    }
    let place = format!("{path}.metadata.threshold");
    let Some(threshold) = number(&metadata["threshold"]) else {
        match Requests::of(&query.name) {
            Some(requests) => facts.refused(place, requests.slot()),
            None => facts.unread(
                place,
                Of::Choice(&HPA_METRICS),
                "its threshold is no number",
            ),
        }
        return;
    };
    let value = query.target(threshold);
    let Some(requests) = Requests::of(&query.name) else {
        let scope = scope(&query, read);
        own(&query, (kind, scope), (path, place, value), targets, facts);
        return;
    };
    let note = match (kind, query.function) {
        ("AverageValue", Function::Sum) => "the sum, divided by the pods",
        ("Value", Function::Mean) => "the mean of the pods",
        ("AverageValue", Function::Mean) => {
            facts.unused(path, "divides a value of one pod by all pods once more");
            return;
        }
        (_, Function::One) => {
            let why = "gives a row for each pod, and KEDA takes a query of one row only";
            facts.unused(path, why);
            return;
        }
        _ => {
            let why = "compares the whole fleet with one number, which is not modelled";
            facts.unused(path, why);
            return;
        }
    };
    let address = metadata["serverAddress"].as_str().unwrap_or("nowhere");
    let note = format!("{note}, read from {address}");
    let notes: Vec<String> = [note].into_iter().chain(query.late.clone()).collect();
    let note = Some(notes.join("; "));
    targets.requests((requests, scope(&query, read)), (path, place), value, note);
}

/// Query text if it selects by labels; empty otherwise.
fn scope(query: &Query, text: &str) -> String {
    if query.has_labels {
        text.split_whitespace().collect()
    } else {
        String::new()
    }
}

/// Records a metric that is not the gateway's.
fn own(
    query: &Query,
    (kind, scope): (&str, String),
    (path, place, target): (&str, String, f64),
    targets: &mut Targets,
    facts: &mut Facts,
) {
    if query.function == Function::Mean {
        facts.unused(path, OF_EACH);
        return;
    }
    let metric = LoadMetric {
        source: match kind {
            "Value" => MetricSource::External,
            _ => MetricSource::ExternalAverage,
        },
        name: query.name.clone(),
        target,
        per_rps: load_by_name(&query.name),
    };
    let labels = query.has_labels.then(|| LABELS.to_owned());
    let notes: Vec<String> = labels.into_iter().chain(query.late.clone()).collect();
    let note = (!notes.is_empty()).then(|| notes.join("; "));
    targets.own((path, place), (&metric, scope, note), facts);
}
