//! Governance of `Bifrost`: limits by provider and model, and weights of virtual keys.
//!
//! # Source
//!
//! docs.getbifrost.ai, "Governance" (2026-09): providers and models refer to their limit.

use serde_json::Value;

use super::quota::{Counts, Given, Quota, account};
use super::setting::{CALLERS, seconds};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::value::{at, number};

const LIMITS: &str = "governance.rate_limits";
const KEYS: &str = "governance.virtual_keys";
const NOT_SERVED: &str = "no virtual key may call it: a key with providers of its own reaches no \
                          others";
const NO_ROW: &str = "limits a model that has no row: a row has one model";
const ABSENT: &str = "limits a provider that is not here";
const OTHER: &str = "is a weight of one caller's key, and another key has others";

/// Reads limits and weights for the targets found.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    weights(document, facts);
    let mut given = Vec::new();
    for (index, limit) in rows(document, LIMITS).enumerate() {
        limits(
            document,
            limit,
            &format!("{LIMITS}.{index}"),
            (facts, &mut given),
        );
    }
    account(given, std::slice::from_mut(facts));
}

fn rows<'a>(document: &'a Value, place: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    at(document, place)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Reads both counters of each limit, for the providers and models that refer to it.
fn limits(
    document: &Value,
    limit: &Value,
    path: &str,
    (facts, given): (&mut Facts, &mut Vec<Given>),
) {
    let of = |list: &str, provider: &str, model: &str| -> Vec<(String, String)> {
        let rows = rows(document, &format!("governance.{list}"));
        let rows = rows.filter(|row| !limit["id"].is_null() && row["rate_limit_id"] == limit["id"]);
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        rows.map(|row| (text(row, provider), text(row, model)))
            .collect()
    };
    let mut owners = of("providers", "name", "");
    owners.extend(of("model_configs", "provider", "model_name"));
    let keys = rows(document, KEYS);
    let refers = |row: &Value| row["rate_limit_id"] == limit["id"];
    let mut keys = keys.flat_map(|key| {
        let inner = key["provider_configs"].as_array().into_iter().flatten();
        inner.chain([key])
    });
    let is_of_callers = keys.any(refers)
        || ["teams", "customers"]
            .iter()
            .any(|list| rows(document, &format!("governance.{list}")).any(refers));
    if owners.is_empty() {
        let why = "is referred to by no provider and no model";
        facts.unused(path, if is_of_callers { CALLERS } else { why });
        return;
    }
    facts.understood.push(join(path, "id"));
    for (key, counts) in [("token", Counts::Tokens), ("request", Counts::Requests)] {
        let place = join(path, &format!("{key}_max_limit"));
        let reset = format!("{key}_reset_duration");
        let window_s = seconds(&limit[&reset]).filter(|window_s| 0.0 < *window_s);
        let most = number(&limit[&format!("{key}_max_limit")]);
        let (Some(limit), Some(window_s)) = (most, window_s) else {
            continue;
        };
        let quota = Quota::at((0, place), counts, (limit, window_s));
        let is_its = |target: &&mut crate::import::target::Target| {
            let model = target.model.as_deref().unwrap_or_default();
            let is = |(name, own): &(String, String)| {
                (name.is_empty() || *name == target.id) && (own.is_empty() || own == model)
            };
            owners.iter().any(is)
        };
        let mut own: Vec<_> = facts.targets.iter_mut().filter(is_its).collect();
        quota.give(&mut own);
        let is_here = |(name, _): &(String, String)| {
            name.is_empty() || document["providers"].get(name).is_some()
        };
        let is_rowless = owners.iter().any(is_here);
        let why = if is_rowless { NO_ROW } else { ABSENT };
        let nobody = own.is_empty().then(|| why.to_owned());
        given.push((quota, nobody));
        facts.understood.push(join(path, &reset));
    }
}

/// Reads the weights of virtual keys, if equal for all keys.
fn weights(document: &Value, facts: &mut Facts) {
    let keys: Vec<&Value> = rows(document, KEYS).collect();
    let of = |key: &Value| -> Vec<(String, Option<f64>)> {
        let rows = key["provider_configs"].as_array().into_iter().flatten();
        let read =
            |row: &Value| Some((row["provider"].as_str()?.to_owned(), number(&row["weight"])));
        let mut weights: Vec<_> = rows.filter_map(read).collect();
        weights.sort_by(|a, b| a.0.cmp(&b.0));
        weights
    };
    let Some(first) = keys.first().map(|key| of(key)) else {
        return;
    };
    let is_same = keys.iter().all(|key| of(key) == first);
    if is_same && !first.is_empty() {
        let is_served = |id: &str| first.iter().any(|(served, _)| served == id);
        let others = facts.targets.iter_mut();
        for target in others.filter(|target| !is_served(&target.id)) {
            target.weight = Some(0.0);
            target.weight_note = Some(NOT_SERVED.to_owned());
        }
    }
    for (index, key) in keys.iter().enumerate() {
        let inner = key["provider_configs"].as_array().into_iter().flatten();
        for (inner, row) in inner.enumerate() {
            let place = format!("{KEYS}.{index}.provider_configs.{inner}");
            if !is_same {
                facts.unused(join(&place, "weight"), OTHER);
                continue;
            }
            facts.understood.push(join(&place, "provider"));
            if number(&row["weight"]).is_some() {
                facts.understood.push(join(&place, "weight"));
            }
            let id = row["provider"].as_str().unwrap_or_default();
            let target = facts.targets.iter_mut().find(|target| target.id == id);
            if let (Some(target), Some(weight)) = (target, number(&row["weight"])) {
                target.weight = Some(weight);
                target.weight_note = Some("by the virtual keys".to_owned());
            }
        }
    }
}
