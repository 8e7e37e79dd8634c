//! Lists of Kong's AI Gateway 2: models, provider accounts, policies, callers.
//!
//! # Source
//!
//! developer.konghq.com, "AI Models", "AI Gateway entities" and "Kong AI Gateway with Kong
//! Operator" (2.0 to 2.2).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::kong_owner::Balancer;
use crate::import::lines::join;
use crate::import::value::at;

/// Lists of models, as written by different tools.
pub(super) const MODELS: [&str; 2] = ["ai_gateway_models", "ai_models"];
/// Lists of the accounts that models refer to.
const PROVIDERS: [&str; 3] = [
    "ai_gateway_model_providers",
    "ai_model_providers",
    "ai_providers",
];
/// Lists of policies and of callers.
pub(in crate::import) const POLICIES: [&str; 2] = ["ai_gateway_policies", "ai_policies"];
const CALLERS: [&str; 4] = [
    "ai_gateway_consumers",
    "ai_gateway_consumer_groups",
    "ai_consumers",
    "ai_consumer_groups",
];
/// List of whole gateways, each with its own lists.
const GATEWAYS: &str = "ai_gateways";

/// Model in any list or as an object.
pub(super) struct Model<'a> {
    pub(super) document: usize,
    pub(super) path: String,
    pub(super) row: &'a Value,
}

impl Model<'_> {
    /// Names of the model in policies and limits.
    pub(super) fn names(&self) -> Vec<String> {
        named(self.row)
    }

    /// Whether the model is disabled.
    pub(super) fn is_off(&self) -> bool {
        self.row["enabled"] == false || self.row["enabled"] == "Disabled"
    }

    /// Whether the model answers requests; type `api` serves files and batches.
    pub(super) fn answers(&self) -> bool {
        self.row["type"] != "api"
    }

    /// Balancer of the model; a cluster object nests it below the algorithm's name.
    pub(super) fn balancer(&self) -> Balancer<'_> {
        let balancer = &self.row["config"]["balancer"];
        let place = join(&self.path, "config.balancer");
        let mut inner = balancer.as_object().into_iter().flatten();
        let Some((key, own)) = inner.find(|(_, own)| own.is_object()) else {
            return Balancer {
                own: balancer,
                place,
                named: None,
            };
        };
        let mut named = String::new();
        for c in key.chars() {
            if c.is_ascii_uppercase() {
                named.push('-');
            }
            named.push(c.to_ascii_lowercase());
        }
        Balancer {
            own,
            place: join(&place, key),
            named: Some(named),
        }
    }
}

/// Whether a document has models or providers of this gateway.
pub(in crate::import) fn is_one(document: &Value) -> bool {
    let mut lists = MODELS.iter().chain(&PROVIDERS);
    let mut inner = document[GATEWAYS].as_array().into_iter().flatten();
    lists.any(|list| document[*list].is_array())
        || inner.any(|gateway| gateway["models"].is_array())
        || is_lone(document)
}

/// Whether a document is a model in the API's format.
fn is_lone(document: &Value) -> bool {
    let is_type = document["type"] == "model" || document["type"] == "api";
    let is_target = |row: &Value| row["name"].is_string() && !row["config"]["type"].is_null();
    let rows = document["targets"].as_array();
    is_type && rows.is_some_and(|rows| !rows.is_empty() && rows.iter().all(is_target))
}

/// Items of these lists in a document and its gateways, with their places.
fn rows<'a>(document: &'a Value, lists: &[&'static str]) -> Vec<(String, &'a Value)> {
    let mut owners = vec![(document, String::new())];
    let gateways = document[GATEWAYS].as_array().into_iter().flatten();
    for (index, gateway) in gateways.enumerate() {
        owners.push((gateway, format!("{GATEWAYS}.{index}")));
    }
    // Within a gateway, list names lack the prefix.
    let short = |list: &&'static str| {
        let inner = list.strip_prefix("ai_gateway_");
        inner.or(list.strip_prefix("ai_")).unwrap_or(list)
    };
    let inner: BTreeSet<&str> = lists.iter().map(short).collect();
    let outer: BTreeSet<&str> = lists.iter().copied().collect();
    let mut found = Vec::new();
    for (owner, path) in owners {
        for key in if path.is_empty() { &outer } else { &inner } {
            let all = owner[*key].as_array().into_iter().flatten().enumerate();
            found.extend(all.map(|(index, row)| (join(&path, &format!("{key}.{index}")), row)));
        }
    }
    found
}

/// All models of some documents.
pub(super) fn models<'a>(all: &[&'a Value]) -> Vec<Model<'a>> {
    let mut found = Vec::new();
    for (document, value) in all.iter().enumerate() {
        let mut add = |path: String, row: &'a Value| {
            found.push(Model {
                document,
                path,
                row,
            });
        };
        for (path, row) in rows(value, &MODELS) {
            add(path, row);
        }
        if value["kind"] == "AIGatewayModel" {
            let spec = &value["spec"]["apiSpec"];
            let kind = spec["type"].as_str().unwrap_or("model");
            add(format!("spec.apiSpec.{kind}"), &spec[kind]);
        } else if is_lone(value) {
            add(String::new(), value);
        }
    }
    found
}

/// Vendors of the accounts, by each account name.
pub(super) fn providers(all: &[&Value]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut add = |names: Vec<String>, vendor: Option<&str>| {
        for name in names {
            found.extend(vendor.map(|vendor| (name, vendor.to_owned())));
        }
    };
    for value in all {
        for (_, row) in rows(value, &PROVIDERS) {
            add(named(row), row["type"].as_str());
        }
        if value["kind"] == "AIGatewayModelProvider" {
            let spec = &value["spec"]["apiSpec"];
            let vendor = spec["type"].as_str();
            add(named(&value["metadata"]), vendor);
            add(named(&spec[vendor.unwrap_or_default()]), vendor);
        }
    }
    found
}

/// Places that give an account's vendor.
pub(super) fn provider_places(document: &Value) -> Vec<String> {
    let rows = rows(document, &PROVIDERS).into_iter();
    let mut places: Vec<String> = rows
        .flat_map(|(path, _)| ["ref", "name", "type"].map(|key| join(&path, key)))
        .collect();
    if document["kind"] == "AIGatewayModelProvider" {
        places.push("spec.apiSpec.type".to_owned());
        let vendor = at(document, "spec.apiSpec.type").and_then(Value::as_str);
        places.extend(vendor.map(|vendor| format!("spec.apiSpec.{vendor}.name")));
    }
    places
}

/// Policies of some documents, each with its document and place.
pub(super) fn policies<'a>(all: &[&'a Value]) -> Vec<(usize, String, &'a Value)> {
    let each = all.iter().enumerate();
    each.flat_map(|(document, value)| {
        let rows = rows(value, &POLICIES).into_iter();
        rows.map(move |(path, row)| (document, path, row))
    })
    .collect()
}

/// Names of policies attached to callers.
pub(super) fn of_callers(all: &[&Value]) -> Vec<String> {
    let rows = all.iter().flat_map(|value| rows(value, &CALLERS));
    rows.flat_map(|(_, row)| attached(row)).collect()
}

/// Names of policies attached to a model or caller.
pub(super) fn attached(row: &Value) -> Vec<String> {
    let names = row["policies"].as_array().into_iter().flatten();
    names.filter_map(name).collect()
}

/// Names of a list item.
pub(super) fn named(row: &Value) -> Vec<String> {
    let keys = ["name", "ref", "id"].iter();
    keys.filter_map(|key| name(&row[*key])).collect()
}

/// Name given directly, as a reference `!ref account#name` to a `ref`, or in an object.
pub(super) fn name(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value["name"].as_str())?;
    let text = text.strip_prefix("!ref ").unwrap_or(text);
    let text = text.split('#').next().unwrap_or(text);
    (!text.is_empty()).then(|| text.to_owned())
}
