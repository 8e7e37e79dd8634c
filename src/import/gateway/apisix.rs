//! Plugins of APISIX: `ai-proxy`, `ai-proxy-multi` and `ai-rate-limiting`.
//!
//! # Source
//!
//! apisix.apache.org, the plugins' pages and schemas (2026-08). A limit without instances is one
//! counter that all instances without a limit of their own share.

use serde_json::Value;

use super::quota::{Counts, Quota};
use super::setting::{retries, stand_by, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::{Target, by_address};
use crate::import::value::{at, number};

/// Instances and limits of each route.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let mut owners = vec![(document, String::new())];
    if document["value"]["plugins"].is_object() {
        owners.push((&document["value"], "value".to_owned()));
    }
    for list in ["routes", "services", "global_rules"] {
        let rows = document[list].as_array().into_iter().flatten();
        let rows = rows.enumerate();
        owners.extend(rows.map(|(index, row)| (row, format!("{list}.{index}"))));
    }
    for (owner, path) in owners {
        let Some(plugins) = owner["plugins"].as_object() else {
            continue;
        };
        let path = join(&path, "plugins");
        let first = facts.targets.len();
        if let Some(one) = plugins.get("ai-proxy") {
            let target = target(one, &join(&path, "ai-proxy"), facts);
            facts.targets.push(target);
        }
        if let Some(multi) = plugins.get("ai-proxy-multi") {
            instances(multi, &join(&path, "ai-proxy-multi"), facts);
        }
        if let Some(limits) = plugins.get("ai-rate-limiting") {
            self::limits(limits, &join(&path, "ai-rate-limiting"), first, facts);
        }
    }
}

fn target(row: &Value, path: &str, facts: &mut Facts) -> Target {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let address = row["override"]["endpoint"].as_str();
    let vendor = text(&row["provider"]);
    let is_compatible = vendor.as_deref() == Some("openai-compatible");
    let found = address.and_then(by_address).map(str::to_owned);
    for key in ["name", "provider", "weight", "priority", "options.model"] {
        facts.understood.push(join(path, key));
    }
    Target {
        place: path.to_owned(),
        id: text(&row["name"]).unwrap_or_default(),
        vendor: if is_compatible {
            found.or(vendor)
        } else {
            vendor
        },
        model: text(&row["options"]["model"]),
        weight: number(&row["weight"]),
        ..Target::default()
    }
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
        targets.push(target(row, &place, facts));
        // The highest priority comes first.
        ranks.push(-number(&row["priority"]).unwrap_or(0.0));
    }
    stand_by(&mut targets, &ranks, "priority");
    facts.targets.extend(targets);
    if let Some(value) = multi.get("max_retries") {
        retries(join(path, "max_retries"), value, facts);
    }
    if let Some(value) = multi.get("timeout") {
        let seconds = number(value).map(|ms| ms / 1e3);
        timeout(join(path, "timeout"), seconds, facts);
    } else {
        let why = "APISIX fills it in; the patience of your clients is your own";
        facts.beside(join(path, "timeout"), "Timeout of a call", "30 s", why);
    }
}

fn limits(limits: &Value, path: &str, first: usize, facts: &mut Facts) {
    let strategy = limits["limit_strategy"].as_str().unwrap_or("total_tokens");
    let Some(counts) = Counts::of(strategy) else {
        facts.unused(path, "counts by an expression, which is not modelled");
        return;
    };
    if limits["rules"].is_array() {
        facts.unused(join(path, "rules"), "limits callers, who are not modelled");
    }
    let quota = |place: String, row: &Value| {
        let (limit, window_s) = (number(&row["limit"])?, number(&row["time_window"])?);
        (0.0 < window_s).then_some(Quota {
            place,
            counts,
            limit,
            window_s,
        })
    };
    let rows = limits["instances"].as_array().into_iter().flatten();
    let mut limited = Vec::new();
    for (index, row) in rows.enumerate() {
        let place = join(path, &format!("instances.{index}"));
        let name = row["name"].as_str().unwrap_or_default();
        let own = facts.targets[first..]
            .iter_mut()
            .find(|target| target.id == name);
        match (quota(join(&place, "limit"), row), own) {
            (Some(quota), Some(own)) => {
                quota.give(&mut [own]);
                limited.push(name.to_owned());
                facts.understood.push(place);
            }
            _ => facts.unused(place, "limits no instance of the route by a number"),
        }
    }
    if let Some(quota) = quota(join(path, "limit"), limits) {
        let rest = facts.targets[first..].iter_mut();
        let mut rest: Vec<&mut Target> = rest
            .filter(|target| !limited.contains(&target.id))
            .collect();
        if rest.is_empty() {
            facts.unused(quota.place.clone(), "limits no instance of this text");
        } else {
            quota.give(&mut rest);
            facts.understood.push(quota.place);
        }
        facts.understood.push(join(path, "time_window"));
    } else if at(limits, "limit").is_some() {
        facts.unused(join(path, "limit"), "is no number, or has no time_window");
    }
    facts.understood.push(join(path, "limit_strategy"));
}
