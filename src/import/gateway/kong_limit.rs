//! Limits of Kong's `ai-rate-limiting-advanced`, and their targets.

use std::collections::BTreeMap;

use serde_json::Value;

use super::kong_hung::{Hung, REPLACED, holds};
use super::kong_owner::{Owner, Plugin};
use super::quota::{Counts, Given, Quota, not_modelled};
use super::setting::CALLERS;
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::number;
use crate::import::vendor::known;

const NOBODY: &str = "limits a provider or a model that no plugin here sends to";
const NO_PAIR: &str = "is no number, or has no window of its own";
const UNATTACHED: &str = "no model here has this policy";
const OF_CALLER: &str = "Kong's default: each caller has a counter of its own, by its address \
                         where nobody is known. The limit was taken as if all were one caller";

/// Limit as written in a plugin.
struct Row<'a> {
    /// Whether each provider, and each model, has a separate counter.
    is_of_each: [bool; 2],
    place: String,
    providers: Vec<&'a str>,
    models: Vec<&'a str>,
    strategy: &'a str,
    limit: f64,
    window_s: f64,
}

/// Reads provider limits, in the format before or since 3.14.
pub(super) fn limits(
    plugin: &Plugin,
    (owners, vendors, hung): (&[Owner], &BTreeMap<String, String>, &Hung),
    facts: &mut [Facts],
    given: &mut Vec<Given>,
) {
    let identifier = plugin.config["identifier"].as_str();
    if plugin.is_callers || identifier.is_some_and(|by| !["service", "path"].contains(&by)) {
        facts[plugin.document].unused(plugin.path.clone(), CALLERS);
        return;
    }
    let rows = rows(plugin, &mut facts[plugin.document]);
    if identifier.is_none() && plugin.config["llm_providers"].is_array() && !rows.is_empty() {
        let place = join(&plugin.path, "identifier");
        facts[plugin.document].beside(place, "Counts for", "consumer", OF_CALLER);
    }
    for row in rows {
        let Some(counts) = Counts::of(row.strategy).filter(|_| 0.0 < row.window_s) else {
            let why = not_modelled(row.strategy);
            facts[plugin.document].unused(row.place, why);
            continue;
        };
        // A limit names the vendor or a target's account.
        let vendor_of = |name: &&str| known(vendors.get(*name).map_or(*name, String::as_str));
        let wanted: Vec<_> = row.providers.iter().map(vendor_of).collect();
        let is_its = |target: &Target| {
            let vendor = target.vendor.as_deref().and_then(known);
            let model = target.model.as_deref().unwrap_or_default();
            let owner = &owners[target.group];
            let is_model = |name: &&str| *name == model || owner.names.iter().any(|o| o == name);
            is_near(plugin, owner)
                && !hung.replaces(plugin, &owner.path)
                && (wanted.is_empty() || vendor.is_some() && wanted.contains(&vendor))
                && (row.models.is_empty() || row.models.iter().any(is_model))
        };
        let quota = Quota::at(
            (plugin.document, row.place),
            counts,
            (row.limit, row.window_s),
        );
        let targets = facts.iter_mut().flat_map(|facts| &mut facts.targets);
        let own = targets.filter(|one| is_its(one));
        let mut counters: BTreeMap<[Option<String>; 2], Vec<&mut Target>> = BTreeMap::new();
        for target in own {
            let parts = [target.vendor.clone(), target.model.clone()];
            let mut each = row.is_of_each.iter();
            let key = parts.map(|part| part.filter(|_| each.next() == Some(&true)));
            counters.entry(key).or_default().push(target);
        }
        let is_unused = plugin.policy.is_some() && !owners.iter().any(|o| is_near(plugin, o));
        let is_moot = || {
            let mut near = owners
                .iter()
                .filter(|owner| is_near(plugin, owner))
                .peekable();
            near.peek().is_some() && near.all(|owner| hung.replaces(plugin, &owner.path))
        };
        let nobody = counters.is_empty().then(|| match is_unused {
            true => UNATTACHED.to_owned(),
            false if is_moot() => REPLACED.to_owned(),
            false => NOBODY.to_owned(),
        });
        for own in counters.values_mut() {
            quota.give(own);
        }
        given.push((quota, nobody));
    }
}

/// Whether a plugin counts requests to an owner's targets.
fn is_near(plugin: &Plugin, owner: &Owner) -> bool {
    match (&plugin.policy, &owner.policies) {
        (Some(names), Some(attached)) => names.iter().any(|name| attached.contains(name)),
        (None, Some(_)) => plugin.owner.is_empty(),
        _ => {
            owner.document != plugin.document
                || holds(&owner.path, &plugin.owner)
                || holds(&plugin.owner, &owner.path)
        }
    }
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
        let read = ["name", "window_size", "tokens_count_strategy"];
        facts.understood.extend(read.map(|key| join(&place, key)));
        for (key, limit, window_s) in pairs(row, &place, facts) {
            rows.push(Row {
                is_of_each: [false; 2],
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
        let is_of_each = ["provider", "model"].map(|kind| {
            let mut own = matches.iter().filter(|one| one["type"] == kind);
            own.any(|one| one["partition_by"] == true)
        });
        for one in 0..matches.len() {
            let parts = ["type", "values", "partition_by"];
            let place = format!("{place}.match.{one}");
            facts.understood.extend(parts.map(|key| join(&place, key)));
        }
        let limits = policy["limits"].as_array().into_iter().flatten();
        for (index, one) in limits.enumerate() {
            let place = join(&place, &format!("limits.{index}"));
            let read = ["window_size", "tokens_count_strategy"];
            facts.understood.extend(read.map(|key| join(&place, key)));
            for (key, limit, window_s) in pairs(one, &place, facts) {
                rows.push(Row {
                    is_of_each,
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

/// Limits with keys and windows, given as lists or single numbers; invalid ones are reported.
fn pairs(row: &Value, place: &str, facts: &mut Facts) -> Vec<(String, f64, f64)> {
    let list = |key: &str| -> Vec<(String, Option<f64>)> {
        match &row[key] {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let read = |(index, item)| (format!("{key}.{index}"), number(item));
                items.map(read).collect()
            }
            Value::Null => Vec::new(),
            value => vec![(key.to_owned(), number(value))],
        }
    };
    let spans = list("window_size");
    let mut found = Vec::new();
    for (index, (key, limit)) in list("limit").into_iter().enumerate() {
        let window_s = spans.get(index).and_then(|(_, window_s)| *window_s);
        match (limit, window_s) {
            (Some(limit), Some(window_s)) => found.push((key, limit, window_s)),
            _ => facts.unused(join(place, &key), NO_PAIR),
        }
    }
    found
}
