//! Values in a document: found by their path, removed, read as numbers.

use serde_json::Value;

use crate::say::input;
use crate::scenario::property::{Choice, Number};

/// Takes out the value at a path like `workloads[0].requests`.
pub(super) fn remove(document: &mut Value, path: &str) {
    let path = path.replace('[', ".").replace(']', "");
    let (parent, last) = match path.rsplit_once('.') {
        Some((parent, last)) => (format!("/{}", parent.replace('.', "/")), last),
        None => (String::new(), path.as_str()),
    };
    match document.pointer_mut(&parent) {
        Some(Value::Object(fields)) => {
            fields.remove(last);
        }
        Some(Value::Array(items)) => {
            // Nothing usable may be left of a row; its place stays, so that others keep theirs.
            if let Some(item) = last.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                *item = Value::Object(serde_json::Map::new());
            }
        }
        _ => *document = Value::Object(serde_json::Map::new()),
    }
}

/// The value at a path of keys and positions, `spec.metrics.0.type`. A key may hold dots itself.
pub(super) fn at<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    if let Some(value) = step(document, path) {
        return Some(value);
    }
    let ends = path.match_indices('.').map(|(end, _)| end);
    ends.filter_map(|end| Some((step(document, &path[..end])?, &path[end + 1..])))
        .find_map(|(inner, rest)| at(inner, rest))
}

fn step<'a>(owner: &'a Value, key: &str) -> Option<&'a Value> {
    match owner {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => owner.get(key),
    }
}

/// A number, also where it is written as a text.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_f64()?,
    };
    number.is_finite().then_some(number)
}

/// The allowed values of a number, as a reason for one that a file got wrong.
pub(super) fn allowed<S>(number: &Number<S>) -> String {
    format!(
        "{} takes {}",
        number.label,
        input::allowed(number.spec().bounds())
    )
}

/// The same of a choice.
pub(super) fn words_of<S>(choice: &Choice<S>) -> String {
    format!("Allowed: {}", input::options(&choice.options()))
}
