//! `config.json` of Bifrost.
//!
//! # Source
//!
//! Configuration schema (1.6, `transports/config.schema.json`).

use serde_json::Value;

use super::setting::{Stands, default_of_some, one_of, retries, timeout};
use super::{bifrost_store, governance};
use crate::import::fact::{Facts, Of};
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::{at, number, seconds};
use crate::import::vendor::served_at;
use crate::scenario::Overflow;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT};
use crate::scenario::property::{OVERFLOW, QUEUE_SIZE, RETRY_DELAY};

/// Default concurrency and queue size of a provider.
const CONCURRENCY: f64 = 1_000.0;
const BUFFER: f64 = 5_000.0;
/// Default timeout per call, in seconds.
const TIMEOUT_S: f64 = 30.0;
const TIMEOUT: &str = "default_request_timeout_in_seconds";
const DEFAULT: &str = "Bifrost fills it in";

/// Reads providers with models, concurrency, retries and timeouts, and the queue.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let providers = document["providers"].as_object().into_iter().flatten();
    let mut buffers = Vec::new();
    for (name, row) in providers {
        let path = join("providers", name);
        let sizes = &row["concurrency_and_buffer_size"];
        let place = join(&path, "concurrency_and_buffer_size");
        let mut target = Target {
            place: path.clone(),
            id: name.clone(),
            vendor: served_at(Some(name), row["network_config"]["base_url"].as_str()),
            model: model(row, &path, facts),
            ..Target::default()
        };
        let calls = join(&place, "concurrency");
        if sizes["concurrency"].is_null() {
            target.more("in-flight", calls, CONCURRENCY);
            target.fill("in-flight", DEFAULT);
        } else {
            target.take("in-flight", calls, &sizes["concurrency"]);
        }
        let buffer = number(&sizes["buffer_size"]);
        let place = join(&place, "buffer_size");
        if buffer.is_none() && !sizes["buffer_size"].is_null() {
            facts.refused(place, &QUEUE_SIZE);
        } else {
            buffers.push((place, buffer));
        }
        network(
            &row["network_config"],
            &join(&path, "network_config"),
            facts,
        );
        facts.targets.push(target);
    }
    let rows = document["providers"].as_object().into_iter().flatten();
    let rows: Vec<&Value> = rows.map(|(_, row)| &row["network_config"]).collect();
    for (key, stands, said, why) in [
        (
            "max_retries",
            Stands::Smallest,
            (&ATTEMPTS, 1.0),
            "Bifrost's default: no retries",
        ),
        (
            TIMEOUT,
            Stands::Longest,
            (&CLIENT_TIMEOUT, TIMEOUT_S),
            "Bifrost's default",
        ),
    ] {
        if rows.iter().any(|row| row[key].is_null()) {
            let place = format!("providers.network_config.{key}");
            default_of_some(stands, place, said, why, facts);
        }
    }
    queue(&buffers, facts);
    governance::facts(document, facts);
    bifrost_store::facts(document, facts);
    overflow(document, facts);
}

fn overflow(document: &Value, facts: &mut Facts) {
    let drop = "client.drop_excess_requests";
    let said = at(document, drop).filter(|value| !value.is_null());
    match said.map(Value::as_bool) {
        Some(Some(true)) => facts.word(drop.to_owned(), &OVERFLOW, Overflow::Reject.key()),
        Some(Some(false)) => facts.unused(
            drop,
            "lets requests wait for a place, which is not modelled",
        ),
        Some(None) => facts.unread(drop, Of::Choice(&OVERFLOW), "must be true or false"),
        None => {}
    }
}

/// Reads the queue: Bifrost has one per provider, the model one per gateway, so the longest counts.
fn queue(buffers: &[(String, Option<f64>)], facts: &mut Facts) {
    const NOTE: &str = "the longest queue of a provider";
    let size = |value: &Option<f64>| value.unwrap_or(BUFFER);
    let longest = buffers.iter().max_by(|a, b| {
        let is_said = (a.1.is_some()).cmp(&b.1.is_some());
        size(&a.1).total_cmp(&size(&b.1)).then(is_said)
    });
    let Some(longest) = longest else { return };
    match longest {
        (place, Some(value)) => facts.noted(place.clone(), &QUEUE_SIZE, *value, NOTE),
        (place, None) => facts.filled(place, &QUEUE_SIZE, Some(BUFFER), DEFAULT),
    }
    let others = buffers.iter().filter(|(place, _)| *place != longest.0);
    for (place, _) in others.filter(|(_, value)| value.is_some()) {
        facts.unused(
            place,
            "a gateway has one queue here: the longest stands for all",
        );
    }
}

/// First model of a provider's keys; further ones are reported.
fn model(row: &Value, path: &str, facts: &mut Facts) -> Option<String> {
    let keys = row["keys"].as_array().into_iter().flatten().enumerate();
    let models = keys.flat_map(|(key, row)| {
        let models = row["models"].as_array().into_iter().flatten().enumerate();
        models.map(move |(index, model)| (format!("keys.{key}.models.{index}"), model))
    });
    let models = models.map(|(place, model)| (place, model.as_str().unwrap_or_default()));
    // Clouds name the models themselves; the common names are keys of a map.
    let clouds = row["keys"].as_array().into_iter().flatten().enumerate();
    let clouds = clouds.flat_map(|(key, row)| {
        let configs = row.as_object().into_iter().flatten();
        let configs = configs.filter(|(name, _)| name.ends_with("_key_config"));
        configs.flat_map(move |(config, value)| {
            let names = value["deployments"].as_object().into_iter().flatten();
            names.map(move |(name, _)| {
                let place = format!("keys.{key}.{config}.deployments.{name}");
                (place, name.as_str())
            })
        })
    });
    let mut first = None;
    for (place, name) in models.chain(clouds) {
        if name.is_empty() || name == "*" {
            continue;
        }
        let place = join(path, &place);
        if first.is_none() {
            facts.understood.push(place);
            first = Some(name.to_owned());
        } else if first.as_deref() == Some(name) {
            facts.unused(place, "is the model of that row already");
        } else {
            facts.unused(place, "a row has one model: add another row for it");
        }
    }
    first
}

fn network(config: &Value, path: &str, facts: &mut Facts) {
    if let Some(value) = config.get("max_retries") {
        retries(join(path, "max_retries"), value, facts);
    }
    if let Some(value) = config.get("retry_backoff_initial") {
        let place = join(path, "retry_backoff_initial");
        let span = value.as_str().and_then(seconds);
        let said = (
            &RETRY_DELAY,
            span.map(|s| s * 1e3).or_else(|| number(value)),
        );
        one_of(Stands::Smallest, place, said, "", facts);
    }
    if let Some(value) = config.get(TIMEOUT) {
        timeout(join(path, TIMEOUT), number(value), facts);
    }
}
