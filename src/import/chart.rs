//! Values of a chart, as those who install it lay them over each other.

use serde_json::{Map, Value, json};

use super::lines::Document;

/// Lays values over others: of a map each key alone, all else as a whole.
pub(super) fn over(base: &mut Document, above: &Document) {
    merge(&mut base.value, &above.value);
    base.lines.take_over(&above.lines);
    base.remarks.extend(above.remarks.clone());
}

fn merge(base: &mut Value, above: &Value) {
    match (base, above) {
        (Value::Object(base), Value::Object(above)) => {
            for (key, value) in above {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, above) => *base = above.clone(),
    }
}

/// Writes a single value under its name, as the command line of Helm does: its text is a number,
/// a word for yes or no, or a text where it is `forced`.
pub(super) fn set(values: &mut Document, name: &str, (text, forced): (&str, bool), line: usize) {
    let value = if forced {
        Value::String(text.to_owned())
    } else {
        typed(text)
    };
    let steps = steps(name);
    put(&mut values.value, &steps, value);
    values.lines.replace(&steps.join("."), line);
}

/// Values that nobody has set yet.
pub(super) fn none() -> Document {
    Document {
        value: json!({}),
        ..Document::default()
    }
}

fn typed(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        _ => text
            .parse::<i64>()
            .map_or_else(|_| Value::String(text.to_owned()), Value::from),
    }
}

/// The steps of a name: a dot divides two, unless a backslash stands before it; `[0]` is a place
/// in a list.
pub(super) fn steps(name: &str) -> Vec<String> {
    const DOT: &str = "\u{0}";
    let name = name.replace("\\.", DOT).replace('[', ".").replace(']', "");
    let steps = name.split('.').filter(|step| !step.is_empty());
    steps.map(|step| step.replace(DOT, ".")).collect()
}

/// Writes a value below a document, and what is missing on the way.
fn put(owner: &mut Value, steps: &[String], value: Value) {
    let Some((first, rest)) = steps.split_first() else {
        *owner = value;
        return;
    };
    if let (Value::Array(items), Ok(place)) = (&mut *owner, first.parse::<usize>()) {
        if let Some(item) = items.get_mut(place) {
            put(item, rest, value);
        }
        return;
    }
    if !owner.is_object() {
        *owner = Value::Object(Map::new());
    }
    put(&mut owner[first], rest, value);
}
