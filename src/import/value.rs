//! Values in a document: lookup and removal by path, and conversion to numbers.

use serde_json::Value;

use crate::model::digits;
use crate::say::input;
use crate::scenario::number::grouped;
use crate::scenario::property::{Choice, Number};

/// Removes the value at a path such as `workloads[0].requests`.
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
            // An emptied row keeps its position, so that those after it do not move.
            if let Some(item) = last.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                *item = Value::Object(serde_json::Map::new());
            }
        }
        _ => *document = Value::Object(serde_json::Map::new()),
    }
}

/// Value at a path of keys and indices, such as `spec.metrics.0.type`. Keys may contain dots.
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

/// Number, possibly in quotes.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => parsed(text.trim())?,
        value => value.as_f64()?,
    };
    number.is_finite().then_some(number)
}

/// Number in a text; YAML 1.1 allows `_` between digits.
fn parsed(text: &str) -> Option<f64> {
    let is_divided = text.contains('_')
        && !text.starts_with('_')
        && !text.ends_with('_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_');
    if is_divided {
        return digits::read(&text.replace('_', ""));
    }
    digits::read(text)
}

/// Seconds in a duration with units: `300ms`, `60s`, `1m30s`, `1h`, `2d`.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut total_s = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (count, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, more) = after.split_at(end);
        let unit_s = match unit.trim() {
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            _ => return None,
        };
        total_s += digits::read(count)? * unit_s;
        rest = more;
    }
    Some(total_s)
}

/// Value with its unit: `1 pod`, `90 days`, `0.5`.
pub(super) fn amount(value: f64, unit: &str) -> String {
    let is_many = ["pods", "days", "slots", "units", "requests"].contains(&unit);
    let is_one = (value - 1.0).abs() < 1e-9;
    let unit = unit
        .strip_suffix('s')
        .filter(|_| is_many && is_one)
        .unwrap_or(unit);
    [&grouped(value), " ", unit].concat().trim_end().to_owned()
}

/// Allowed values of a number, as the reason for rejecting one.
pub(super) fn allowed<S>(number: &Number<S>) -> String {
    format!(
        "{} takes {}",
        number.label,
        input::allowed(number.spec().bounds())
    )
}

/// Allowed values of a number, and the value kept after a rejection.
pub(super) fn stays<S>(number: &Number<S>, owner: &S) -> String {
    let value = (number.get)(owner).map(|value| amount(value, number.unit));
    let value = value.unwrap_or_else(|| "empty".to_owned());
    format!("{}; it stays {value}", allowed(number))
}

/// Allowed values of a choice.
pub(super) fn words_of<S>(choice: &Choice<S>) -> String {
    format!("Allowed: {}", input::options(&choice.options()))
}
