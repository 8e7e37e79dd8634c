//! Reads Prometheus rules: a known metric's threshold sets an input of the scenario or is reported.

use serde_json::Value;

use super::alert::{Input, Meaning, meaning, percent};
use super::fact::{Facts, RowFact};
use super::promql::Node;
use super::query::late;
use crate::scenario::property::TARGET;

const UNREADABLE: &str = "is no expression that can be read here";
const STRICTER: &str = "warns later than another rule of the same input, which was taken";
/// Series of a provider's target.
const TARGET_SERIES: &str = "provider:kt_utilization:target";
const OF_TARGET: &str = "the share of its limits from which the rules warn";

/// Threshold that is an input.
struct Threshold {
    place: String,
    input: Input,
    value: f64,
    note: String,
}

/// Reads the comparisons of each rule.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let (groups, path) = match document["spec"]["groups"].as_array() {
        Some(groups) => (Some(groups), "spec.groups"),
        None => (document["groups"].as_array(), "groups"),
    };
    let mut found = Vec::new();
    for (group, rules) in groups.into_iter().flatten().enumerate() {
        let rules = rules["rules"].as_array();
        for (index, rule) in rules.into_iter().flatten().enumerate() {
            let place = format!("{path}.{group}.rules.{index}.expr");
            let Some(expr) = rule["expr"].as_str() else {
                continue;
            };
            let late = Node::read(expr).as_ref().and_then(late);
            let with = |text: &str| {
                let parts = [Some(text), late.as_deref()].into_iter().flatten();
                parts.collect::<Vec<_>>().join("; ")
            };
            match read(rule, expr) {
                Meaning::Sets(input, value, note) => found.push(Threshold {
                    place,
                    input,
                    value,
                    note: with(note),
                }),
                Meaning::Told(why) => facts.unused(place, with(&why)),
            }
        }
    }
    // The strictest of several thresholds counts, in any order.
    found.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.place.cmp(&b.place)));
    let mut taken: Vec<(Input, f64)> = Vec::new();
    for threshold in found {
        let mut before = taken.iter();
        match before.find(|(input, _)| *input == threshold.input) {
            Some((_, value)) if value.to_bits() == threshold.value.to_bits() => {
                facts.understood.push(threshold.place);
            }
            Some(_) => facts.unused(threshold.place, STRICTER),
            None => {
                taken.push((threshold.input.clone(), threshold.value));
                say(threshold, facts);
            }
        }
    }
}

fn say(threshold: Threshold, facts: &mut Facts) {
    let Threshold {
        place,
        input,
        value,
        note,
    } = threshold;
    match input {
        Input::Scenario(number) => facts.noted(place, number, value, note),
        Input::Provider(number, provider) => {
            facts.understood.push(place.clone());
            facts.rows.push(RowFact {
                path: place,
                provider,
                number,
                value,
                note,
            });
        }
    }
}

fn read(rule: &Value, expr: &str) -> Meaning {
    let Some(node) = Node::read(expr) else {
        return Meaning::Told(UNREADABLE.to_owned());
    };
    let Some(record) = rule["record"].as_str() else {
        let name = rule["alert"].as_str().unwrap_or_default();
        return meaning(name, &node);
    };
    let provider = rule["labels"]["provider"].as_str();
    match (record, node.number(), provider) {
        (TARGET_SERIES, Some(ratio), Some(provider)) => Meaning::Sets(
            Input::Provider(&TARGET, Some(provider.to_owned())),
            percent(ratio),
            OF_TARGET,
        ),
        _ => Meaning::Told(format!("records {record}, and no input is such a series")),
    }
}
