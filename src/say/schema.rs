//! JSON Schema of a scenario file, from the tables of the form.

use serde_json::{Map, Value, json};

use crate::catalog::provider as catalog;
use crate::scenario::link::{LONGEST_NAME, MOST_ROWS, VERSION};
use crate::scenario::property::{self, Choice, Number, Takes, help};
use crate::scenario::{Provider, Scenario, Workload};

/// Pattern of a range: a separator between its ends, or before its spread.
const RANGE: &str =
    r"\.\.|[…‥–—→±~≈]|\+/?-|[0-9kKmMgGbB]-[0-9]| - | (to|TO|To|and|AND) |^(about|About) ";

/// The schema of the document that `scenario::file::from_json` reads.
pub fn schema() -> Value {
    let default = Scenario::default();
    let mut fields = Map::new();
    let vendors: Vec<&str> = catalog::vendors().iter().map(|vendor| vendor.id).collect();
    let text = json!({ "type": "string", "maxLength": LONGEST_NAME });
    fields.insert(
        "version".to_owned(),
        json!({ "enum": (1..=VERSION).collect::<Vec<u32>>() }),
    );
    fields.insert("name".to_owned(), text.clone());
    let mut workload = numbers(property::WORKLOAD, &Workload::empty(0));
    workload.insert("name".to_owned(), text.clone());
    workload.extend(choices(property::WORKLOAD_CHOICES, &Workload::empty(0)));
    fields.insert("workloads".to_owned(), rows(&workload, &[]));
    let mut provider = numbers(property::PROVIDER, &Provider::first_of(0, "custom", 100.0));
    provider.extend(choices(
        property::PROVIDER_CHOICES,
        &Provider::first_of(0, "custom", 100.0),
    ));
    for key in ["name", "model", "tier"] {
        provider.insert(key.to_owned(), text.clone());
    }
    provider.insert("provider".to_owned(), json!({ "enum": vendors }));
    fields.insert("providers".to_owned(), rows(&provider, &["provider"]));
    fields.extend(choices(property::SCENARIO_CHOICES, &default));
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

fn choices<S>(table: &[&Choice<S>], default: &S) -> Map<String, Value> {
    let field = |choice: &&Choice<S>| {
        let words = (choice.words)().into_iter().map(|word| json!(word.key));
        let nothing = choice.may_be_empty().then_some(Value::Null);
        let words: Vec<Value> = words.chain(nothing).collect();
        let mut field = json!({ "enum": words });
        if choice.takes == Takes::WordsOrHours {
            let hour = json!({ "type": "number", "minimum": 0, "maximum": 1_000_000 });
            let hours = json!({ "type": "array", "items": hour, "minItems": 24, "maxItems": 24 });
            field = json!({ "anyOf": [field, hours] });
        }
        if choice.takes.is_text() {
            field = json!({ "type": ["string", "null"] });
        }
        field["default"] = json!((choice.get)(default));
        (choice.key.to_owned(), field)
    };
    table.iter().map(field).collect()
}

fn numbers<S>(table: &[&Number<S>], default: &S) -> Map<String, Value> {
    let field = |number: &&Number<S>| {
        let plain = if number.kind.is_whole() {
            "integer"
        } else {
            "number"
        };
        // Text is a range, such as `40k..60k`.
        let kind = if number.kind.may_be_empty() {
            json!([plain, "string", "null"])
        } else {
            json!([plain, "string"])
        };
        let about = if number.unit.is_empty() {
            help(number.key).to_owned()
        } else {
            format!("{} Unit: {}", help(number.key), number.unit)
        };
        let field = json!({
            "type": kind,
            "minimum": number.low,
            "maximum": number.high,
            "pattern": RANGE,
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

    /// Fields of a document that its schema lacks, and vice versa.
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
