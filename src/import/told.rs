//! Places of a document with lines and values, without secrets.

use serde_json::Value;

use super::env;
use super::lines::{self, Document};
use super::reading::Leftover;
use super::value::at;

/// Maximum length of a value shown.
const LONGEST: usize = 300;
/// Words in keys of secret values.
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
/// Words that mark a secret only as a whole key or its last part.
const SECRET_ENDS: [&str; 4] = ["token", "key", "pwd", "salt"];
/// Lists whose items have a secret as `value`.
const SECRET_LISTS: [&str; 2] = ["keys", "api_keys"];
const HIDDEN: &str = "(hidden)";

/// Place with its line and value.
pub(super) fn told(document: &Document, place: &str, why: &str) -> Leftover {
    Leftover {
        line: document.lines.at(place),
        value: at(&document.value, place).map(|value| shown(&document.value, place, value)),
        ..Leftover::new(place, why)
    }
}

/// Value on one line; for an object its parts by key.
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
                Some(match key {
                    Some(key) => format!("{key}: {value}"),
                    None => value,
                })
            });
            parts.collect::<Vec<_>>().join(", ")
        }
        Value::String(text) => match secret(document, place, text) {
            // Other variables in the file may be secret.
            _ if env::is_foreign(place) => HIDDEN.to_owned(),
            Some(shown) => shown,
            None => text.clone(),
        },
        Value::Number(_) if has_secret(&place.to_ascii_lowercase()) => HIDDEN.to_owned(),
        other => other.to_string(),
    };
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Redacted form of a secret; `None` if the value is not secret. An environment variable's name is
/// not.
fn secret(document: &Value, place: &str, text: &str) -> Option<String> {
    let starts = ["os.environ/", "env.", "${", "$("];
    if starts.iter().any(|start| text.starts_with(start)) {
        return None;
    }
    let (owner, key) = place.rsplit_once('.').unwrap_or(("", place));
    // The name of a variable or header tells what its value is.
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
    // A reference names a secret's place, not its value.
    let is_holder = |step: &str| is_secret(step) && !step.to_ascii_lowercase().ends_with("ref");
    let is_inside = called.is_none() && steps.any(is_holder);
    if is_listed || is_secret(key) || is_inside || holds_secrets(place, text) {
        return Some(HIDDEN.to_owned());
    }
    without_password(text)
}

/// Whether a key names a secret.
pub(super) fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase().replace('-', "_");
    let ends = |end: &&str| key == **end || key.ends_with(&format!("_{end}"));
    // Token prices are not secret, and a plain `key` names a label.
    let is_plain = key == "key" || key.ends_with("per_token") || key == "secretname";
    !is_plain && (has_secret(&key) || SECRET_ENDS.iter().any(ends))
}

fn has_secret(text: &str) -> bool {
    SECRET.iter().any(|word| text.contains(word))
}

/// Whether a text is a file or object with secrets.
fn holds_secrets(place: &str, text: &str) -> bool {
    let is_whole = text.contains('\n') || text.starts_with(['{', '[']);
    let is_copy = place.ends_with("last-applied-configuration");
    is_copy || is_whole && has_secret(&text.to_ascii_lowercase())
}

/// Address without its password; `None` if it has none.
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
    let lower = text.to_ascii_lowercase();
    let assigns = ["password=", "pwd=", "api_key=", "token="];
    let assigns = assigns.iter().any(|sign| lower.contains(sign));
    (bearer || begins || assigns).then(|| HIDDEN.to_owned())
}

/// Collects leaves with their places, and whether our own document has equal ones.
pub(super) fn collect(
    value: &Value,
    own: Option<&Value>,
    path: &str,
    places: &mut Vec<(String, bool)>,
) {
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
                if item.is_null() {
                    places.push((place, own == Some(item)));
                } else {
                    collect(item, own, &place, places);
                }
            }
        }
        // An empty top-level object or list carries no information.
        Value::Object(_) | Value::Array(_) if !path.contains('.') => {}
        _ => places.push((path.to_owned(), own == Some(value))),
    }
}
