//! Plugins of Kong: `ai-proxy`, `ai-proxy-advanced` and `ai-rate-limiting-advanced`, and their
//! counterparts in models of AI Gateway 2.
//!
//! # Source
//!
//! developer.konghq.com, plugin references (AI Gateway 3.14 and 2.0).

use std::collections::BTreeMap;

use serde_json::Value;

use super::kong_balancer::{Silent, balance, defaults, service};
use super::kong_hung::{Hung, REPLACED, of_route, referred};
use super::kong_limit::limits;
use super::kong_list::{
    Model, attached, models, named, of_callers, policies, provider_places, providers,
};
use super::kong_model;
use super::kong_owner::{Balancer, Owner, Plugin};
use super::quota::account;
use super::setting::{OFF, answers};
use super::share::{cap, even};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::at;
use crate::import::vendor::by_address;
use crate::scenario::property::WEIGHT;

const LIMITS: &str = "ai-rate-limiting-advanced";
const NO_ANSWER: &str = "serves files and batches, which are no requests";

/// Facts on targets, balancers and limits of all plugins. A cluster object has one plugin, so
/// limits and targets may be in different documents.
pub(super) fn facts(all: &[&Value]) -> Vec<Facts> {
    let mut facts: Vec<Facts> = all.iter().map(|_| Facts::default()).collect();
    let plugins = all.iter().enumerate();
    let plugins: Vec<Plugin> = plugins
        .flat_map(|(index, one)| plugins_of(index, one))
        .chain(of_models(all))
        .collect();
    let hung = Hung::of(&plugins, all);
    // Owner of each target's plugin, by group.
    let mut owners = Vec::new();
    let mut silent = Silent::default();
    for plugin in &plugins {
        let is_replaced = plugin.name != LIMITS && hung.replaces_on_all(plugin);
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
            "ai-proxy" | "ai-proxy-advanced" if is_replaced => {
                own.unused(plugin.path.clone(), REPLACED);
                continue;
            }
            "ai-proxy" => {
                own.targets.push(target(plugin.config, &plugin.path));
                service(all[plugin.document], &plugin.owner, own);
            }
            "ai-proxy-advanced" => advanced(plugin.config, &plugin.path, own),
            _ => continue,
        }
        silent.note_plugin(plugin, all[plugin.document]);
        for target in &mut own.targets[first..] {
            target.group = owners.len();
            for key in ["model.provider", "model.name"] {
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
        silent.note_model(&model);
    }
    cap(&mut facts);
    even(&mut facts);
    defaults(&mut facts, &silent);
    let mut given = Vec::new();
    for plugin in &plugins {
        if plugin.name == LIMITS && !plugin.is_off {
            limits(plugin, (&owners, &vendors, &hung), &mut facts, &mut given);
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
    collect(document, (value, value), ("", ""), &mut found);
    found
}

/// Collects the plugins of an owner and those below it. The second path identifies the owner by
/// service and route index.
fn collect<'a>(
    document: usize,
    (whole, owner): (&'a Value, &'a Value),
    (path, hung): (&str, &str),
    found: &mut Vec<Plugin<'a>>,
) {
    let is_caller = |path: &str| path.starts_with("consumer");
    let rows = owner["plugins"].as_array().into_iter().flatten();
    for (index, plugin) in rows.enumerate() {
        let Some(name) = plugin["name"].as_str() else {
            continue;
        };
        let mut of = ["consumer", "consumer_group"].iter();
        let owner = if path.is_empty() {
            referred(whole, plugin)
        } else {
            hung.to_owned()
        };
        found.push(Plugin {
            document,
            name,
            config: &plugin["config"],
            path: join(path, &format!("plugins.{index}.config")),
            owner,
            policy: None,
            is_off: plugin["enabled"] == false,
            is_callers: is_caller(path) || of.any(|key| plugin.get(*key).is_some()),
        });
    }
    for list in ["services", "routes", "consumers", "consumer_groups"] {
        let rows = owner[list].as_array().into_iter().flatten();
        for (index, row) in rows.enumerate() {
            let step = format!("{list}.{index}");
            let hung = match (list, path) {
                ("routes", "") => of_route(whole, row, index),
                _ => join(hung, &step),
            };
            collect(document, (whole, row), (&join(path, &step), &hung), found);
        }
    }
}

/// Policies of AI Gateway 2 as plugins; those attached only to callers are marked.
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

/// Reads the targets and balancer of a model.
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
    let mut targets = kong_model::targets(model, vendors);
    for target in &mut targets {
        target.group = owners.len();
        for key in ["provider", "name", "config.type"] {
            facts.understood.push(join(&target.place, key));
        }
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
    balance(&model.balancer(), &mut targets, facts);
    facts.targets.extend(targets);
}

/// Target; a self-hosted server is not its dialect's vendor.
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
        ..Target::default()
    };
    target.weight = target.read(WEIGHT.key, join(path, "weight"), &row["weight"]);
    // Dollars per million tokens, as in the model.
    for (key, name) in [
        ("price-input", "input_cost"),
        ("price-output", "output_cost"),
    ] {
        let place = format!("{path}.model.options.{name}");
        target.take(key, place, &row["model"]["options"][name]);
    }
    target
}

fn advanced(config: &Value, path: &str, facts: &mut Facts) {
    let rows = config["targets"].as_array().into_iter().flatten();
    let targets = rows.enumerate();
    let targets = targets.map(|(index, row)| {
        let place = join(path, &format!("targets.{index}"));
        let options = join(&place, "model.options");
        answers(&row["model"]["options"], &options, facts);
        target(row, &place)
    });
    let mut targets: Vec<Target> = targets.collect();
    let balancer = Balancer {
        own: &config["balancer"],
        place: join(path, "balancer"),
        named: None,
    };
    balance(&balancer, &mut targets, facts);
    facts.targets.extend(targets);
}
