//! The parts of a document that the model does not understand.

use std::collections::BTreeSet;

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
const SECRET: [&str; 12] = [
    "api_key",
    "apikey",
    "password",
    "passwd",
    "passphrase",
    "secret",
    "credential",
    "authorization",
    "private_key",
    "master_key",
    "header_value",
    "access_key",
];
/// Words that are secret as a key alone, or as its last part.
const SECRET_ENDS: [&str; 4] = ["token", "key", "pwd", "salt"];
/// Lists whose items hold a secret as `value`.
const SECRET_LISTS: [&str; 2] = ["keys", "api_keys"];
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
    let unused = facts.unused.iter().map(|(path, _)| path);
    let known: BTreeSet<&str> = facts
        .understood
        .iter()
        .chain(unused)
        .map(String::as_str)
        .collect();
    // A field that its API does not have is told also inside a whole that was told.
    let is_unknown = |place: &str| {
        let is_inside = place.starts_with("spec.");
        is_inside && schema::no_field(&document.value, place).is_some()
    };
    places.retain(|(place, _)| match cover(&known, place) {
        None => true,
        Some(whole) => !is_unknown(whole) && is_unknown(place),
    });
    for (place, is_own) in places {
        let why = match place.split('.').next() {
            _ if is_own => ALIKE,
            Some("metadata") if schema::is_setting(&place) => NOT_MODELLED,
            Some("apiVersion" | "kind" | "metadata") => NAMES,
            Some("status") => STATUS,
            _ => schema::no_object(&document.value, &place)
                .or_else(|| schema::no_field(&document.value, &place))
                .unwrap_or(NOT_MODELLED),
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
        value: at(&document.value, place).map(|value| shown(&document.value, place, value)),
        ..Leftover::new(place, why)
    }
}

/// A value on one line; of a whole its parts, each by its key.
fn shown(document: &Value, place: &str, value: &Value) -> String {
    let text = match value {
        Value::Object(_) | Value::Array(_) => {
            let mut places = Vec::new();
            collect(value, None, "", &mut places);
            let parts = places.iter().filter_map(|(inner, _)| {
                let key = inner
                    .rsplit('.')
                    .find(|step| step.parse::<usize>().is_err());
                let place = lines::join(place, inner);
                let value = shown(document, &place, at(value, inner)?);
                Some(format!("{}: {value}", key.unwrap_or_default()))
            });
            parts.collect::<Vec<_>>().join(", ")
        }
        Value::String(text) => match secret(document, place, text) {
            Some(shown) => shown,
            None => text.clone(),
        },
        Value::Number(_) if has_secret(&place.to_lowercase()) => HIDDEN.to_owned(),
        other => other.to_string(),
    };
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// What may be shown of a key or a password; `None` of what is none. The name of a variable that
/// holds one is none.
fn secret(document: &Value, place: &str, text: &str) -> Option<String> {
    let starts = ["os.environ/", "env.", "${", "$("];
    if starts.iter().any(|start| text.starts_with(start)) {
        return None;
    }
    let (owner, key) = place.rsplit_once('.').unwrap_or(("", place));
    // What a variable or a header is called says what its value is.
    let called = (key == "value").then(|| at(document, &lines::join(owner, "name")));
    let called = called.flatten().and_then(Value::as_str);
    let is_listed = key == "value"
        && owner
            .rsplit('.')
            .find(|step| step.parse::<usize>().is_err())
            .is_some_and(|list| SECRET_LISTS.contains(&list));
    let mut steps = place
        .rsplit('.')
        .filter(|step| step.parse::<usize>().is_err());
    let key = called.or_else(|| steps.next()).unwrap_or_default();
    // A reference says where a secret is kept, and nothing of it.
    let is_holder = |step: &str| is_secret(step) && !step.to_lowercase().ends_with("ref");
    let is_inside = called.is_none() && steps.any(is_holder);
    if is_listed || is_secret(key) || is_inside || holds_secrets(place, text) {
        return Some(HIDDEN.to_owned());
    }
    without_password(text)
}

fn is_secret(key: &str) -> bool {
    let key = key.to_lowercase().replace('-', "_");
    let ends = |end: &&str| key == **end || key.ends_with(&format!("_{end}"));
    // What a token costs is no secret, and a key alone names a label.
    let is_plain = key == "key" || key.ends_with("per_token") || key == "secretname";
    !is_plain && (has_secret(&key) || SECRET_ENDS.iter().any(ends))
}

fn has_secret(text: &str) -> bool {
    SECRET.iter().any(|word| text.contains(word))
}

/// Whether a text is a file or an object of its own, with secrets in it.
fn holds_secrets(place: &str, text: &str) -> bool {
    let is_whole = text.contains('\n') || text.starts_with(['{', '[']);
    let is_copy = place.ends_with("last-applied-configuration");
    is_copy || is_whole && has_secret(&text.to_lowercase())
}

/// An address without the password in it; `None` where there is none.
fn without_password(text: &str) -> Option<String> {
    if let Some((scheme, rest)) = text.split_once("://")
        && let Some(end) = rest.rfind('@')
        && (rest[..end].contains(':') || !rest[..end].contains('/'))
    {
        return Some(format!("{scheme}://{HIDDEN}{}", &rest[end..]));
    }
    let bearer = text
        .get(..7)
        .is_some_and(|start| start.eq_ignore_ascii_case("bearer "));
    let begins = ["sk-", "-----BEGIN"]
        .iter()
        .any(|start| text.starts_with(start));
    let lower = text.to_lowercase();
    let assigns = ["password=", "pwd=", "api_key=", "token="];
    let assigns = assigns.iter().any(|sign| lower.contains(sign));
    (bearer || begins || assigns).then(|| HIDDEN.to_owned())
}

/// The place itself, or the whole it belongs to, that was understood or told already.
fn cover<'a>(told: &BTreeSet<&str>, place: &'a str) -> Option<&'a str> {
    let mut place = place;
    loop {
        if told.contains(place) {
            return Some(place);
        }
        place = place.rsplit_once('.')?.0;
    }
}

/// Leaves with their places, and whether our own document has them alike.
fn collect(value: &Value, own: Option<&Value>, path: &str, places: &mut Vec<(String, bool)>) {
    if lines::LONGEST_PATH < path.len() {
        places.push((path.to_owned(), own == Some(value)));
        return;
    }
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
                let place = lines::join(path, &number.to_string());
                // Nothing in a list is a slip, where a field without a value says nothing.
                if item.is_null() {
                    places.push((place, own == Some(item)));
                } else {
                    collect(item, own, &place, places);
                }
            }
        }
        Value::Null => {}
        // An empty whole at the top says nothing.
        Value::Object(_) | Value::Array(_) if !path.contains('.') => {}
        _ => places.push((path.to_owned(), own == Some(value))),
    }
}
