//! Reads the number of pods an update adds.

use serde_json::Value;

use super::fact::{Facts, Of};
use super::value::number;
use crate::model::digits;
use crate::scenario::property::{SURGE, SURGE_PODS};

/// Reads the surge of an update; counts in cluster objects have no quotes.
pub(super) fn said_surge(value: &Value, place: &str, is_object: bool, facts: &mut Facts) {
    let percent = value
        .as_str()
        .and_then(|text| text.trim().strip_suffix('%'));
    match (percent.map(digits::read), number(value)) {
        (Some(Some(percent)), _) => {
            facts.number(place.to_owned(), &SURGE, percent);
            facts.filled(place, &SURGE_PODS, None, "the share holds");
        }
        (None, Some(pods)) => {
            facts.number(place.to_owned(), &SURGE_PODS, pods);
            if value.is_string() && is_object {
                let quoted = "in quotes, which an API server refuses";
                facts.values.iter_mut().for_each(|fact| {
                    if fact.path == place {
                        fact.remark(quoted);
                    }
                });
            }
        }
        _ => facts.unread(place, Of::Number(&SURGE), "must be a count or a percentage"),
    }
}
