//! The parts of a document that the model does not understand.

use serde_json::Value;

use super::fact::Facts;
use super::reading::Leftover;

/// Most places named apart.
const MOST: usize = 40;
/// Fields that identify a document and hold no settings.
const BOOKKEEPING: [&str; 4] = ["metadata", "status", "apiVersion", "kind"];
const NOT_MODELLED: &str = "is not part of the model and stays as you have it";

/// Everything that was not understood, unless our own document has it as well.
pub(super) fn leftovers(document: &Value, own: Option<&Value>, facts: &Facts) -> Vec<Leftover> {
    let mut left = Vec::new();
    for (place, why) in &facts.unused {
        left.push(Leftover::new(place.clone(), why.clone()));
    }
    let mut places = Vec::new();
    collect(document, own, "", &mut places);
    places.retain(|place| !covers(facts, place));
    let more = places.len().saturating_sub(MOST);
    left.extend(
        places
            .into_iter()
            .take(MOST)
            .map(|place| Leftover::new(place, NOT_MODELLED)),
    );
    if 0 < more {
        left.push(Leftover::new(format!("{more} more"), NOT_MODELLED));
    }
    left
}

/// Whether the place, or the whole it belongs to, was understood or told already.
fn covers(facts: &Facts, place: &str) -> bool {
    let told = facts.unused.iter().map(|(path, _)| path);
    facts.understood.iter().chain(told).any(|path| {
        let rest = place.strip_prefix(path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Leaves that differ from our own.
fn collect(value: &Value, own: Option<&Value>, path: &str, places: &mut Vec<String>) {
    if own == Some(value) {
        return;
    }
    let join = |step: &str| {
        if path.is_empty() {
            step.to_owned()
        } else {
            format!("{path}.{step}")
        }
    };
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if path.is_empty() && BOOKKEEPING.contains(&name.as_str()) {
                    continue;
                }
                let own = own.and_then(|own| own.get(name));
                collect(field, own, &join(name), places);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                let own = own.and_then(|own| own.get(number));
                collect(item, own, &join(&number.to_string()), places);
            }
        }
        Value::Null => {}
        _ => places.push(path.to_owned()),
    }
}
