//! Configs of Portkey, which nest shares within shares.
//!
//! # Source
//!
//! Config schema of its gateway (1.15). Configs have no limits.

use std::collections::BTreeMap;

use serde_json::Value;

use super::setting::{answers, default, retries, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::number;
use crate::import::vendor::slug;
use crate::scenario::property::ATTEMPTS;

const NO_RETRY: &str = "Portkey's default: without retry it calls once";
const NO_NUMBER: &str = "is no number, so that 1 stands instead";
const BY_RULES: &str = "sends by rules that are not modelled: the targets count alike";

/// Reads targets with shares, retries and timeouts.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let mut places = BTreeMap::new();
    node(document, "", Share::whole(), (facts, &mut places));
    if !facts.targets.is_empty() {
        default("retry.attempts".to_owned(), &ATTEMPTS, 1.0, NO_RETRY, facts);
    }
    // A single level is no order.
    if facts.targets.iter().all(|target| target.order == 0) {
        return;
    }
    for target in &mut facts.targets {
        let place = places.get(&target.place).unwrap_or(&target.place);
        target.put(place.clone(), target.order);
    }
}

/// Share of all requests that a node receives.
#[derive(Clone)]
struct Share {
    weight: Option<f64>,
    note: Option<String>,
    /// Order level, and the line that sets it.
    order: usize,
    ordered_at: String,
}

/// Lines that order the targets, by target place.
type Places = BTreeMap<String, String>;

impl Share {
    fn whole() -> Self {
        Self {
            weight: None,
            note: None,
            order: 0,
            ordered_at: "strategy.mode".to_owned(),
        }
    }
}

/// Adds the targets of a node and returns the next order level.
fn node(
    row: &Value,
    path: &str,
    mut share: Share,
    (facts, places): (&mut Facts, &mut Places),
) -> usize {
    if let Some(value) = row["retry"].get("attempts") {
        retries(join(path, "retry.attempts"), value, facts);
    }
    if let Some(value) = row.get("request_timeout") {
        let seconds = number(value).map(|ms| ms / 1e3);
        timeout(join(path, "request_timeout"), seconds, facts);
    }
    let mode = row["strategy"]["mode"].as_str().unwrap_or("single");
    if row["targets"].is_array() && !["single", "loadbalance", "fallback"].contains(&mode) {
        facts.unused(join(path, "strategy.mode"), BY_RULES);
    } else {
        facts.understood.push(join(path, "strategy.mode"));
    }
    let Some(targets) = row["targets"].as_array() else {
        let next = share.order + 1;
        places.insert(path.to_owned(), share.ordered_at.clone());
        leaf(row, path, share, facts);
        return next;
    };
    if mode == "fallback" {
        share.ordered_at = join(path, "strategy.mode");
    }
    let weights: Vec<f64> = targets
        .iter()
        .map(|one| number(&one["weight"]).unwrap_or(1.0))
        .collect();
    let total: f64 = weights.iter().sum();
    let mut next = share.order + 1;
    for (index, target) in targets.iter().enumerate() {
        let place = join(path, &format!("targets.{index}"));
        let inner = match (mode, index) {
            ("loadbalance", _) => {
                let own = number(&target["weight"]);
                if own.is_some() {
                    facts.understood.push(join(&place, "weight"));
                } else if !target["weight"].is_null() {
                    facts.unused(join(&place, "weight"), NO_NUMBER);
                }
                let weight = match share.weight {
                    // Only nested shares need arithmetic.
                    Some(outer) if 0.0 < total => Some(outer * weights[index] / total),
                    outer => own.or(outer),
                };
                Share {
                    weight,
                    ..share.clone()
                }
            }
            ("fallback", 1..) => Share {
                order: next,
                ..share.clone()
            },
            ("single", 1..) => Share {
                weight: Some(0.0),
                note: Some("no request goes to it: the first one takes all".to_owned()),
                ..share.clone()
            },
            _ => share.clone(),
        };
        next = node(target, &place, inner, (facts, places)).max(next);
    }
    next
}

fn leaf(row: &Value, path: &str, share: Share, facts: &mut Facts) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let model = text(&row["override_params"]["model"]);
    // A model may include its provider: `@openai-prod/gpt-4o`.
    let whole = model.as_deref().and_then(|model| model.strip_prefix('@'));
    let parts = whole.and_then(|model| model.split_once('/'));
    let own = parts.map(|(provider, _)| provider.to_owned());
    let model = parts.map(|(_, model)| model.to_owned()).or(model);
    let provider = own.or_else(|| text(&row["provider"]));
    let provider = provider.or_else(|| text(&row["virtual_key"]));
    let Some(provider) = provider else { return };
    for key in ["provider", "virtual_key", "override_params.model"] {
        facts.understood.push(join(path, key));
    }
    let params = join(path, "override_params");
    answers(&row["override_params"], &params, facts);
    let id = provider.trim_start_matches('@').to_owned();
    let vendor = slug(&id).map_or_else(|| id.clone(), str::to_owned);
    facts.targets.push(Target {
        place: path.to_owned(),
        id,
        vendor: Some(vendor),
        model,
        weight: share.weight,
        weight_note: share.note,
        order: share.order,
        ..Target::default()
    });
}
