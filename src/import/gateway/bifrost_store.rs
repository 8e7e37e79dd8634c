//! Stores of Bifrost: the connections that they open, and how long logs are kept.
//!
//! # Source
//!
//! docs.getbifrost.ai, "Storage" (2026): of a store in PostgreSQL, `max_open_conns` 50 and
//! `max_idle_conns` 5; `retention_days` 0 keeps all logs.

use serde_json::Value;

use super::setting::{OFF, once};
use crate::import::fact::Facts;
use crate::import::value::number;
use crate::scenario::number::grouped;
use crate::scenario::property::{CONNECTIONS_PER_GATEWAY, RETENTION};

const STORES: [&str; 2] = ["config_store", "logs_store"];
/// Default number of open connections of a store.
const OPEN: f64 = 50.0;
const IDLE: &str = "keeps connections open while nobody asks: the most that are open count";
const FOR_EVER: &str = "keeps logs for ever, and an input takes days";
const DEFAULT: &str = "Bifrost's default of a store in PostgreSQL";

/// Reads the pools of the stores in PostgreSQL, whose connections add up, and the retention.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let mut pools = Vec::new();
    for name in STORES {
        let (store, config) = (&document[name], &document[name]["config"]);
        if store["enabled"] == false {
            facts.unused(name, OFF);
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
    let (logs, place) = (&document["logs_store"], "logs_store.retention_days");
    let days = &logs["retention_days"];
    if days.is_null() || logs["enabled"] == false {
        return;
    }
    match number(days) {
        Some(0.0) => facts.unused(place, FOR_EVER),
        days => once(place.to_owned(), &RETENTION, days, "", facts),
    }
}

/// Records the sum of the pools at the first that a line gives.
fn pool(pools: &[(String, &Value)], facts: &mut Facts) {
    let size = |said: &Value| number(said).or(said.is_null().then_some(OPEN));
    let sizes: Option<Vec<f64>> = pools.iter().map(|(_, said)| size(said)).collect();
    let sum = sizes.as_ref().map(|sizes| sizes.iter().sum());
    let each = sizes.filter(|sizes| 1 < sizes.len()).map(|sizes| {
        let sizes: Vec<String> = sizes.into_iter().map(grouped).collect();
        [&sizes.join(" + "), ", a pool for each store"].concat()
    });
    let said: Vec<_> = pools.iter().filter(|(_, said)| !said.is_null()).collect();
    let unread = said.iter().find(|(_, said)| number(said).is_none());
    if let Some((place, _)) = unread.or(said.first()) {
        let note = each.unwrap_or_default();
        once(place.clone(), &CONNECTIONS_PER_GATEWAY, sum, &note, facts);
        let others = said.iter().map(|(place, _)| place.clone());
        facts.understood.extend(others);
    } else if let Some((place, _)) = pools.first() {
        let why = each.unwrap_or_else(|| DEFAULT.to_owned());
        facts.filled(place, &CONNECTIONS_PER_GATEWAY, sum, why);
    }
}
