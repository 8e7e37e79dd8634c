//! The state and the plans of Terraform as JSON: each resource in them is a block whose values are
//! known, or known to be unknown.
//!
//! # Source
//!
//! developer.hashicorp.com, "JSON output format" (`terraform show -json`, format 1) and the state
//! file of version 4 (2026-08).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::hcl::Block;
use super::lines::{Document, Lines, join};
use super::value::{at, number};

/// Modules inside each other.
const DEEPEST: usize = 30;
/// Where the resources of the root stand: in a state, and in a plan.
const ROOTS: [&str; 2] = ["planned_values.root_module", "values.root_module"];
/// A value that only applying a plan brings.
const UNKNOWN: &str = "${known after apply}";
/// Numbers that a state holds as 0 where there are none.
const NONE_AS_ZERO: [&str; 2] = ["average_utilization", "target_cpu_utilization_percentage"];
/// Keys of such a file beside its resources, which say nothing of their own.
const HEADS: [&str; 5] = [
    "format_version",
    "terraform_version",
    "version",
    "serial",
    "lineage",
];

/// The blocks of a state or a plan, each with its place; none where the document is neither.
pub(super) fn blocks(document: &Document) -> Option<Vec<(String, Block)>> {
    let value = &document.value;
    let fields = value.as_object()?;
    if !fields
        .get("terraform_version")
        .is_some_and(Value::is_string)
    {
        return None;
    }
    let mut found = Vec::new();
    let root = ROOTS.into_iter().find(|root| at(value, root).is_some());
    // Any file may say a version of Terraform; a state lists its resources.
    if root.is_none() && !value["resources"].is_array() {
        return None;
    }
    let read = if let Some(root) = root {
        let unknown = unknown(value);
        module(value, root, &unknown, 0, &mut found);
        root.split('.').next().unwrap_or_default()
    } else {
        instances(value, &mut found);
        "resources"
    };
    let others = fields.keys().filter(|key| !HEADS.contains(&key.as_str()));
    for key in others.filter(|key| *key != read) {
        let labels = vec![key.clone()];
        found.push((key.clone(), block("terraform", labels, Map::new())));
    }
    Some(found)
}

fn block(kind: &str, labels: Vec<String>, body: Map<String, Value>) -> Block {
    Block {
        kind: kind.to_owned(),
        labels,
        body,
        lines: Lines::default(),
    }
}

/// A resource by its head, with these values.
fn resource(head: &Value, values: &Value) -> Option<Block> {
    let kind = match head["mode"].as_str() {
        Some("data") => "data",
        _ => "resource",
    };
    let labels = ["type", "name"].map(|key| head[key].as_str().map(str::to_owned));
    let labels = labels.into_iter().collect::<Option<Vec<_>>>()?;
    let mut values = values.clone();
    drop_nothing(&mut values);
    Some(block(kind, labels, values.as_object().cloned()?))
}

/// The resources of a module and of those in it.
fn module(
    document: &Value,
    path: &str,
    unknown: &BTreeMap<&str, &Value>,
    depth: usize,
    found: &mut Vec<(String, Block)>,
) {
    let Some(own) = at(document, path).filter(|_| depth < DEEPEST) else {
        return;
    };
    for (index, head) in own["resources"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        let place = join(path, &format!("resources.{index}.values"));
        let address = head["address"].as_str().unwrap_or_default();
        let mut values = head["values"].clone();
        if let Some(open) = unknown.get(address) {
            open_up(&mut values, open);
        }
        found.extend(resource(head, &values).map(|block| (place, block)));
    }
    let inner = own["child_modules"].as_array().map_or(0, Vec::len);
    for index in 0..inner {
        let place = join(path, &format!("child_modules.{index}"));
        module(document, &place, unknown, depth + 1, found);
    }
}

/// The resources of a state file.
fn instances(document: &Value, found: &mut Vec<(String, Block)>) {
    let heads = document["resources"].as_array().into_iter().flatten();
    for (index, head) in heads.enumerate() {
        let instances = head["instances"].as_array().into_iter().flatten();
        for (step, instance) in instances.enumerate() {
            let place = format!("resources.{index}.instances.{step}.attributes");
            let block = resource(head, &instance["attributes"]);
            found.extend(block.map(|block| (place, block)));
        }
    }
}

/// The parts of each resource that only applying the plan brings, by its address.
fn unknown(document: &Value) -> BTreeMap<&str, &Value> {
    let changes = document["resource_changes"].as_array();
    let changes = changes.into_iter().flatten();
    let open = changes.filter_map(|change| {
        let address = change["address"].as_str()?;
        Some((address, change["change"].get("after_unknown")?))
    });
    open.collect()
}

/// Puts a placeholder wherever a value is not known yet.
fn open_up(value: &mut Value, unknown: &Value) {
    match unknown {
        Value::Bool(true) => *value = Value::String(UNKNOWN.to_owned()),
        Value::Object(fields) => {
            if value.is_null() {
                *value = Value::Object(Map::new());
            }
            if let Some(own) = value.as_object_mut() {
                for (key, inner) in fields {
                    open_up(own.entry(key.as_str()).or_insert(Value::Null), inner);
                }
            }
        }
        Value::Array(items) => {
            if let Some(own) = value.as_array_mut() {
                own.resize(own.len().max(items.len()), Value::Null);
                for (value, inner) in own.iter_mut().zip(items) {
                    open_up(value, inner);
                }
            }
        }
        _ => {}
    }
}

/// Takes out the attributes that a state has although nobody set them: nothing, an empty text, an
/// empty list.
fn drop_nothing(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(drop_nothing);
            fields.retain(|key, value| match value {
                Value::Null => false,
                Value::String(text) => !text.is_empty(),
                Value::Array(items) => !items.is_empty(),
                value => !NONE_AS_ZERO.contains(&key.as_str()) || number(value) != Some(0.0),
            });
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nothing),
        _ => {}
    }
}
