//! Settings that the configurations share: retries, timeouts, spans of time and ranks.

use serde_json::Value;

use crate::import::fact::Facts;
use crate::import::target::Target;
use crate::import::value::{allowed, number};
use crate::scenario::Scenario;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT, Number};

/// A number at a place, unless another place said it before.
pub(super) fn once(
    place: String,
    property: &'static Number<Scenario>,
    value: Option<f64>,
    note: &str,
    facts: &mut Facts,
) {
    let Some(value) = value else {
        facts.unused(place, allowed(property));
        return;
    };
    let mut said = facts.values.iter();
    if let Some(before) = said.find(|fact| fact.key() == Some(property.key)) {
        let why = format!("{} says it already", before.path);
        facts.unused(place, why);
    } else if note.is_empty() {
        facts.number(place, property, value);
    } else {
        facts.noted(place, property, value, note);
    }
}

/// Retries after the first call, as the attempts of the model.
pub(super) fn retries(place: String, value: &Value, facts: &mut Facts) {
    let attempts = number(value).map(|retries| retries + 1.0);
    once(
        place,
        &ATTEMPTS,
        attempts,
        "the first call and its retries",
        facts,
    );
}

/// The longest that a request may take, as the patience of the clients.
pub(super) fn timeout(place: String, seconds: Option<f64>, facts: &mut Facts) {
    let note = "the longest that a request may take";
    once(place, &CLIENT_TIMEOUT, seconds, note, facts);
}

/// Seconds of `300ms`, `60s`, `5m`, `1h` or `2d`; a plain number counts seconds.
pub(super) fn seconds(value: &Value) -> Option<f64> {
    let Some(text) = value.as_str() else {
        return number(value);
    };
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (count, unit) = text.split_at(end);
    let count: f64 = count.parse().ok()?;
    let unit = match unit.trim() {
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3_600.0,
        "d" => 86_400.0,
        _ => return None,
    };
    Some(count * unit)
}

/// Targets of a lower rank only stand by for those of the first.
pub(super) fn stand_by(targets: &mut [Target], ranks: &[f64], noun: &str) {
    let Some(first) = ranks.iter().copied().min_by(f64::total_cmp) else {
        return;
    };
    for (target, rank) in targets.iter_mut().zip(ranks) {
        if first < *rank {
            target.weight = Some(0.0);
            target.weight_note = Some(format!("stands by, by its {noun}: no share of its own"));
        }
    }
}
