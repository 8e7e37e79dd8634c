//! Plugins of Kong: `ai-proxy`, `ai-proxy-advanced` and `ai-rate-limiting-advanced`; and what a
//! model of its AI Gateway 2 has of each.
//!
//! # Source
//!
//! developer.konghq.com, the plugins' references (AI Gateway 3.14 and 2.0).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::kong_limit::limits;
use super::kong_list::{
    Model, attached, models, named, of_callers, policies, provider_places, providers,
};
use super::kong_model;
use super::kong_owner::{Owner, Plugin};
use super::quota::account;
use super::setting::{OFF, retries, timeout};
use super::share::{cap, even};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::{at, number};
use crate::import::vendor::by_address;

/// Weight of a target that sets none.
const WEIGHT: f64 = 100.0;
const LIMITS: &str = "ai-rate-limiting-advanced";
const NO_ANSWER: &str = "serves files and batches, which are no requests";
const NOT_BY_WEIGHT: &str = "does not send by weights, and they are taken as shares all the same";
/// Balancers that send by the weights.
const BY_WEIGHT: [&str; 3] = ["round-robin", "consistent-hashing", "least-connections"];

/// Targets, balancer and limits of all plugins. Objects of the cluster hold one plugin each, so
/// that limits and targets may stand apart.
pub(super) fn facts(all: &[&Value]) -> Vec<Facts> {
    let mut facts: Vec<Facts> = all.iter().map(|_| Facts::default()).collect();
    let plugins = all.iter().enumerate();
    let plugins: Vec<Plugin> = plugins
        .flat_map(|(index, one)| plugins_of(index, one))
        .chain(of_models(all))
        .collect();
    // Where the plugin of each target hangs, by its group.
    let mut owners = Vec::new();
    for plugin in &plugins {
        let own = &mut facts[plugin.document];
        let first = own.targets.len();
        if plugin.is_known() {
            let row = plugin.path.strip_suffix(".config").unwrap_or_default();
            let names = ["ref", "name", "type", "enabled", "global", "plugin"];
            own.understood.extend(names.map(|key| join(row, key)));
        }
        match plugin.name {
            "ai-proxy" | "ai-proxy-advanced" | LIMITS if plugin.is_off => {
                own.unused(plugin.path.clone(), OFF);
                continue;
            }
            "ai-proxy" => {
                own.targets.push(target(plugin.config, &plugin.path));
                service(all[plugin.document], &plugin.owner, own);
            }
            "ai-proxy-advanced" => advanced(plugin.config, &plugin.path, own),
            _ => continue,
        }
        for target in &mut own.targets[first..] {
            target.group = owners.len();
            let prices = target.more.iter().map(|more| more.place.clone());
            own.understood.extend(prices);
            for key in ["model.provider", "model.name", "weight"] {
                own.understood.push(join(&target.place, key));
            }
        }
        owners.push(Owner {
            document: plugin.document,
            path: plugin.owner.clone(),
            names: Vec::new(),
            policies: None,
        });
    }
    let vendors = providers(all);
    for (facts, document) in facts.iter_mut().zip(all) {
        facts.understood.extend(provider_places(document));
    }
    for model in models(all) {
        self::model(&model, &vendors, &mut owners, &mut facts[model.document]);
    }
    cap(&mut facts);
    even(&mut facts);
    let mut given = Vec::new();
    for plugin in &plugins {
        if plugin.name == LIMITS && !plugin.is_off {
            limits(plugin, (&owners, &vendors), &mut facts, &mut given);
        }
    }
    account(given, &mut facts);
    facts
}

fn plugins_of(document: usize, value: &Value) -> Vec<Plugin<'_>> {
    let mut found = Vec::new();
    if let Some(name) = value["plugin"].as_str() {
        found.push(Plugin {
            document,
            name,
            config: &value["config"],
            path: "config".to_owned(),
            owner: String::new(),
            policy: None,
            is_off: value["disabled"] == true,
            is_callers: false,
        });
    }
    collect(document, value, "", &mut found);
    found
}

fn collect<'a>(document: usize, owner: &'a Value, path: &str, found: &mut Vec<Plugin<'a>>) {
    let is_caller = |path: &str| path.starts_with("consumer");
    let rows = owner["plugins"].as_array().into_iter().flatten();
    for (index, plugin) in rows.enumerate() {
        let Some(name) = plugin["name"].as_str() else {
            continue;
        };
        let mut of = ["consumer", "consumer_group"].iter();
        found.push(Plugin {
            document,
            name,
            config: &plugin["config"],
            path: join(path, &format!("plugins.{index}.config")),
            owner: path.to_owned(),
            policy: None,
            is_off: plugin["enabled"] == false,
            is_callers: is_caller(path) || of.any(|key| plugin.get(*key).is_some()),
        });
    }
    for list in ["services", "routes", "consumers", "consumer_groups"] {
        let rows = owner[list].as_array().into_iter().flatten();
        for (index, row) in rows.enumerate() {
            collect(
                document,
                row,
                &join(path, &format!("{list}.{index}")),
                found,
            );
        }
    }
}

/// Policies of the AI Gateway 2 as the plugins that they are. One that only callers have is theirs.
fn of_models<'a>(all: &[&'a Value]) -> Vec<Plugin<'a>> {
    let of_models: Vec<String> = models(all)
        .iter()
        .flat_map(|model| attached(model.row))
        .collect();
    let callers = of_callers(all);
    let found = policies(all).into_iter();
    found
        .filter_map(|(document, path, row)| {
            let names = named(row);
            let is_global = row["global"] == true;
            let is_in = |list: &[String]| names.iter().any(|name| list.contains(name));
            Some(Plugin {
                document,
                name: row["type"].as_str()?,
                config: &row["config"],
                path: join(&path, "config"),
                owner: String::new(),
                is_off: row["enabled"] == false,
                is_callers: !is_global && is_in(&callers) && !is_in(&of_models),
                policy: (!is_global).then_some(names),
            })
        })
        .collect()
}

/// The targets and the balancer of a model.
fn model(
    model: &Model,
    vendors: &BTreeMap<String, String>,
    owners: &mut Vec<Owner>,
    facts: &mut Facts,
) {
    let whole = |why: &str, facts: &mut Facts| {
        facts.unused(join(&model.path, "targets"), why);
    };
    if model.is_off() {
        return whole(OFF, facts);
    }
    if !model.answers() {
        return whole(NO_ANSWER, facts);
    }
    for mut target in kong_model::targets(model, vendors) {
        target.group = owners.len();
        for key in ["provider", "name", "weight", "config.type"] {
            facts.understood.push(join(&target.place, key));
        }
        facts.targets.push(weighed(target));
    }
    for key in ["ref", "name", "type", "enabled", "policies"] {
        facts.understood.push(join(&model.path, key));
    }
    owners.push(Owner {
        document: model.document,
        path: String::new(),
        names: model.names(),
        policies: Some(attached(model.row)),
    });
    let (balancer, place) = model.balancer();
    self::balancer(balancer, &place, facts);
}

/// A target; a server of one's own is none of the vendor's whose dialect it speaks.
fn target(row: &Value, path: &str) -> Target {
    let text = |key: &str| row["model"][key].as_str().map(str::to_owned);
    let address = at(row, "model.options.upstream_url").and_then(Value::as_str);
    let vendor = match address {
        Some(address) => Some(by_address(address).unwrap_or("self-hosted").to_owned()),
        None => text("provider"),
    };
    let mut target = Target {
        place: path.to_owned(),
        id: text("name").or_else(|| vendor.clone()).unwrap_or_default(),
        model: text("name"),
        vendor,
        weight: number(&row["weight"]),
        ..Target::default()
    };
    // Kong counts dollars per million tokens as well.
    for (key, name) in [
        ("price-input", "input_cost"),
        ("price-output", "output_cost"),
    ] {
        if let Some(usd_per_mtok) = number(&row["model"]["options"][name]) {
            target.more(key, format!("{path}.model.options.{name}"), usd_per_mtok);
        }
    }
    target
}

fn advanced(config: &Value, path: &str, facts: &mut Facts) {
    let rows = config["targets"].as_array().into_iter().flatten();
    for (index, row) in rows.enumerate() {
        let target = target(row, &join(path, &format!("targets.{index}")));
        facts.targets.push(weighed(target));
    }
    balancer(&config["balancer"], &join(path, "balancer"), facts);
}

/// The service that a plugin hangs at, or below: one without a balancer has its retries and its
/// timeout.
fn service(document: &Value, owner: &str, facts: &mut Facts) {
    let mut steps = owner.split('.');
    let (Some("services"), Some(index)) = (steps.next(), steps.next()) else {
        return;
    };
    let place = join("services", index);
    let is_new = |key: &str, facts: &Facts| !facts.understood.contains(&join(&place, key));
    if let Some(service) = at(document, &place) {
        let own = ["retries", "read_timeout"];
        let own = own.into_iter().filter(|key| is_new(key, facts));
        let own: Map<String, Value> = own
            .filter_map(|key| Some((key.to_owned(), service.get(key)?.clone())))
            .collect();
        balancer(&Value::Object(own), &place, facts);
    }
}

fn weighed(mut target: Target) -> Target {
    if target.weight.is_none() {
        target.weight = Some(WEIGHT);
        target.fill("weight", "Kong fills it in");
    }
    target
}

fn balancer(balancer: &Value, place: &str, facts: &mut Facts) {
    if let Some(value) = balancer.get("retries") {
        retries(join(place, "retries"), value, facts);
    }
    for key in ["read_timeout", "readTimeout"] {
        if let Some(value) = balancer.get(key) {
            let seconds = number(value).map(|ms| ms / 1e3);
            timeout(join(place, key), seconds, facts);
        }
    }
    match balancer["algorithm"].as_str() {
        Some(name) if BY_WEIGHT.contains(&name) => {
            facts.understood.push(join(place, "algorithm"));
        }
        Some(_) => facts.unused(join(place, "algorithm"), NOT_BY_WEIGHT),
        None => {}
    }
}
