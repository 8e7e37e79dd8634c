//! Configs of Portkey, which nest: shares of shares.
//!
//! # Source
//!
//! The schema of its gateway's configs (1.15). Limits are none of a config.

use serde_json::Value;

use super::setting::{retries, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::{Target, slug};
use crate::import::value::number;

/// Targets with their shares, retries and timeouts.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    node(document, "", Share::whole(), facts);
}

/// What of all requests a node gets.
#[derive(Clone)]
struct Share {
    weight: Option<f64>,
    note: Option<String>,
}

impl Share {
    fn whole() -> Self {
        Self {
            weight: None,
            note: None,
        }
    }
}

fn node(row: &Value, path: &str, share: Share, facts: &mut Facts) {
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
        leaf(row, path, share, facts);
        return;
    };
    let weights: Vec<f64> = targets
        .iter()
        .map(|one| number(&one["weight"]).unwrap_or(1.0))
        .collect();
    let total: f64 = weights.iter().sum();
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
                    note: share.note.clone(),
                }
            }
            ("fallback" | "single", 0) => share.clone(),
            ("fallback" | "single", _) => Share {
                weight: Some(0.0),
                note: Some("stands by: no share of its own".to_owned()),
            },
            _ => share.clone(),
        };
        node(target, &place, inner, facts);
    }
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
        ..Target::default()
    });
}
