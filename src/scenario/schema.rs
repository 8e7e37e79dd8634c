//! The JSON Schema of a scenario file, made from the same table as the form.

use serde_json::{Map, Value, json};

use super::link::{LONGEST_NAME, MOST_ROWS, VERSION};
use super::property::{self, Number};
use super::{EventKind, Provider, Scenario, Workload};
use crate::catalog::profile::PROFILES;
use crate::catalog::{guide, provider as catalog};

/// The schema of the document that `file::from_json` reads.
pub fn schema() -> Value {
    let default = Scenario::default();
    let mut fields = Map::new();
    let vendors: Vec<&str> = catalog::vendors().iter().map(|vendor| vendor.id).collect();
    let text = json!({ "type": "string", "maxLength": LONGEST_NAME });
    fields.insert("version".to_owned(), json!({ "const": VERSION }));
    fields.insert("name".to_owned(), text.clone());
    let mut workload = numbers(property::WORKLOAD, &Workload::empty(0));
    let profiles: Vec<&str> = PROFILES.iter().map(|profile| profile.key).collect();
    workload.insert("name".to_owned(), text.clone());
    workload.insert(
        "period".to_owned(),
        json!({ "enum": ["day", "minute"], "default": "day" }),
    );
    workload.insert("from".to_owned(), or_null(&profiles));
    fields.insert("workloads".to_owned(), rows(&workload, &[]));
    let mut provider = numbers(property::PROVIDER, &Provider::first_of(0, "custom", 100.0));
    for key in ["name", "model", "tier"] {
        provider.insert(key.to_owned(), text.clone());
    }
    provider.insert("provider".to_owned(), json!({ "enum": vendors }));
    fields.insert("providers".to_owned(), rows(&provider, &["provider"]));
    let hour = json!({ "type": "number", "minimum": 0, "maximum": 1_000_000 });
    let hours = json!({ "type": "array", "items": hour, "minItems": 24, "maxItems": 24 });
    let named = json!({ "enum": ["flat", "office", "global"] });
    fields.insert(
        "shape".to_owned(),
        json!({ "anyOf": [named, hours], "default": "office" }),
    );
    let chains = guide::CHAINS.map(|row| row.key);
    fields.insert(
        "chain".to_owned(),
        json!({ "enum": chains, "default": default.gateway.chain }),
    );
    let overflow = json!({ "enum": ["reject", "drop_oldest"], "default": "reject" });
    fields.insert("overflow".to_owned(), overflow);
    let kinds = EventKind::ALL.map(EventKind::key);
    fields.insert(
        "events".to_owned(),
        json!({ "enum": kinds, "default": kinds[0] }),
    );
    fields.insert(
        "size".to_owned(),
        or_null(&guide::CONTROL_PLANE.map(|row| row.name)),
    );
    fields.extend(numbers(property::SCENARIO, &default));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario of the capacity calculator",
        "type": "object",
        "additionalProperties": false,
        "properties": fields,
    })
}

fn rows(fields: &Map<String, Value>, required: &[&str]) -> Value {
    let row = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": fields,
        "required": required,
    });
    json!({ "type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": row })
}

fn or_null(words: &[&str]) -> Value {
    let mut choices: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    choices.push(Value::Null);
    json!({ "enum": choices, "default": null })
}

fn numbers<S>(table: &[&Number<S>], default: &S) -> Map<String, Value> {
    let field = |number: &&Number<S>| {
        let plain = if number.kind.is_whole() {
            "integer"
        } else {
            "number"
        };
        let kind = if number.kind.may_be_empty() {
            json!([plain, "null"])
        } else {
            json!(plain)
        };
        let about = if number.unit.is_empty() {
            number.help.to_owned()
        } else {
            format!("{} Unit: {}", number.help, number.unit)
        };
        let field = json!({
            "type": kind,
            "minimum": number.low,
            "maximum": number.high,
            "default": (number.get)(default),
            "description": about,
        });
        (number.key.to_owned(), field)
    };
    table.iter().map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::file;

    /// Fields of a document that its schema does not know, and the reverse.
    fn differences(document: &Value, schema: &Value) -> Vec<String> {
        let known = schema["properties"].as_object().expect("an object");
        let written = document.as_object().expect("an object");
        let unknown = written.keys().filter(|key| !known.contains_key(*key));
        let missing = known.keys().filter(|key| !written.contains_key(*key));
        unknown.chain(missing).cloned().collect()
    }

    #[test]
    fn the_schema_knows_exactly_the_fields_that_are_written() {
        let (schema, document) = (schema(), file::to_json(&Scenario::default()));
        assert_eq!(differences(&document, &schema), Vec::<String>::new());
        for rows in ["workloads", "providers"] {
            let (row, fields) = (&document[rows][0], &schema["properties"][rows]["items"]);
            assert_eq!(differences(row, fields), Vec::<String>::new(), "{rows}");
        }
    }
}
