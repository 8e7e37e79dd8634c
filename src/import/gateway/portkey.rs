//! Configs of Portkey, which nest shares within shares.
//!
//! # Source
//!
//! Config schema of its gateway (1.15). Configs have no limits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::setting::{Stands, answers, default_of_some, retries, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::{at, number};
use crate::import::vendor::{served_at, slug};
use crate::scenario::property::ATTEMPTS;

const NO_RETRY: &str = "Portkey's default: without retry it calls once";
const NO_TIMEOUT: &str =
    "Portkey's default is to wait without an end, and there is one for all here";
const OWN: &str = "each of its targets has its own";
const NO_NUMBER: &str = "is no number, so that 1 stands instead";
const BY_RULES: &str = "sends by rules that are not modelled: the targets count alike";

/// Reads targets with shares, retries and timeouts.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let mut leaves = Leaves::default();
    node(document, "", Share::whole(), (facts, &mut leaves));
    settings(document, &leaves, facts);
    // A single level is no order.
    if facts.targets.iter().all(|target| target.order == 0) {
        return;
    }
    for target in &mut facts.targets {
        let place = leaves.places.get(&target.place).unwrap_or(&target.place);
        target.put(place.clone(), target.order);
    }
}

/// Reads the settings that targets have, of their own or from the nodes around them.
fn settings(document: &Value, Leaves { settings, said, .. }: &Leaves, facts: &mut Facts) {
    let of = |setting: fn(&Settings) -> Option<&String>| -> BTreeSet<&String> {
        settings.iter().filter_map(setting).collect()
    };
    let value = |place: &str| at(document, place).unwrap_or(&Value::Null);
    let tries = of(|own| own.attempts.as_ref());
    for place in &tries {
        retries((*place).clone(), value(place), facts);
    }
    let is_silent = settings.iter().any(|own| own.attempts.is_none());
    if is_silent && !facts.targets.is_empty() {
        let (place, said) = ("retry.attempts".to_owned(), (&ATTEMPTS, 1.0));
        default_of_some(Stands::Smallest, place, said, NO_RETRY, facts);
    }
    let times = of(|own| own.timeout.as_ref());
    let is_endless = settings.iter().any(|own| own.timeout.is_none());
    for place in &times {
        if is_endless {
            let why = format!("another target has none: {NO_TIMEOUT}");
            facts.unused((*place).clone(), why);
        } else {
            let seconds = number(value(place)).map(|ms| ms / 1e3);
            timeout((*place).clone(), seconds, facts);
        }
    }
    for place in said
        .iter()
        .filter(|place| !tries.contains(place) && !times.contains(place))
    {
        facts.unused(place.clone(), OWN);
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
    settings: Settings,
}

/// What the targets have, beside themselves.
#[derive(Default)]
struct Leaves {
    /// Lines that order the targets, by target place.
    places: BTreeMap<String, String>,
    /// Settings of each target.
    settings: Vec<Settings>,
    /// Places of all settings that the targets may have.
    said: BTreeSet<String>,
}

/// Places of the settings that a target has, and its address.
#[derive(Clone, Default)]
struct Settings {
    attempts: Option<String>,
    timeout: Option<String>,
    address: Option<String>,
}

impl Settings {
    /// Settings in a node, which go before those around it.
    fn within(&self, row: &Value, path: &str) -> Self {
        let own = |key: &str| {
            let said = at(row, key).filter(|value| !value.is_null());
            said.map(|_| join(path, key))
        };
        let address = row["custom_host"].as_str().map(str::to_owned);
        Self {
            attempts: own("retry.attempts").or_else(|| self.attempts.clone()),
            timeout: own("request_timeout").or_else(|| self.timeout.clone()),
            address: address.or_else(|| self.address.clone()),
        }
    }
}

impl Share {
    fn whole() -> Self {
        Self {
            weight: None,
            note: None,
            order: 0,
            ordered_at: "strategy.mode".to_owned(),
            settings: Settings::default(),
        }
    }
}

/// Adds the targets of a node and returns the next order level.
fn node(
    row: &Value,
    path: &str,
    mut share: Share,
    (facts, leaves): (&mut Facts, &mut Leaves),
) -> usize {
    share.settings = share.settings.within(row, path);
    let own = [&share.settings.attempts, &share.settings.timeout];
    leaves.said.extend(own.into_iter().flatten().cloned());
    let mode = row["strategy"]["mode"].as_str().unwrap_or("single");
    if row["targets"].is_array() && !["single", "loadbalance", "fallback"].contains(&mode) {
        facts.unused(join(path, "strategy.mode"), BY_RULES);
    } else {
        facts.understood.push(join(path, "strategy.mode"));
    }
    let Some(targets) = row["targets"].as_array() else {
        let next = share.order + 1;
        let places = &mut leaves.places;
        places.insert(path.to_owned(), share.ordered_at.clone());
        leaves.settings.push(share.settings.clone());
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
        next = node(target, &place, inner, (facts, leaves)).max(next);
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
    let address = share.settings.address.as_deref();
    let vendor = served_at(Some(slug(&id).unwrap_or(&id)), address);
    facts.targets.push(Target {
        place: path.to_owned(),
        id,
        vendor,
        model,
        weight: share.weight,
        weight_note: share.note,
        order: share.order,
        ..Target::default()
    });
}
