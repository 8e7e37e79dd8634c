//! Configs of Portkey, which nest: shares of shares.
//!
//! # Source
//!
//! The schema of its gateway's configs (1.15). Limits are none of a config.

use serde_json::Value;

use super::setting::{retries, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::number;
use crate::import::vendor::slug;

/// Targets with their shares, retries and timeouts.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    node(document, "", Share::whole(), facts);
    // Where all have one place there is no order to tell.
    if facts.targets.iter().all(|target| target.order == 0) {
        return;
    }
    for target in &mut facts.targets {
        target.put(target.place.clone(), target.order);
    }
}

/// What of all requests a node gets.
#[derive(Clone)]
struct Share {
    weight: Option<f64>,
    note: Option<String>,
    /// Its place in the order.
    order: usize,
}

impl Share {
    fn whole() -> Self {
        Self {
            weight: None,
            note: None,
            order: 0,
        }
    }
}

/// Adds the targets of a node; the place in the order that comes after them.
fn node(row: &Value, path: &str, share: Share, facts: &mut Facts) -> usize {
    if let Some(value) = row["retry"].get("attempts") {
        retries(join(path, "retry.attempts"), value, facts);
    }
    if let Some(value) = row.get("request_timeout") {
        let seconds = number(value).map(|ms| ms / 1e3);
        timeout(join(path, "request_timeout"), seconds, facts);
    }
    let mode = row["strategy"]["mode"].as_str().unwrap_or("single");
    facts.understood.push(join(path, "strategy.mode"));
    let Some(targets) = row["targets"].as_array() else {
        let next = share.order + 1;
        leaf(row, path, share, facts);
        return next;
    };
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
                facts.understood.push(join(&place, "weight"));
                let own = number(&target["weight"]);
                let weight = match share.weight {
                    // Only shares of shares need arithmetic.
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
        next = node(target, &place, inner, facts).max(next);
    }
    next
}

fn leaf(row: &Value, path: &str, share: Share, facts: &mut Facts) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let provider = text(&row["provider"]).or_else(|| text(&row["virtual_key"]));
    let Some(provider) = provider else { return };
    let model = text(&row["override_params"]["model"]);
    for key in ["provider", "virtual_key", "override_params.model"] {
        facts.understood.push(join(path, key));
    }
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
