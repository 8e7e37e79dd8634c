//! Reads the values of a Helm chart: the names that charts share, at the top or under the
//! gateway's own key.

use serde_json::Value;

use super::behavior::behavior;
use super::component::owners;
use super::container::{resources, slots};
use super::fact::Facts;
use super::lines::join;
use super::metric::{Measure, Targets};
use super::value::{allowed, at, number};
use crate::scenario::property::{HPA_MAX, HPA_MIN};

const CHART: &str = "the chart decides it: helm template shows the whole";

/// Bounds, targets and sizes.
pub(super) fn facts(document: &Value, asked: &[String], facts: &mut Facts) {
    let mut owners = owners(document);
    if 1 < owners.len() {
        let wanted: Vec<String> = owners
            .iter()
            .filter(|one| asked.contains(one))
            .cloned()
            .collect();
        let likely: Vec<String> = owners
            .iter()
            .filter(|one| super::score::is_gateway(one))
            .cloned()
            .collect();
        owners = match (wanted.len(), likely.len()) {
            (1, _) => wanted,
            (0, 1) => likely,
            _ => {
                facts.ask = Some(("components", owners));
                return;
            }
        };
    }
    let Some(owner) = owners.pop() else { return };
    let values = if owner.is_empty() {
        document
    } else {
        &document[&owner]
    };
    resources(&values["resources"], &join(&owner, "resources"), facts);
    slots(values, &owner, facts);
    let place = join(&owner, "autoscaling");
    if is_scaled(&values["autoscaling"]) {
        scaling(values, &place, facts);
        if values.get("replicaCount").is_some() {
            let why = "the autoscaler decides the replicas";
            facts.unused(join(&owner, "replicaCount"), why);
        }
    } else if let Some(count) = values.get("replicaCount") {
        let place = join(&owner, "replicaCount");
        match number(count) {
            Some(count) => {
                let note = "there is no autoscaler: the fleet keeps this size";
                facts.noted(place.clone(), &HPA_MIN, count, note);
                facts.noted(place, &HPA_MAX, count, note);
            }
            None => facts.unused(place, allowed(&HPA_MIN)),
        }
    }
}

fn is_scaled(scaling: &Value) -> bool {
    match scaling.get("enabled") {
        Some(Value::Bool(is_on)) => *is_on,
        Some(Value::String(text)) => text == "true",
        _ => scaling.get("maxReplicas").is_some(),
    }
}

fn scaling(values: &Value, path: &str, facts: &mut Facts) {
    let scaling = &values["autoscaling"];
    if scaling.get("enabled").is_some() {
        facts.understood.push(join(path, "enabled"));
    }
    for (key, property) in [("minReplicas", &HPA_MIN), ("maxReplicas", &HPA_MAX)] {
        match scaling.get(key).map(number) {
            Some(Some(value)) => facts.number(join(path, key), property, value),
            Some(None) => facts.unused(join(path, key), allowed(property)),
            None => {}
        }
    }
    let mut targets = Targets::default();
    for (key, name) in [
        ("targetCPUUtilizationPercentage", "cpu"),
        ("targetCPU", "cpu"),
        ("targetMemoryUtilizationPercentage", "memory"),
        ("targetMemory", "memory"),
    ] {
        let place = join(path, key);
        match scaling
            .get(key)
            .filter(|value| !value.is_null())
            .map(number)
        {
            Some(Some(value)) => {
                let whole = (place.as_str(), place.clone());
                targets.resource(whole, (name, Measure::Share), value, None, facts);
            }
            Some(None) => facts.unused(place, "is no percentage"),
            None => {}
        }
    }
    if targets.is_empty() {
        facts.beside(
            path,
            "Targets of the autoscaler",
            "not in these values",
            CHART,
        );
    } else {
        targets.say(path, "the values have no such target", facts);
    }
    let place = join(path, "behavior");
    if at(scaling, "behavior").is_some_and(Value::is_object) {
        let inner = serde_json::json!({ "behavior": scaling["behavior"] });
        let before = facts.understood.len();
        let first = facts.values.len();
        let told = facts.unused.len();
        behavior(&inner, "behavior", facts);
        // The places are those of the file.
        let lower = |place: &mut String| *place = join(path, place);
        facts.understood[before..].iter_mut().for_each(lower);
        facts.values[first..]
            .iter_mut()
            .for_each(|fact| lower(&mut fact.path));
        facts.unused[told..]
            .iter_mut()
            .for_each(|(place, _)| lower(place));
    } else {
        facts.beside(
            place,
            "Behavior of the autoscaler",
            "not in these values",
            CHART,
        );
    }
}
