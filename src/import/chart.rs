//! Chart values, overlaid as in an installation.

use serde_json::{Map, Value, json};

use super::lines::Document;

/// Overlays values: maps key by key, everything else as a whole.
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

/// Sets one value by name, as Helm's command line does: numbers and booleans are parsed unless
/// `forced` to text.
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

/// Empty values.
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

/// Steps of a name: split at dots without a backslash; `[0]` is an index in a list.
pub(super) fn steps(name: &str) -> Vec<String> {
    const DOT: &str = "\u{0}";
    let name = name.replace("\\.", DOT).replace('[', ".").replace(']', "");
    let steps = name.split('.').filter(|step| !step.is_empty());
    steps.map(|step| step.replace(DOT, ".")).collect()
}

/// Writes a value below a document, creating the levels above it.
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
