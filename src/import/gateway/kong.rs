//! Plugins of Kong: `ai-proxy`, `ai-proxy-advanced` and `ai-rate-limiting-advanced`.
//!
//! # Source
//!
//! developer.konghq.com, the plugins' references (AI Gateway 3.14 and 2.0).

use serde_json::Value;

use super::quota::{Counts, Quota};
use super::setting::{retries, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::{Target, known};
use crate::import::value::number;

/// Weight of a target that sets none.
const WEIGHT: f64 = 100.0;

/// Targets, balancer and limits of all plugins.
pub(super) fn facts(document: &Value, all: &[&Value], facts: &mut Facts) {
    let own = plugins(document);
    for (name, config, path) in &own {
        match *name {
            "ai-proxy" => facts.targets.push(target(config, path, facts_of(config))),
            "ai-proxy-advanced" => advanced(config, path, facts),
            _ => {}
        }
    }
    for target in &facts.targets {
        for key in ["model.provider", "model.name", "weight"] {
            facts.understood.push(join(&target.place, key));
        }
    }
    // Objects of the cluster hold one plugin each, so that limits and targets stand apart.
    for other in all {
        let is_here = std::ptr::eq(*other, document);
        for (name, config, path) in plugins(other) {
            if name == "ai-rate-limiting-advanced" && (is_here || !facts.targets.is_empty()) {
                limits(config, &path, is_here, facts);
            }
        }
    }
}

fn facts_of(config: &Value) -> Option<f64> {
    number(&config["weight"])
}

/// Name, configuration and place of each plugin, wherever it hangs.
fn plugins(document: &Value) -> Vec<(&str, &Value, String)> {
    let mut found = Vec::new();
    if let Some(name) = document["plugin"].as_str() {
        found.push((name, &document["config"], "config".to_owned()));
    }
    collect(document, "", &mut found);
    found
}

fn collect<'a>(owner: &'a Value, path: &str, found: &mut Vec<(&'a str, &'a Value, String)>) {
    for list in ["plugins", "ai_gateway_policies"] {
        let rows = owner[list].as_array().into_iter().flatten();
        for (index, plugin) in rows.enumerate() {
            let name = match list {
                "plugins" => plugin["name"].as_str(),
                _ => plugin["type"].as_str(),
            };
            let place = join(path, &format!("{list}.{index}.config"));
            if let Some(name) = name {
                found.push((name, &plugin["config"], place));
            }
        }
    }
    for list in ["services", "routes", "consumers", "consumer_groups"] {
        let rows = owner[list].as_array().into_iter().flatten();
        for (index, row) in rows.enumerate() {
            collect(row, &join(path, &format!("{list}.{index}")), found);
        }
    }
}

fn target(row: &Value, path: &str, weight: Option<f64>) -> Target {
    let text = |key: &str| row["model"][key].as_str().map(str::to_owned);
    let vendor = text("provider");
    Target {
        place: path.to_owned(),
        id: text("name").or_else(|| vendor.clone()).unwrap_or_default(),
        model: text("name"),
        vendor,
        weight,
        ..Target::default()
    }
}

fn advanced(config: &Value, path: &str, facts: &mut Facts) {
    let rows = config["targets"].as_array().into_iter().flatten();
    for (index, row) in rows.enumerate() {
        let place = join(path, &format!("targets.{index}"));
        let weight = number(&row["weight"]);
        let mut target = target(row, &place, weight.or(Some(WEIGHT)));
        if weight.is_none() {
            target.weight_note = Some("Kong fills it in".to_owned());
        }
        facts.targets.push(target);
    }
    let balancer = &config["balancer"];
    let place = join(path, "balancer");
    if let Some(value) = balancer.get("retries") {
        retries(join(&place, "retries"), value, facts);
    }
    if let Some(value) = balancer.get("read_timeout") {
        let seconds = number(value).map(|ms| ms / 1e3);
        timeout(join(&place, "read_timeout"), seconds, facts);
    }
}

/// Limits of providers, in the shape of 3.13 and before, or of 3.14.
fn limits(config: &Value, path: &str, is_here: bool, facts: &mut Facts) {
    let strategy = config["tokens_count_strategy"]
        .as_str()
        .unwrap_or("total_tokens");
    let mut rows = Vec::new();
    let providers = config["llm_providers"].as_array().into_iter().flatten();
    for (index, row) in providers.enumerate() {
        let place = join(path, &format!("llm_providers.{index}"));
        let names: Vec<&str> = row["name"].as_str().into_iter().collect();
        for (limit, window) in pairs(&row["limit"], &row["window_size"]) {
            rows.push((place.clone(), names.clone(), limit, window));
        }
    }
    let policies = config["policies"].as_array().into_iter().flatten();
    for (index, policy) in policies.enumerate() {
        let place = join(path, &format!("policies.{index}"));
        let matches = policy["match"].as_array().into_iter().flatten();
        let of_provider = matches.filter(|one| one["type"] == "provider");
        let values = of_provider
            .filter_map(|one| one["values"].as_array())
            .flatten();
        let names: Vec<&str> = values.filter_map(Value::as_str).collect();
        let limits = policy["limits"].as_array().into_iter().flatten();
        for one in limits {
            for (limit, window) in pairs(&one["limit"], &one["window_size"]) {
                rows.push((place.clone(), names.clone(), limit, window));
            }
        }
    }
    for (place, names, limit, window_s) in rows {
        let counts = Counts::of(strategy);
        let wanted: Vec<_> = names.iter().map(|name| known(name)).collect();
        let is_its = |target: &Target| {
            let vendor = target.vendor.as_deref();
            let vendor = vendor.and_then(known);
            vendor.is_some() && wanted.contains(&vendor)
        };
        let mut own: Vec<&mut Target> =
            facts.targets.iter_mut().filter(|one| is_its(one)).collect();
        match counts {
            Some(counts) if !own.is_empty() && 0.0 < window_s => {
                let quota = Quota {
                    place: place.clone(),
                    counts,
                    limit,
                    window_s,
                };
                quota.give(&mut own);
                if is_here {
                    facts.understood.push(place);
                }
            }
            _ if is_here => facts.unused(
                place,
                "limits a provider that no plugin here sends to, or counts dollars",
            ),
            _ => {}
        }
    }
}

/// Limits with their windows, which are lists or single numbers.
fn pairs(limits: &Value, windows: &Value) -> Vec<(f64, f64)> {
    let list = |value: &Value| -> Vec<f64> {
        match value {
            Value::Array(items) => items.iter().filter_map(number).collect(),
            value => number(value).into_iter().collect(),
        }
    };
    list(limits).into_iter().zip(list(windows)).collect()
}
