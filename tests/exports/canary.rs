//! A text put in the place of all texts of one field, field by field: none survives but those of
//! models, and of labels that say how a series is to be read.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;

use kt_capacity::say::traffic as say;
use kt_capacity::traffic::{Answers, Outcome, digest};
use serde_json::Value;

use super::read_with;

const CANARY: &str = "CANARY of Alice";

/// Fields that name a model, or the values of harmless labels in a question.
const SHOWN: [&str; 14] = [
    "model",
    "modelId",
    "model_user_id",
    "provided_model_name",
    // The provider that was called.
    "ai_org",
    "custom_llm_provider",
    "provider",
    "provider_name",
    "ai_model",
    "gen_ai_request_model",
    "gen_ai_token_type",
    "route",
    // The name of a metric, among which the reader chooses.
    "metric/__name__",
    // The value of a dimension of Azure Monitor, such as the deployment.
    "metadatavalues/*/value",
];

/// The places of all texts, elements of a list being one place.
fn places(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, each) in fields {
                places(each, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for each in list {
                places(each, &format!("{at}/*"), found);
            }
        }
        Value::String(_) => {
            found.insert(at.to_owned());
        }
        _ => {}
    }
}

fn put(value: &mut Value, at: &str, place: &str) {
    match value {
        Value::Object(fields) => {
            for (key, each) in fields {
                put(each, &format!("{at}/{key}"), place);
            }
        }
        Value::Array(list) => {
            for each in list {
                put(each, &format!("{at}/*"), place);
            }
        }
        Value::String(text) if at == place => CANARY.clone_into(text),
        _ => {}
    }
}

/// Everything that may leave the reader.
fn told(file: &str) -> String {
    let outcome = read_with(&[file.as_bytes()], &Answers::default());
    let said = match &outcome {
        Outcome::Read(observed) => {
            say::unused(&observed.unused) + &serde_json::to_string(&digest(observed, 0)).unwrap()
        }
        Outcome::Refused(refusal) => say::refusal(refusal),
        Outcome::Ask { choices, .. } => choices.join(" "),
    };
    format!("{outcome:?} {said}")
}

#[test]
fn no_text_of_any_field_survives() {
    let mut fields = 0;
    for entry in fs::read_dir("tests/usage").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        let is_json = ["json", "jsonl"].contains(&ending);
        if !is_json || name == "expected.json" {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let documents = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
        let documents: Vec<Value> = documents.map(Result::unwrap).collect();
        let mut all = BTreeSet::new();
        for document in &documents {
            places(document, "", &mut all);
        }
        for place in all {
            if SHOWN
                .iter()
                .any(|shown| place.ends_with(&format!("/{shown}")))
            {
                continue;
            }
            fields += 1;
            let mut documents = documents.clone();
            for document in &mut documents {
                put(document, "", &place);
            }
            let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
            let told = told(&lines.join("\n"));
            assert!(!told.contains(CANARY), "{name} gives away {place}");
        }
    }
    assert!(100 < fields, "{fields}");
}
