//! The parts of a document that the model does not understand.

use serde_json::Value;

use super::fact::Facts;
use super::lines::{self, Document};
use super::reading::Leftover;
use super::schema;
use super::value::at;

/// Most places named apart.
const MOST: usize = 1_000;
/// Longest value that is told.
const LONGEST: usize = 300;
/// Words of keys whose values are nobody else's business.
const SECRET: [&str; 7] = [
    "api_key",
    "apikey",
    "password",
    "secret",
    "credential",
    "authorization",
    "private_key",
];
const HIDDEN: &str = "(hidden)";
const NOT_MODELLED: &str = "is not part of the model and stays as you have it";
const ALIKE: &str = "is as in the calculator's own file";
const NAMES: &str = "names the object, and the calculator has names of its own";
const STATUS: &str = "is what the cluster reports, and nobody's setting";

/// Everything that was not understood, and apart from it what our own document has as well.
pub(super) fn leftovers(
    document: &Document,
    own: Option<&Value>,
    facts: &Facts,
) -> (Vec<Leftover>, Vec<Leftover>) {
    let mut found = Found::default();
    for (place, why) in &facts.unused {
        found.left.push(told(document, place, why));
    }
    let mut places = Vec::new();
    collect(&document.value, own, "", &mut places);
    places.retain(|(place, _)| !covers(facts, place));
    for (place, is_own) in places {
        let why = match place.split('.').next() {
            _ if is_own => ALIKE,
            Some("metadata") if schema::is_setting(&place) => NOT_MODELLED,
            Some("apiVersion" | "kind" | "metadata") => NAMES,
            Some("status") => STATUS,
            _ => schema::no_field(&document.value, &place).unwrap_or(NOT_MODELLED),
        };
        let is_left = why != ALIKE && why != NAMES && why != STATUS;
        let list = if is_left {
            &mut found.left
        } else {
            &mut found.alike
        };
        list.push(told(document, &place, why));
    }
    for list in [&mut found.left, &mut found.alike] {
        list.sort_by_key(|left| left.line.unwrap_or(usize::MAX));
    }
    (shortened(found.left), shortened(found.alike))
}

#[derive(Default)]
struct Found {
    left: Vec<Leftover>,
    alike: Vec<Leftover>,
}

fn shortened(mut list: Vec<Leftover>) -> Vec<Leftover> {
    let more = list.len().saturating_sub(MOST);
    list.truncate(MOST);
    if 0 < more {
        list.push(Leftover::new(format!("{more} more"), NOT_MODELLED));
    }
    list
}

/// A place with its line and value.
pub(super) fn told(document: &Document, place: &str, why: &str) -> Leftover {
    Leftover {
        line: document.lines.at(place),
        value: at(&document.value, place).map(|value| shown(place, value)),
        ..Leftover::new(place, why)
    }
}

/// A value on one line; of a whole its parts, each by its key.
fn shown(place: &str, value: &Value) -> String {
    let text = match value {
        Value::Object(_) | Value::Array(_) => {
            let mut places = Vec::new();
            collect(value, None, "", &mut places);
            let parts = places.iter().filter_map(|(inner, _)| {
                let key = inner
                    .rsplit('.')
                    .find(|step| step.parse::<usize>().is_err());
                let value = shown(inner, at(value, inner)?);
                Some(format!("{}: {value}", key.unwrap_or_default()))
            });
            parts.collect::<Vec<_>>().join(", ")
        }
        Value::String(text) if is_secret(place, text) => HIDDEN.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A key or a password; the name of a variable that holds one is none.
fn is_secret(place: &str, text: &str) -> bool {
    let key = place
        .rsplit('.')
        .find(|step| step.parse::<usize>().is_err());
    let key = key.unwrap_or_default().to_lowercase().replace('-', "_");
    let is_name =
        text.starts_with("os.environ/") || text.starts_with("env.") || text.contains("${");
    !is_name && SECRET.iter().any(|word| key.contains(word))
}

/// Whether the place, or the whole it belongs to, was understood or told already.
fn covers(facts: &Facts, place: &str) -> bool {
    let told = facts.unused.iter().map(|(path, _)| path);
    facts.understood.iter().chain(told).any(|path| {
        let rest = place.strip_prefix(path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Leaves with their places, and whether our own document has them alike.
fn collect(value: &Value, own: Option<&Value>, path: &str, places: &mut Vec<(String, bool)>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, field) in fields {
                let own = own.and_then(|own| own.get(name));
                collect(field, own, &lines::join(path, name), places);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (number, item) in items.iter().enumerate() {
                let own = own.and_then(|own| own.get(number));
                collect(item, own, &lines::join(path, &number.to_string()), places);
            }
        }
        Value::Null => {}
        // An empty whole at the top says nothing.
        Value::Object(_) | Value::Array(_) if !path.contains('.') => {}
        _ => places.push((path.to_owned(), own == Some(value))),
    }
}
