//! Plugins of Kong: `ai-proxy`, `ai-proxy-advanced` and `ai-rate-limiting-advanced`.
//!
//! # Source
//!
//! developer.konghq.com, the plugins' references (AI Gateway 3.14 and 2.0).

use serde_json::Value;

use super::quota::{Counts, Given, Quota, account};
use super::setting::{CALLERS, OFF, retries, timeout};
use super::share::{cap, even};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::{Target, by_address, known};
use crate::import::value::{at, number};

/// Weight of a target that sets none.
const WEIGHT: f64 = 100.0;
const LIMITS: &str = "ai-rate-limiting-advanced";
const NOBODY: &str = "limits a provider or a model that no plugin here sends to";

/// A plugin, wherever it hangs.
struct Plugin<'a> {
    document: usize,
    name: &'a str,
    config: &'a Value,
    /// Where its configuration stands.
    path: String,
    /// The service, route or consumer that it hangs at.
    owner: String,
    is_off: bool,
    /// Whether it counts for some callers only.
    is_callers: bool,
}

/// Targets, balancer and limits of all plugins. Objects of the cluster hold one plugin each, so
/// that limits and targets may stand apart.
pub(super) fn facts(all: &[&Value]) -> Vec<Facts> {
    let mut facts: Vec<Facts> = all.iter().map(|_| Facts::default()).collect();
    let plugins = all.iter().enumerate();
    let plugins: Vec<Plugin> = plugins
        .flat_map(|(index, one)| plugins_of(index, one))
        .collect();
    // Where the plugin of each target hangs, by its group.
    let mut owners = Vec::new();
    for plugin in &plugins {
        let own = &mut facts[plugin.document];
        let first = own.targets.len();
        match plugin.name {
            "ai-proxy" | "ai-proxy-advanced" | LIMITS if plugin.is_off => {
                own.unused(plugin.path.clone(), OFF);
                continue;
            }
            "ai-proxy" => own.targets.push(target(plugin.config, &plugin.path)),
            "ai-proxy-advanced" => advanced(plugin.config, &plugin.path, own),
            _ => continue,
        }
        for target in &mut own.targets[first..] {
            target.group = owners.len();
            for key in ["model.provider", "model.name", "weight"] {
                own.understood.push(join(&target.place, key));
            }
        }
        owners.push((plugin.document, plugin.owner.clone()));
    }
    cap(&mut facts);
    even(&mut facts);
    let mut given = Vec::new();
    for plugin in &plugins {
        if plugin.name == LIMITS && !plugin.is_off {
            limits(plugin, &owners, &mut facts, &mut given);
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
            is_off: value["disabled"] == true,
            is_callers: false,
        });
    }
    collect(document, value, "", &mut found);
    found
}

fn collect<'a>(document: usize, owner: &'a Value, path: &str, found: &mut Vec<Plugin<'a>>) {
    let is_caller = |path: &str| path.starts_with("consumer");
    for list in ["plugins", "ai_gateway_policies"] {
        let rows = owner[list].as_array().into_iter().flatten();
        for (index, plugin) in rows.enumerate() {
            let name = match list {
                "plugins" => plugin["name"].as_str(),
                _ => plugin["type"].as_str(),
            };
            let Some(name) = name else { continue };
            let mut of = ["consumer", "consumer_group"].iter();
            found.push(Plugin {
                document,
                name,
                config: &plugin["config"],
                path: join(path, &format!("{list}.{index}.config")),
                owner: path.to_owned(),
                is_off: plugin["enabled"] == false,
                is_callers: is_caller(path) || of.any(|key| plugin.get(*key).is_some()),
            });
        }
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

/// A target; a server of one's own is none of the vendor's whose dialect it speaks.
fn target(row: &Value, path: &str) -> Target {
    let text = |key: &str| row["model"][key].as_str().map(str::to_owned);
    let address = at(row, "model.options.upstream_url").and_then(Value::as_str);
    let vendor = match address {
        Some(address) => Some(by_address(address).unwrap_or("self-hosted").to_owned()),
        None => text("provider"),
    };
    Target {
        place: path.to_owned(),
        id: text("name").or_else(|| vendor.clone()).unwrap_or_default(),
        model: text("name"),
        vendor,
        weight: number(&row["weight"]),
        ..Target::default()
    }
}

fn advanced(config: &Value, path: &str, facts: &mut Facts) {
    let rows = config["targets"].as_array().into_iter().flatten();
    for (index, row) in rows.enumerate() {
        let mut target = target(row, &join(path, &format!("targets.{index}")));
        if target.weight.is_none() {
            target.weight = Some(WEIGHT);
            target.fill("weight", "Kong fills it in");
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

/// A limit as a plugin has it.
struct Row<'a> {
    place: String,
    providers: Vec<&'a str>,
    models: Vec<&'a str>,
    strategy: &'a str,
    limit: f64,
    window_s: f64,
}

/// Limits of providers, in the shape of 3.13 and before, or of 3.14.
fn limits(
    plugin: &Plugin,
    owners: &[(usize, String)],
    facts: &mut [Facts],
    given: &mut Vec<Given>,
) {
    let identifier = plugin.config["identifier"].as_str();
    if plugin.is_callers || identifier.is_some_and(|by| !["service", "path"].contains(&by)) {
        facts[plugin.document].unused(plugin.path.clone(), CALLERS);
        return;
    }
    for row in rows(plugin, &mut facts[plugin.document]) {
        let Some(counts) = Counts::of(row.strategy).filter(|_| 0.0 < row.window_s) else {
            let why = format!("counts {}, which is not modelled", row.strategy);
            facts[plugin.document].unused(row.place, why);
            continue;
        };
        let wanted: Vec<_> = row.providers.iter().map(|name| known(name)).collect();
        let is_its = |target: &Target| {
            let vendor = target.vendor.as_deref().and_then(known);
            let model = target.model.as_deref().unwrap_or_default();
            let (document, owner) = &owners[target.group];
            let is_near = *document != plugin.document || !is_apart(owner, &plugin.owner);
            is_near
                && (wanted.is_empty() || vendor.is_some() && wanted.contains(&vendor))
                && (row.models.is_empty() || row.models.contains(&model))
        };
        let quota = Quota {
            document: plugin.document,
            place: row.place,
            counts,
            limit: row.limit,
            window_s: row.window_s,
        };
        let targets = facts.iter_mut().flat_map(|facts| &mut facts.targets);
        let mut own: Vec<&mut Target> = targets.filter(|one| is_its(one)).collect();
        quota.give(&mut own);
        let nobody = own.is_empty().then(|| NOBODY.to_owned());
        given.push((quota, nobody));
    }
}

/// Whether two plugins hang at different services, or at different routes of one.
fn is_apart(one: &str, other: &str) -> bool {
    let mut steps = one.split('.').zip(other.split('.'));
    let differs = steps.find(|(one, other)| one != other);
    differs.is_some_and(|(one, _)| one.parse::<usize>().is_ok())
}

fn rows<'a>(plugin: &Plugin<'a>, facts: &mut Facts) -> Vec<Row<'a>> {
    let (config, path) = (plugin.config, &plugin.path);
    let strategy = |owner: &'a Value| owner["tokens_count_strategy"].as_str();
    let for_all = strategy(config).unwrap_or("total_tokens");
    facts.understood.push(join(path, "tokens_count_strategy"));
    let mut rows = Vec::new();
    let providers = config["llm_providers"].as_array().into_iter().flatten();
    for (index, row) in providers.enumerate() {
        let place = join(path, &format!("llm_providers.{index}"));
        facts
            .understood
            .extend(["name", "window_size"].map(|key| join(&place, key)));
        for (key, limit, window_s) in pairs(row) {
            rows.push(Row {
                place: join(&place, &key),
                providers: row["name"].as_str().into_iter().collect(),
                models: Vec::new(),
                strategy: strategy(row).unwrap_or(for_all),
                limit,
                window_s,
            });
        }
    }
    let policies = config["policies"].as_array().into_iter().flatten();
    for (index, policy) in policies.enumerate() {
        let place = join(path, &format!("policies.{index}"));
        let matches: Vec<&Value> = policy["match"].as_array().into_iter().flatten().collect();
        let is_modelled = |one: &&Value| one["type"] == "provider" || one["type"] == "model";
        if policy.get("partition_by").is_some() || !matches.iter().all(is_modelled) {
            facts.unused(place, CALLERS);
            continue;
        }
        let values = |kind: &str| -> Vec<&'a str> {
            let own = matches.iter().filter(|one| one["type"] == kind);
            let values = own.filter_map(|one| one["values"].as_array()).flatten();
            values.filter_map(Value::as_str).collect()
        };
        facts.understood.push(join(&place, "match"));
        let limits = policy["limits"].as_array().into_iter().flatten();
        for (index, one) in limits.enumerate() {
            let place = join(&place, &format!("limits.{index}"));
            let read = ["window_size", "tokens_count_strategy"];
            facts.understood.extend(read.map(|key| join(&place, key)));
            for (key, limit, window_s) in pairs(one) {
                rows.push(Row {
                    place: join(&place, &key),
                    providers: values("provider"),
                    models: values("model"),
                    strategy: strategy(one).unwrap_or(for_all),
                    limit,
                    window_s,
                });
            }
        }
    }
    rows
}

/// Limits with their keys and windows, which are lists or single numbers.
fn pairs(row: &Value) -> Vec<(String, f64, f64)> {
    let list = |key: &str| -> Vec<(String, f64)> {
        match &row[key] {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let read = |(index, item)| Some((format!("{key}.{index}"), number(item)?));
                items.filter_map(read).collect()
            }
            value => {
                let value = number(value).map(|value| (key.to_owned(), value));
                value.into_iter().collect()
            }
        }
    };
    let windows = list("window_size")
        .into_iter()
        .map(|(_, window_s)| window_s);
    let limits = list("limit").into_iter().zip(windows);
    limits
        .map(|((key, limit), window_s)| (key, limit, window_s))
        .collect()
}
