//! Stores of Bifrost: the connections that they open, and how long logs are kept.
//!
//! # Source
//!
//! docs.getbifrost.ai, "Storage" (2026): of a store in PostgreSQL, `max_open_conns` 50 and
//! `max_idle_conns` 5; `retention_days` 0 keeps all logs; "Client": `log_retention_days`, "Days to
//! retain log entries in the store". Bifrost's `framework/logstore/config.go`: `enabled` is a plain
//! bool, so a store without it is off; its `ApplyPoolTuning` turns 0 connections into 50.

use serde_json::Value;

use super::setting::{OFF, once};
use crate::import::fact::{Facts, Of};
use crate::import::value::{allowed, at, number};
use crate::scenario::number::grouped;
use crate::scenario::property::{CONNECTIONS_PER_GATEWAY, RETENTION};

const STORES: [&str; 2] = ["config_store", "logs_store"];
/// Default number of open connections of a store.
const OPEN: f64 = 50.0;
const IDLE: &str = "keeps connections open while nobody asks: the most that are open count";
const NOT_ON: &str = "has no enabled: true, and Bifrost leaves it off";
const NO_BOUND: &str = "opens connections without a bound, which is no number";
const FOR_EVER: &str = "keeps logs for ever, and an input takes days";
const DEFAULT: &str = "Bifrost's default of a store in PostgreSQL";

/// Reads the pools of the stores in PostgreSQL, whose connections add up, and the retention.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let mut pools = Vec::new();
    for name in STORES {
        let (store, config) = (&document[name], &document[name]["config"]);
        if !is_on(store) {
            let is_said = store["enabled"] == false;
            facts.unused(name, if is_said { OFF } else { NOT_ON });
        } else if store["type"] == "postgres" {
            if config["max_idle_conns"].is_number() {
                facts.unused(format!("{name}.config.max_idle_conns"), IDLE);
            }
            pools.push((
                format!("{name}.config.max_open_conns"),
                &config["max_open_conns"],
            ));
        }
    }
    pool(&pools, facts);
    for place in ["logs_store.retention_days", "client.log_retention_days"] {
        match at(document, place).map(number) {
            _ if !is_on(&document["logs_store"]) => {}
            Some(Some(0.0)) => facts.unused(place, FOR_EVER),
            Some(days) => once(place.to_owned(), &RETENTION, days, "", facts),
            None => {}
        }
    }
}

/// Whether a store is there and on; one that is not there is no store that is off.
fn is_on(store: &Value) -> bool {
    store.is_null() || store["enabled"] == true
}

/// Records the sum of the pools at the first that a line gives.
fn pool(pools: &[(String, &Value)], facts: &mut Facts) {
    let size = |said: &Value| match number(said) {
        Some(0.0) => Some(OPEN),
        Some(most) => (0.0 < most && most.fract() == 0.0).then_some(most),
        None => said.is_null().then_some(OPEN),
    };
    let sizes: Option<Vec<f64>> = pools.iter().map(|(_, said)| size(said)).collect();
    let sum = sizes.as_ref().map(|sizes| sizes.iter().sum());
    let each = sizes.filter(|sizes| 1 < sizes.len()).map(|sizes| {
        let sizes: Vec<String> = sizes.into_iter().map(grouped).collect();
        [&sizes.join(" + "), ", a pool for each store"].concat()
    });
    let said: Vec<_> = pools.iter().filter(|(_, said)| !said.is_null()).collect();
    let others = said.iter().map(|(place, _)| place.clone());
    facts.understood.extend(others);
    if let Some((place, most)) = said.iter().find(|(_, said)| size(said).is_none()) {
        let why = match number(most) {
            Some(most) if most < 0.0 => NO_BOUND.to_owned(),
            _ => allowed(&CONNECTIONS_PER_GATEWAY),
        };
        facts.unread(place, Of::Number(&CONNECTIONS_PER_GATEWAY), why);
    } else if let Some((place, most)) = said.first() {
        let usual = number(most) == Some(0.0);
        let note = each.unwrap_or_else(|| if usual { DEFAULT } else { "" }.to_owned());
        once(place.clone(), &CONNECTIONS_PER_GATEWAY, sum, &note, facts);
    } else if let Some((place, _)) = pools.first() {
        let why = each.unwrap_or_else(|| DEFAULT.to_owned());
        facts.filled(place, &CONNECTIONS_PER_GATEWAY, sum, why);
    }
}
