//! Deployments of `LiteLLM`, grouped by name, with the share of each in its group.
//!
//! # Source
//!
//! docs.litellm.ai, "Load balancing" (2026-05), and `simple_shuffle` of its router: the first
//! available deployment decides whether weights, RPM or TPM are used; a deployment without that key
//! counts as 0.

use std::collections::BTreeMap;

use serde_json::Value;

use super::setting::answers;
use crate::catalog::provider as catalog;
use crate::import::fact::Facts;
use crate::import::order::in_order;
use crate::import::target::{More, Target};
use crate::import::vendor::{by_address, known};
use crate::scenario::property::{ORDER, WEIGHT};

/// Places of a group's targets, by the name callers use.
pub(super) type Groups = BTreeMap<String, Vec<usize>>;

/// Sum of shares that replaces larger ones.
const WHOLE: f64 = 100.0;
/// Reason why a wildcard is not a provider.
const ANY: &str = "stands for every model of every provider, and names none";
const NO_MODEL: &str = "LiteLLM refuses it: a deployment has litellm_params with a model";
const NO_NAME: &str = "LiteLLM refuses it: a deployment has a model_name";
const ABOVE: &str = "litellm_params has it as well, and that counts";
const BY_WEIGHT: &str = "simple-shuffle";
const AT_ONCE: &str = "router_settings.default_max_parallel_requests";
const STRATEGY: &str = "router_settings.routing_strategy";
const BY_LOAD: &str = "sends by load, price or latency, which has no place here: the deployments \
                       of a group count alike";
const NO_WEIGHTS: &str = "counts for simple-shuffle only, and routing_strategy is another one";
const NOT_FIRST: &str = "counts only where the first deployment of the group has a weight, and it \
                         has none";
const NO_SUM: &str = "the weights of the group add up to 0, so that all of it counts alike";
const BY_LIMIT: &str = "LiteLLM picks by this limit where no weight is set";
const NOTHING: &str = "LiteLLM sends it nothing: the first deployment of the group has the key \
                       that decides, and this one has not";

/// Reads the models of the list and reports the others.
pub(super) fn models(document: &Value, facts: &mut Facts) -> Groups {
    let mut groups = Groups::new();
    let mut ranks = Vec::new();
    let rows = document["model_list"].as_array().into_iter().flatten();
    for (index, row) in rows.enumerate() {
        let path = format!("model_list.{index}");
        let params = &row["litellm_params"];
        if params["model"] == "*" {
            facts.unused(path, ANY);
            continue;
        }
        if params["model"].as_str().is_none_or(str::is_empty) {
            facts.unused(path, NO_MODEL);
            continue;
        }
        let Some(group) = row["model_name"].as_str().filter(|name| !name.is_empty()) else {
            facts.unused(path, NO_NAME);
            continue;
        };
        facts.also(format!("{path}.model_name"), "Group", group.to_owned());
        groups
            .entry(group.to_owned())
            .or_default()
            .push(facts.targets.len());
        let mut target = target(row, &path, facts);
        let (own, place) = match &params["order"] {
            Value::Null => (&row["model_info"]["order"], "model_info"),
            own => (own, "litellm_params"),
        };
        ranks.push(target.read(ORDER.key, format!("{path}.{place}.order"), own));
        at_once(document, &mut target);
        facts.targets.push(target);
    }
    let is_shuffled = strategy(document, facts);
    for (group, places) in groups.values().enumerate() {
        let mut rows: Vec<Target> = places
            .iter()
            .map(|place| facts.targets[*place].clone())
            .collect();
        let ranks: Vec<Option<f64>> = places.iter().map(|place| ranks[*place]).collect();
        // The router uses the lowest order first; deployments without one come last.
        in_order(&mut rows, &ranks, ("order", f64::INFINITY));
        if is_shuffled {
            shuffle(&mut rows, facts);
        } else {
            without_weights(&mut rows, NO_WEIGHTS, facts);
        }
        for (place, row) in places.iter().zip(rows) {
            facts.targets[*place] = Target { group, ..row };
        }
    }
    groups
}

/// Sets the router's default concurrency for a deployment without limits.
fn at_once(document: &Value, target: &mut Target) {
    let has_limit = target.rpm.is_some() || target.tpm.is_some();
    let has = |more: &More| ["rpm", "tpm", "in-flight"].contains(&more.key);
    if !has_limit && !target.more.iter().any(has) {
        let said = &document["router_settings"]["default_max_parallel_requests"];
        target.take("in-flight", AT_ONCE.to_owned(), said);
    }
}

/// Whether weights apply.
fn strategy(document: &Value, facts: &mut Facts) -> bool {
    match &document["router_settings"]["routing_strategy"] {
        Value::Null => true,
        name if name == BY_WEIGHT => {
            let value = "by weights, or by limits".to_owned();
            facts.also(STRATEGY.to_owned(), "Routing", value);
            true
        }
        _ => {
            facts.unused(STRATEGY, BY_LOAD);
            false
        }
    }
}

fn without_weights(rows: &mut [Target], why: &str, facts: &mut Facts) {
    for row in rows {
        if row.weight.take().is_some() {
            facts.unused(format!("{}.weight", row.place), why);
        }
    }
}

/// Sets the shares of a group; at each order level, the first deployment decides the key.
fn shuffle(rows: &mut [Target], facts: &mut Facts) {
    let mut orders: Vec<usize> = rows.iter().map(|row| row.order).collect();
    orders.sort_unstable();
    orders.dedup();
    for order in orders {
        let mut own: Vec<&mut Target> = rows.iter_mut().filter(|row| row.order == order).collect();
        // A limit on a single deployment is no share.
        let keys: [fn(&Target) -> Option<f64>; 3] =
            [|row| row.weight, |row| row.rpm, |row| row.tpm];
        let keys = keys.iter().take(if own.len() < 2 { 1 } else { 3 });
        let decides = keys.enumerate().find(|(_, key)| {
            let sum: f64 = own.iter().map(|row| key(row).unwrap_or(0.0)).sum();
            key(own[0]).is_some() && 0.0 < sum
        });
        let Some((place, key)) = decides else {
            let has_first = own[0].weight.is_some();
            let why = if has_first { NO_SUM } else { NOT_FIRST };
            let mut own: Vec<_> = own.into_iter().filter(|row| row.weight.is_some()).collect();
            for row in &mut own {
                without_weights(std::slice::from_mut(*row), why, facts);
            }
            continue;
        };
        let all = own.iter().filter_map(|row| key(row));
        let (sum, most) = all.fold((0.0, 0.0_f64), |(sum, most), share| {
            (sum + share, most.max(share))
        });
        // Token limits may exceed the maximum of a weight.
        let unit = if WEIGHT.high < most { WHOLE / sum } else { 1.0 };
        for row in &mut own {
            let share = key(row).map(|share| share * unit);
            let is_weight = place == 0;
            if !is_weight && row.weight.is_some() {
                facts.unused(format!("{}.weight", row.place), NOT_FIRST);
            }
            row.weight = Some(share.unwrap_or(0.0));
            row.weight_note = match share {
                None => Some(NOTHING.to_owned()),
                Some(_) => (!is_weight).then(|| BY_LIMIT.to_owned()),
            };
        }
    }
}

fn target(row: &Value, path: &str, facts: &mut Facts) -> Target {
    let params = &row["litellm_params"];
    let place = format!("{path}.litellm_params");
    let model = params["model"].as_str().unwrap_or_default();
    let info = &row["model_info"];
    let (vendor, model, is_guess) = vendor(params, model);
    // A deployment has its own name and may state its base model.
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
        // A wildcard for a vendor's models names none.
        model: Some(model).filter(|model| !model.is_empty() && !model.contains('*')),
        named_at: params["model"]
            .is_string()
            .then(|| format!("{place}.model")),
        ..Target::default()
    };
    let mut own = |key| target.read(key, format!("{place}.{key}"), &params[key]);
    let [rpm, tpm, weight] = ["rpm", "tpm", "weight"].map(&mut own);
    (target.rpm, target.tpm, target.weight) = (rpm, tpm, weight);
    if is_guess {
        target.fill("provider", "no line names one: taken for OpenAI");
    }
    facts
        .understood
        .push(format!("{place}.custom_llm_provider"));
    // Limits may also be in the model info.
    for key in ["rpm", "tpm"] {
        let place = format!("{path}.model_info.{key}");
        if params[key].is_null() {
            target.take(key, place, &info[key]);
        } else if !info[key].is_null() {
            facts.unused(place, ABOVE);
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
        target.take(key, format!("{place}.{name}"), &params[name]);
    }
    for (key, name) in [
        ("context", "max_input_tokens"),
        ("answer-max", "max_output_tokens"),
    ] {
        target.take(key, format!("{path}.model_info.{name}"), &info[name]);
    }
    answers(params, &place, facts);
    target
}

/// Prices in dollars per token; the parameters override the model info.
fn prices(own: (&Value, &str), info: (&Value, &str), target: &mut Target, facts: &mut Facts) {
    for (key, name) in [
        ("price-input", "input_cost_per_token"),
        ("price-output", "output_cost_per_token"),
        ("price-cached", "cache_read_input_token_cost"),
        ("price-write", "cache_creation_input_token_cost"),
    ] {
        let mut is_said = false;
        for (row, place) in [own, info] {
            if row[name].is_null() {
                continue;
            }
            let place = format!("{place}.{name}");
            if is_said {
                facts.unused(place, ABOVE);
            } else if let Some(usd_per_token) = target.read(key, place.clone(), &row[name]) {
                is_said = true;
                // Prices per token have no exact binary fraction.
                let usd_per_mtok = libm::round(usd_per_token * 1e12) / 1e6;
                target.more(key, place, usd_per_mtok);
            }
        }
    }
}

/// Vendor and model name, from `azure/gpt-4o` or from a bare name with an address, and whether the
/// vendor is a guess.
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
    // An OpenAI-compatible server is not OpenAI.
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

/// First vendor with a model of this name.
fn by_model(name: &str) -> Option<&'static str> {
    let mut vendors = catalog::vendors().iter();
    let row = vendors.find(|row| catalog::model_spelled(row.id, name).is_some());
    row.map(|row| row.id)
        .or_else(|| name.starts_with("claude").then_some("anthropic"))
}
