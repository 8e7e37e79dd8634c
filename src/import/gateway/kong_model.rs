//! Targets of a model in Kong's AI Gateway 2; each names its provider account.

use std::collections::BTreeMap;

use serde_json::Value;

use super::kong_list::{Model, name};
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::at;
use crate::import::vendor::by_address;
use crate::scenario::property::WEIGHT;

/// Targets of a model.
pub(super) fn targets(model: &Model, providers: &BTreeMap<String, String>) -> Vec<Target> {
    let rows = model.row["targets"].as_array().into_iter().flatten();
    rows.enumerate()
        .map(|(index, row)| {
            let place = join(&model.path, &format!("targets.{index}"));
            target(row, place, providers)
        })
        .collect()
}

/// Target; a self-hosted server is not its dialect's vendor.
fn target(row: &Value, place: String, providers: &BTreeMap<String, String>) -> Target {
    let account = name(&row["provider"]);
    let named = account.as_ref().and_then(|account| providers.get(account));
    let speaks = at(row, "config.type").and_then(Value::as_str);
    let own = &row["config"][speaks.unwrap_or_default()];
    let addresses = [
        &row["config"]["upstream_url"],
        &own["upstream_url"],
        &own["upstreamURL"],
    ];
    let address = addresses.into_iter().find_map(Value::as_str);
    let vendor = match address {
        Some(address) => Some(by_address(address).unwrap_or("self-hosted").to_owned()),
        None => named.cloned().or_else(|| speaks.map(str::to_owned)),
    };
    let vendor = vendor.or_else(|| account.clone());
    let mut target = Target {
        place,
        id: account.or_else(|| vendor.clone()).unwrap_or_default(),
        model: row["name"].as_str().map(str::to_owned),
        vendor,
        ..Target::default()
    };
    let place = join(&target.place, "weight");
    target.weight = target.read(WEIGHT.key, place, &row["weight"]);
    target
}
