//! Reads gateway variables in a `ConfigMap` or `.env` file.

use serde_json::Value;

use super::env::RETENTION;
use super::fact::{Facts, Of};
use super::lines::join;
use super::score::CONCURRENCY;
use super::value::number;
use crate::scenario::property;

const EARLIER: &str = "is set again further down, and that counts";

/// Reads the settings among the variables below a place.
pub(super) fn facts(document: &Value, place: &str, facts: &mut Facts) {
    let variables = document[place].as_object().into_iter().flatten();
    for (name, _) in variables.filter(|(name, _)| name.ends_with(')')) {
        facts.unused(join(place, name), EARLIER);
    }
    let there = |name: &str| document[place].get(name);
    if let Some(value) = there(CONCURRENCY) {
        match number(value) {
            Some(slots) => facts.number(join(place, CONCURRENCY), &property::CONCURRENCY, slots),
            None => facts.refused(join(place, CONCURRENCY), &property::CONCURRENCY),
        }
    }
    if let Some(value) = there(RETENTION) {
        let place = join(place, RETENTION);
        match number(value) {
            Some(hours) if hours % 24.0 == 0.0 => {
                facts.number(place, &property::RETENTION, hours / 24.0);
            }
            _ => facts.unread(
                place,
                Of::Number(&property::RETENTION),
                "must be whole days in hours, a multiple of 24",
            ),
        }
    }
}
