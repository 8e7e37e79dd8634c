//! Splits a text into documents and tells their kinds.

use serde_json::Value;

use super::manifest::RETENTION;
use super::reading::Kind;
use super::yaml;
use crate::export::File;

/// All documents of a YAML or JSON text; the items of a Kubernetes list each count.
///
/// # Errors
///
/// Where and why it cannot be read.
pub(crate) fn documents(text: &str) -> Result<Vec<Value>, String> {
    let documents: Vec<Value> = if text.starts_with('{') {
        let value = serde_json::from_str(text);
        vec![value.map_err(|error| error.to_string())?]
    } else {
        yaml::documents(text)?
    };
    let mut flat = Vec::new();
    for document in documents {
        match document.get("items") {
            Some(Value::Array(items)) if document["kind"] == "List" => {
                flat.extend(items.iter().cloned());
            }
            _ => flat.push(document),
        }
    }
    // A pack carried by a ConfigMap is read like one of its own.
    let carried: Vec<Value> = flat.iter().flat_map(packs_within).collect();
    flat.extend(carried);
    Ok(flat)
}

fn packs_within(document: &Value) -> Vec<Value> {
    if document["kind"] != "ConfigMap" {
        return Vec::new();
    }
    let data = document["data"].as_object().into_iter().flatten();
    let texts = data.filter_map(|(_, value)| value.as_str());
    let packs = texts.filter_map(|text| yaml::documents(text).ok());
    packs.flatten().filter(is_pack).collect()
}

/// The kind of a document; `None` if the model has nothing of it.
pub(super) fn kind(document: &Value) -> Option<Kind> {
    match document.get("kind").and_then(Value::as_str) {
        Some("HorizontalPodAutoscaler") => return Some(Kind::Autoscaler),
        Some("ScaledObject") => return Some(Kind::ScaledObject),
        Some("Deployment") => return Some(Kind::Deployment),
        Some("ConfigMap") => {
            let has_hours = document["data"].get(RETENTION).is_some();
            return has_hours.then_some(Kind::Settings);
        }
        Some(_) => return None,
        None => {}
    }
    if is_pack(document) {
        Some(Kind::Pack)
    } else if document["database"].is_object() {
        Some(Kind::Database)
    } else if is_scenario(document) {
        Some(Kind::Scenario)
    } else {
        None
    }
}

/// The second shape of the gateway's policies has a `version` too, but no numbers there.
fn is_scenario(document: &Value) -> bool {
    let has = |key: &str| document.get(key).is_some();
    has("workloads") || has("peak-multiplier") || (document["version"].is_u64() && !has("policies"))
}

fn is_pack(document: &Value) -> bool {
    document["providers"].is_object() || document["pack"].is_object()
}

/// A name for a document of no known kind.
pub(super) fn title(document: &Value) -> String {
    match (document["kind"].as_str(), document) {
        (Some(kind), _) => kind.to_owned(),
        (None, Value::Object(fields)) => {
            let keys: Vec<&str> = fields.keys().take(3).map(String::as_str).collect();
            format!("A document with {}", keys.join(", "))
        }
        (None, Value::Array(_)) => "A list".to_owned(),
        (None, Value::Null) => "An empty document".to_owned(),
        (None, _) => "A single word or sentence".to_owned(),
    }
}

/// Our own document of the same kind.
pub(super) fn like(files: &[File], document: &Value, kind: Kind) -> Option<Value> {
    let name = match kind {
        // The strict dialect keeps routing under providers.
        Kind::Pack if document["providers"].get("routing").is_some() => "policy-config.strict.yaml",
        Kind::Pack => "policy-config.yaml",
        Kind::Autoscaler => "hpa.yaml",
        Kind::ScaledObject => "keda-scaledobject.yaml",
        Kind::Deployment | Kind::Settings => "deployment.yaml",
        Kind::Database => "database.yaml",
        Kind::Scenario | Kind::Link | Kind::Command => return None,
    };
    let file = files.iter().find(|file| file.name == name)?;
    let mut own = documents(&file.text).ok()?.into_iter();
    own.find(|own| own.get("kind") == document.get("kind"))
}
