//! Reads Prometheus rules: a known metric's threshold sets an input of the scenario or is reported.

use serde_json::Value;

use super::alert::{Input, Meaning, is_limit, meaning, percent};
use super::fact::{Facts, RowFact};
use super::lines::join;
use super::promql::Node;
use super::query::late;
use super::recording::{self, Recordings};
use crate::scenario::property::TARGET;

const UNREADABLE: &str = "is no expression that can be read here";
const FOLLOWED: &str = "by the expression of";
const STRICTER: &str = "warns later than another rule of the same input, which was taken";
/// The series of a provider's target.
pub(super) const TARGET_SERIES: &str = "provider:kt_utilization:target";
const OF_TARGET: &str = "the share of its limits from which the rules warn";

/// Threshold that is an input.
struct Threshold {
    place: String,
    input: Input,
    value: f64,
    note: String,
}

/// Whether a recorded series is known here by its own name.
pub(super) fn is_known(name: &str) -> bool {
    name == TARGET_SERIES || is_limit(name)
}

/// What each rule compares, with the expressions of the series that it names.
pub(super) fn facts(document: &Value, recordings: &Recordings, facts: &mut Facts) {
    let mut found = Vec::new();
    for (place, rule) in recording::rules(document) {
        let place = join(&place, "expr");
        let Some(expr) = rule["expr"].as_str() else {
            continue;
        };
        let whole = Node::read(expr).map(|own| recordings.follow(&own));
        let names = whole.iter().flat_map(|(_, names)| names);
        let names: Vec<&str> = names.map(String::as_str).collect();
        let followed = (!names.is_empty()).then(|| format!("{FOLLOWED} {}", names.join(", ")));
        let late = whole.as_ref().and_then(|(own, _)| late(own));
        let with = |text: &str| {
            let parts = [Some(text), followed.as_deref(), late.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
        };
        match read(rule, whole.as_ref().map(|(own, _)| own), recordings) {
            Meaning::Sets(input, value, note) => found.push(Threshold {
                place,
                input,
                value,
                note: with(note),
            }),
            Meaning::Told(why) => facts.unused(place, with(&why)),
        }
    }
    // The strictest of several thresholds counts, in any order.
    found.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.place.cmp(&b.place)));
    let mut taken: Vec<(Input, f64)> = Vec::new();
    for threshold in found {
        let mut before = taken.iter();
        // A rule for every provider warns of each of them too.
        let for_all = match threshold.input {
            Input::Provider(number, _) => Some(Input::Provider(number, None)),
            Input::Scenario(_) => None,
        };
        let is_of = |input: &Input| *input == threshold.input || Some(input) == for_all.as_ref();
        match before.find(|(input, _)| is_of(input)) {
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
    // What is for one provider is laid over what is for each.
    facts.rows.sort_by_key(|row| row.provider.is_some());
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

fn read(rule: &Value, node: Option<&Node>, recordings: &Recordings) -> Meaning {
    let Some(node) = node else {
        return Meaning::Told(UNREADABLE.to_owned());
    };
    let Some(record) = rule["record"].as_str() else {
        let name = rule["alert"].as_str().unwrap_or_default();
        return meaning(name, node);
    };
    let provider = rule["labels"]["provider"].as_str();
    match (record, node.number(), provider) {
        (TARGET_SERIES, Some(ratio), Some(provider)) => Meaning::Sets(
            Input::Provider(&TARGET, Some(provider.to_owned())),
            percent(ratio),
            OF_TARGET,
        ),
        _ if recordings.has(record) => Meaning::Told(format!(
            "records {record}, and a rule that names it is read by this expression"
        )),
        _ => Meaning::Told(format!("records {record}, and no input is such a series")),
    }
}
