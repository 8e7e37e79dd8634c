//! Plugins of APISIX: `ai-proxy`, `ai-proxy-multi` and `ai-rate-limiting`.
//!
//! # Source
//!
//! apisix.apache.org, plugin pages and schemas (2026-08). A limit without instances is one counter
//! shared by all instances without their own limit.

use serde_json::Value;

use super::quota::{Counts, Given, Quota, account};
use super::setting::{CALLERS, OFF, Stands, answers, default, default_of_some, retries, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::order::in_order;
use crate::import::target::Target;
use crate::import::value::{at, number};
use crate::import::vendor::served_at;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT, ORDER, WEIGHT};

/// Default timeout per call, in seconds.
const TIMEOUT_S: f64 = 30.0;
const DEFAULT: &str = "APISIX's default";
const NO_RETRY: &str = "APISIX's default: no fallback by HTTP status, so that it calls once";
const EACH_ONCE: &str = "APISIX's default: it falls back to each instance once";
const NOBODY: &str = "limits no instance of this text";

/// Possible owners of plugins, with their places.
fn owners(document: &Value) -> Vec<(&Value, String)> {
    let mut owners = vec![(document, String::new())];
    if document["value"]["plugins"].is_object() {
        owners.push((&document["value"], "value".to_owned()));
    }
    if document["spec"]["plugins"].is_array() {
        owners.push((&document["spec"], "spec".to_owned()));
    }
    let rules = document["spec"]["http"].as_array().into_iter().flatten();
    for (index, rule) in rules.enumerate() {
        owners.push((rule, format!("spec.http.{index}")));
    }
    for list in ["routes", "services", "global_rules", "plugin_configs"] {
        let rows = document[list].as_array().into_iter().flatten();
        for (index, row) in rows.enumerate() {
            let path = format!("{list}.{index}");
            let inner = row["routes"].as_array().into_iter().flatten();
            for (place, route) in inner.enumerate() {
                owners.push((route, format!("{path}.routes.{place}")));
            }
            owners.push((row, path));
        }
    }
    owners
}

/// Owners whose plugins also apply to the requests of each owner: a route inherits from its service
/// and plugin config, and these apply to their routes.
fn kin(owners: &[(&Value, String)]) -> Vec<Vec<usize>> {
    let is_of = |(route, place): &(&Value, String), (row, path): &(&Value, String)| {
        let is_in = |list: &str| path.starts_with(list) && !path.contains(".routes.");
        let is_same = |key: &str| !row["id"].is_null() && route[key] == row["id"];
        is_in("services.")
            && (is_same("service_id") || place.starts_with(&format!("{path}.routes.")))
            || is_in("plugin_configs.") && is_same("plugin_config_id")
    };
    let of = |own: &(&Value, String)| {
        let all = owners.iter().enumerate();
        let kin = all.filter(|(_, other)| is_of(own, other) || is_of(other, own));
        kin.map(|(index, _)| index).collect()
    };
    owners.iter().map(of).collect()
}

/// Reads the instances and limits of each route.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let mut tried = Vec::new();
    let owners = owners(document);
    let kin = kin(&owners);
    let mut places = Vec::new();
    let mut bounds = Vec::new();
    let mut is_silent = false;
    for (group, (owner, path)) in owners.into_iter().enumerate() {
        let plugins = &owner["plugins"];
        let place = join(&path, "plugins");
        let first = facts.targets.len();
        if number(&owner["status"]) == Some(0.0) && !plugins.is_null() {
            facts.unused(place, OFF);
            places.push(first..first);
            continue;
        }
        let mut plugin = |name: &str| {
            let (plugin, place, is_on) = plugin(plugins, &place, name)?;
            if !is_on || plugin["_meta"]["disable"] == true {
                facts.unused(place, OFF);
                return None;
            }
            Some((plugin, place))
        };
        let [one, multi, limits] =
            ["ai-proxy", "ai-proxy-multi", "ai-rate-limiting"].map(&mut plugin);
        is_silent |= [&one, &multi].into_iter().flatten().any(leaves_time);
        if let Some((one, place)) = one {
            let target = target(one, &place, facts);
            facts.targets.push(target);
            if let Some(value) = one.get("timeout") {
                let seconds = number(value).map(|ms| ms / 1e3);
                timeout(join(&place, "timeout"), seconds, facts);
            }
        }
        if let Some((multi, place)) = multi {
            instances(multi, &place, facts);
            tried.extend(unbounded(multi));
        }
        for target in &mut facts.targets[first..] {
            target.group = group;
        }
        places.push(first..facts.targets.len());
        bounds.extend(limits.map(|(limits, place)| (group, limits, place)));
    }
    for (group, limits, place) in bounds {
        let own = places[group].clone();
        let its: Vec<usize> = if own.is_empty() {
            // Instances may be limited by another object on the same requests.
            let kin = kin[group].iter();
            kin.flat_map(|other| places[*other].clone()).collect()
        } else {
            own.collect()
        };
        self::limits(limits, &place, &its, facts);
    }
    if !facts.targets.is_empty() {
        if is_silent {
            let (place, said) = ("timeout".to_owned(), (&CLIENT_TIMEOUT, TIMEOUT_S));
            default_of_some(Stands::Longest, place, said, DEFAULT, facts);
        }
        let place = "max_retries".to_owned();
        let (calls, why) = match tried.into_iter().min() {
            Some(instances) => (instances as f64, EACH_ONCE),
            None => (1.0, NO_RETRY),
        };
        default(place, &ATTEMPTS, calls, why, facts);
    }
}

/// Whether a plugin uses APISIX's default timeout.
fn leaves_time((proxy, _): &(&Value, String)) -> bool {
    proxy["timeout"].is_null()
}

/// Number of instances a request may try, if a fallback passes on rejected requests without a
/// bound.
fn unbounded(multi: &Value) -> Option<usize> {
    let said = &multi["fallback_strategy"];
    let list = said.as_array().into_iter().flatten();
    let mut names = list.chain([said]).filter_map(Value::as_str);
    let hands_on = names.any(|name| name.starts_with("http_"));
    let is_bounded = !multi["max_retries"].is_null();
    let instances = multi["instances"].as_array()?;
    (hands_on && !is_bounded).then_some(instances.len())
}

/// Plugin with this name, its place, and whether it is enabled; cluster objects have a list of
/// plugins.
fn plugin<'a>(plugins: &'a Value, place: &str, name: &str) -> Option<(&'a Value, String, bool)> {
    let Some(list) = plugins.as_array() else {
        return Some((plugins.get(name)?, join(place, name), true));
    };
    let index = list.iter().position(|plugin| plugin["name"] == name)?;
    let place = join(place, &format!("{index}.config"));
    Some((
        &list[index]["config"],
        place,
        list[index]["enable"] != false,
    ))
}

fn target(row: &Value, path: &str, facts: &mut Facts) -> Target {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let address = row["override"]["endpoint"].as_str();
    for key in ["name", "provider", "priority", "options.model"] {
        facts.understood.push(join(path, key));
    }
    answers(&row["options"], &join(path, "options"), facts);
    let mut target = Target {
        place: path.to_owned(),
        id: text(&row["name"]).unwrap_or_default(),
        vendor: served_at(row["provider"].as_str(), address),
        model: text(&row["options"]["model"]),
        ..Target::default()
    };
    target.weight = target.read(WEIGHT.key, join(path, "weight"), &row["weight"]);
    target
}

fn instances(multi: &Value, path: &str, facts: &mut Facts) {
    let rows: Vec<&Value> = multi["instances"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let mut targets = Vec::new();
    let mut ranks = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let place = join(path, &format!("instances.{index}"));
        let mut target = target(row, &place, facts);
        // The highest priority comes first.
        let priority = target.read(ORDER.key, join(&place, "priority"), &row["priority"]);
        ranks.push(priority.map(|priority| 0.0 - priority));
        targets.push(target);
    }
    in_order(&mut targets, &ranks, ("priority", 0.0));
    facts.targets.extend(targets);
    if let Some(value) = multi.get("max_retries") {
        retries(join(path, "max_retries"), value, facts);
    }
    if let Some(value) = multi.get("timeout") {
        let seconds = number(value).map(|ms| ms / 1e3);
        timeout(join(path, "timeout"), seconds, facts);
    }
}

fn limits(limits: &Value, path: &str, its: &[usize], facts: &mut Facts) {
    let strategy = limits["limit_strategy"].as_str().unwrap_or("total_tokens");
    let Some(counts) = Counts::of(strategy) else {
        facts.unused(path, "counts by an expression, which is not modelled");
        return;
    };
    if limits["rules"].is_array() {
        facts.unused(join(path, "rules"), CALLERS);
    }
    let quota = |place: String, row: &Value| {
        let (limit, window_s) = (number(&row["limit"])?, number(&row["time_window"])?);
        (0.0 < window_s).then(|| Quota::at((0, place), counts, (limit, window_s)))
    };
    let mut given: Vec<Given> = Vec::new();
    let rows = limits["instances"].as_array().into_iter().flatten();
    let mut limited = Vec::new();
    for (index, row) in rows.enumerate() {
        let place = join(path, &format!("instances.{index}"));
        let name = row["name"].as_str().unwrap_or_default();
        let mut targets = all(&mut facts.targets, its);
        let own = targets.find(|target| target.id == name);
        drop(targets);
        match (quota(join(&place, "limit"), row), own) {
            (Some(quota), Some(own)) => {
                quota.give(&mut [own]);
                limited.push(name.to_owned());
                given.push((quota, None));
                let read = ["name", "time_window"].map(|key| join(&place, key));
                facts.understood.extend(read);
            }
            _ => facts.unused(place, "limits no instance of the route by a number"),
        }
    }
    if let Some(quota) = quota(join(path, "limit"), limits) {
        let mut rest: Vec<&mut Target> = all(&mut facts.targets, its)
            .filter(|target| !limited.contains(&target.id))
            .collect();
        quota.give(&mut rest);
        let nobody = rest.is_empty().then(|| NOBODY.to_owned());
        given.push((quota, nobody));
        facts.understood.push(join(path, "time_window"));
    } else if at(limits, "limit").is_some() {
        facts.unused(join(path, "limit"), "is no number, or has no time_window");
    }
    facts.understood.push(join(path, "limit_strategy"));
    account(given, std::slice::from_mut(facts));
}

/// Targets at these places.
fn all<'t>(targets: &'t mut [Target], places: &[usize]) -> impl Iterator<Item = &'t mut Target> {
    let targets = targets.iter_mut().enumerate();
    targets.filter_map(|(index, target)| places.contains(&index).then_some(target))
}
