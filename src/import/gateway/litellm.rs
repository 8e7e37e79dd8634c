//! `config.yaml` of `LiteLLM`.
//!
//! # Source
//!
//! docs.litellm.ai, "All settings", "Load balancing", "Routing" (2026-05).

use std::collections::BTreeMap;

use serde_json::Value;

use super::setting::{CALLS, PATIENCE, in_order, once, seconds};
use crate::catalog::provider as catalog;
use crate::import::fact::Facts;
use crate::import::target::Target;
use crate::import::value::{at, number};
use crate::import::vendor::{by_address, known};
use crate::scenario::property;

/// Connections of a worker that sets none.
const POOL: f64 = 10.0;
/// Why a row for everything is no provider.
const ANY: &str = "stands for every model of every provider, and names none";
const ABOVE: &str = "litellm_params has it as well, and that counts";
const NO_NUMBER: &str = "is no number, and counts as absent";

/// Its models, retries, timeouts and pool.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    models(document, facts);
    for owner in ["router_settings", "litellm_settings"] {
        let settings = &document[owner];
        if let Some(value) = settings.get("num_retries") {
            let attempts = number(value).map(|retries| retries + 1.0);
            let place = format!("{owner}.num_retries");
            once(place, &property::ATTEMPTS, attempts, CALLS, facts);
        }
        for key in ["timeout", "request_timeout"] {
            if let Some(value) = settings.get(key) {
                let place = format!("{owner}.{key}");
                let property = &property::CLIENT_TIMEOUT;
                once(place, property, seconds(value), PATIENCE, facts);
            }
        }
        if let Some(value) = settings.get("retry_after") {
            let place = format!("{owner}.retry_after");
            let delay_ms = seconds(value).map(|seconds| seconds * 1e3);
            once(place, &property::RETRY_DELAY, delay_ms, "", facts);
        }
    }
    let pool = "general_settings.database_connection_pool_limit";
    if let Some(value) = at(document, pool) {
        let note = "of each worker; a gateway with several opens it for each";
        let property = &property::CONNECTIONS_PER_GATEWAY;
        once(pool.to_owned(), property, number(value), note, facts);
    } else if at(document, "general_settings.database_url").is_some() {
        let why = "LiteLLM fills in 10 for each worker";
        facts.filled(pool, &property::CONNECTIONS_PER_GATEWAY, Some(POOL), why);
    }
    let period = "general_settings.maximum_spend_logs_retention_period";
    if let Some(value) = at(document, period) {
        let days = seconds(value).map(|seconds| libm::ceil(seconds / 86_400.0));
        once(period.to_owned(), &property::RETENTION, days, "", facts);
    }
}

fn models(document: &Value, facts: &mut Facts) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut ranks = Vec::new();
    let rows = document["model_list"].as_array().into_iter().flatten();
    for (index, row) in rows.enumerate() {
        let path = format!("model_list.{index}");
        if row["litellm_params"]["model"] == "*" {
            facts.unused(path, ANY);
            continue;
        }
        let group = row["model_name"].as_str().unwrap_or_default();
        let place = facts.targets.len();
        groups.entry(group.to_owned()).or_default().push(place);
        ranks.push(number(&row["litellm_params"]["order"]));
        let target = target(row, &path, facts);
        facts.targets.push(target);
    }
    let strategy = document["router_settings"]["routing_strategy"].as_str();
    let is_shuffled = strategy.is_none_or(|name| name == "simple-shuffle");
    for (group, places) in groups.values().enumerate() {
        let mut rows: Vec<Target> = places
            .iter()
            .map(|place| facts.targets[*place].clone())
            .collect();
        if is_shuffled {
            by_limits(&mut rows);
        }
        let ranks: Vec<Option<f64>> = places.iter().map(|place| ranks[*place]).collect();
        in_order(&mut rows, &ranks, ("order", 1.0));
        for (place, row) in places.iter().zip(rows) {
            facts.targets[*place] = Target { group, ..row };
        }
    }
}

/// Without weights the shuffle picks by requests a minute, or by tokens.
fn by_limits(rows: &mut [Target]) {
    if rows.len() < 2 || rows.iter().any(|row| row.weight.is_some()) {
        return;
    }
    let limits: [fn(&Target) -> Option<f64>; 2] = [
        |row| row.limit("rpm", row.rpm),
        |row| row.limit("tpm", row.tpm),
    ];
    let Some(limit) = limits
        .iter()
        .find(|limit| rows.iter().all(|row| limit(row).is_some()))
    else {
        return;
    };
    for row in rows {
        row.weight = limit(row);
        row.weight_note = Some("LiteLLM picks by this limit where no weight is set".to_owned());
    }
}

fn target(row: &Value, path: &str, facts: &mut Facts) -> Target {
    let params = &row["litellm_params"];
    let place = format!("{path}.litellm_params");
    let model = params["model"].as_str().unwrap_or_default();
    let info = &row["model_info"];
    let (vendor, model, is_guess) = vendor(params, model);
    // A deployment has a name of its own, and may say which model it is.
    let base = info["base_model"].as_str();
    let base = base.map(|base| base.rsplit('/').next().unwrap_or(base).to_owned());
    if let Some(base) = &base {
        let place = format!("{path}.model_info.base_model");
        facts.also(place, "Model", base.clone());
    }
    let model = base.unwrap_or(model);
    let mut target = Target {
        place: place.clone(),
        id: row["model_name"].as_str().unwrap_or_default().to_owned(),
        vendor: Some(vendor),
        // All models of a vendor are none by name.
        model: Some(model).filter(|model| !model.is_empty() && !model.contains('*')),
        rpm: number(&params["rpm"]),
        tpm: number(&params["tpm"]),
        weight: number(&params["weight"]),
        ..Target::default()
    };
    if is_guess {
        target.fill("provider", "no line names one: taken for OpenAI");
    }
    // Limits may stand beside the model as well.
    for key in ["rpm", "tpm"] {
        let place = format!("{path}.model_info.{key}");
        match number(&info[key]) {
            Some(_) if params.get(key).is_some() => {
                facts.unused(place, ABOVE);
            }
            Some(value) => {
                target.more(key, place.clone(), value);
                facts.understood.push(place);
            }
            None => {}
        }
    }
    prices(
        (params, &place),
        (info, &format!("{path}.model_info")),
        &mut target,
        facts,
    );
    for (key, name) in [
        ("rpd", "rpd"),
        ("tpd", "tpd"),
        ("in-flight", "max_parallel_requests"),
    ] {
        if let Some(value) = number(&params[name]) {
            target.more(key, format!("{place}.{name}"), value);
        }
    }
    facts.understood.push(format!("{path}.model_name"));
    account(params, &place, facts);
    target
}

/// Dollars per token, beside the model or in what is known of it; the first goes before.
fn prices(own: (&Value, &str), info: (&Value, &str), target: &mut Target, facts: &mut Facts) {
    for (key, name) in [
        ("price-input", "input_cost_per_token"),
        ("price-output", "output_cost_per_token"),
        ("price-cached", "cache_read_input_token_cost"),
        ("price-write", "cache_creation_input_token_cost"),
    ] {
        let mut is_said = false;
        for (row, place) in [own, info] {
            let Some(value) = row.get(name).filter(|value| !value.is_null()) else {
                continue;
            };
            let place = format!("{place}.{name}");
            match number(value) {
                _ if is_said => facts.unused(place, ABOVE),
                Some(usd_per_token) => {
                    is_said = true;
                    // A price per token has digits that a binary fraction cannot hold.
                    let usd_per_mtok = libm::round(usd_per_token * 1e12) / 1e6;
                    target.more(key, place.clone(), usd_per_mtok);
                    facts.understood.push(place);
                }
                None => facts.unused(place, NO_NUMBER),
            }
        }
    }
}

/// Says of each key that is read what became of it.
fn account(params: &Value, place: &str, facts: &mut Facts) {
    let read = [
        "model",
        "rpm",
        "tpm",
        "rpd",
        "tpd",
        "weight",
        "order",
        "max_parallel_requests",
    ];
    for key in read {
        let value = params
            .get(key)
            .filter(|value| key != "model" && !value.is_null());
        if value.is_some_and(|value| number(value).is_none()) {
            facts.unused(format!("{place}.{key}"), NO_NUMBER);
        }
        if params
            .get(key)
            .is_some_and(|value| key == "model" || number(value).is_some())
        {
            facts.understood.push(format!("{place}.{key}"));
        }
    }
}

/// The vendor and its name for the model: `azure/gpt-4o`, or a bare name with an address; and
/// whether the vendor is a guess.
fn vendor(params: &Value, model: &str) -> (String, String, bool) {
    let address = params["api_base"].as_str();
    let own = params["custom_llm_provider"].as_str();
    let (prefix, name) = match model.split_once('/') {
        Some((prefix, name)) if own.is_some() || known(prefix).is_some() => (Some(prefix), name),
        Some((prefix, name)) if !prefix.contains('.') => (Some(prefix), name),
        _ => (None, model),
    };
    let named = own.or(prefix);
    let by_address = address.and_then(by_address);
    // A server that speaks as OpenAI does is none of OpenAI's.
    let speaks = named.is_none() || named == Some("openai");
    let vendor = match (named, address, by_address) {
        (_, Some(_), Some(vendor)) if speaks => vendor,
        (_, Some(_), None) if speaks => "self-hosted",
        (Some(named), ..) => named,
        (None, ..) => by_model(name).unwrap_or("openai"),
    };
    let is_guess = named.is_none() && address.is_none() && by_model(name).is_none();
    (vendor.to_owned(), name.to_owned(), is_guess)
}

/// The first vendor with a model of this name.
fn by_model(name: &str) -> Option<&'static str> {
    let mut vendors = catalog::vendors().iter();
    let row = vendors.find(|row| catalog::model_spelled(row.id, name).is_some());
    row.map(|row| row.id)
        .or_else(|| name.starts_with("claude").then_some("anthropic"))
}
