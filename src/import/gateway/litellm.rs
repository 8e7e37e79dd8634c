//! Settings in `config.yaml` of `LiteLLM`.
//!
//! # Source
//!
//! docs.litellm.ai, "All settings", "Load balancing", "Routing" (2026-05). Defaults of the router:
//! 2 retries and 6,000 s per call. `LiteLLM` 1.110, `litellm_core_utils/duration_parser.py` and
//! `spend_log_cleanup.py`, of the retention.

use serde_json::Value;

use super::litellm_fallback::fallbacks;
use super::litellm_model::models;
use super::setting::{CALLS, PATIENCE, default, once, seconds};
use crate::import::fact::{Facts, Of};
use crate::import::value::{at, number};
use crate::import::workers::Workers;
use crate::model::digits;
use crate::scenario::number::grouped;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT};
use crate::scenario::property::{CONNECTIONS_PER_GATEWAY, RETENTION, RETRY_DELAY};

/// Default number of connections per worker.
const POOL: f64 = 10.0;
/// Default attempts: the first call and its retries.
const CALLS_MADE: f64 = 3.0;
/// Default timeout per call, in seconds.
const TIMEOUT_S: f64 = 6_000.0;
const EACH: &str = "of each worker; a gateway with several opens it for each";
const INCLUDE: &str = "names other files, which are not read: put what they say into this one";
/// Places of the general timeout, in order of precedence.
const GENERAL: [&str; 2] = [
    "router_settings.timeout",
    "litellm_settings.request_timeout",
];
const OF_DEPLOYMENTS: &str = "the longest of a deployment, whose own goes before the router's";
const LONGEST: &str = "one timeout stands for all here, and the longest was taken";
const STREAMS: &str = "is of streamed answers alone, which have no timeout of their own here";
/// Place of the retention.
const KEPT: &str = "general_settings.maximum_spend_logs_retention_period";
const NEVER: &str = "LiteLLM takes a whole number and s, m, h, d, w or mo at once after it, and \
                     deletes nothing otherwise";
/// Place of the pool size per worker.
const POOL_AT: &str = "general_settings.database_connection_pool_limit";

/// Reads models and their order, retries, timeouts and pool.
pub(super) fn facts(document: &Value, workers: Option<&Workers>, facts: &mut Facts) {
    if !document["include"].is_null() {
        facts.unused("include", INCLUDE);
    }
    let groups = models(document, facts);
    fallbacks(document, &groups, facts);
    patience(document, facts);
    calls(document, facts);
    if document["model_list"].is_array() {
        let place = |key: &str| format!("router_settings.{key}");
        let why = "LiteLLM's default: 2 retries";
        default(place("num_retries"), &ATTEMPTS, CALLS_MADE, why, facts);
        let why = "LiteLLM's default";
        default(place("timeout"), &CLIENT_TIMEOUT, TIMEOUT_S, why, facts);
    }
    pool(document, workers, facts);
    if let Some(value) = at(document, KEPT).filter(|value| !value.is_null()) {
        match days(value) {
            Some((days, note)) => once(KEPT.to_owned(), &RETENTION, Some(days), note, facts),
            None => facts.unread(KEPT, Of::Number(&RETENTION), NEVER),
        }
    }
}

/// Days of a period, with a note on what `LiteLLM` makes of it: it reads the whole number and unit
/// at the start of a text, and takes a plain number as days.
fn days(value: &Value) -> Option<(f64, &'static str)> {
    let Some(text) = value.as_str() else {
        return Some((
            value.as_u64()? as f64,
            "LiteLLM takes a plain number as days",
        ));
    };
    let text = match text.trim().to_ascii_lowercase().as_str() {
        "hourly" => "1h",
        "daily" => "24h",
        "weekly" => "7d",
        "monthly" => "30d",
        _ => text,
    };
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(end);
    let unit_s = [
        // A twelfth of 365 days.
        ("mo", 2_628_000.0),
        ("s", 1.0),
        ("m", 60.0),
        ("h", 3_600.0),
        ("d", 86_400.0),
        ("w", 604_800.0),
    ];
    let (name, unit_s) = unit_s.iter().find(|(name, _)| unit.starts_with(name))?;
    let days = digits::read(count)? * unit_s / 86_400.0;
    let note = match *name {
        _ if name.len() < unit.len() => "LiteLLM reads the first number and its unit alone",
        "mo" => "months of the calendar, by their mean, rounded up to whole days",
        _ if days.fract() != 0.0 => "rounded up to whole days",
        _ => "",
    };
    Some((libm::ceil(days), note))
}

/// Reads the timeouts of deployments: each overrides the router's, and the longest is the time that
/// a request may take.
fn patience(document: &Value, facts: &mut Facts) {
    let (mut own, mut streams) = (Vec::new(), Vec::new());
    for target in &facts.targets {
        let said = |key: &str| {
            let place = format!("{}.{key}", target.place);
            (at(document, &place).filter(|value| !value.is_null()), place)
        };
        own.push(said("timeout"));
        let (stream, place) = said("stream_timeout");
        streams.extend(stream.map(|_| place));
    }
    for place in streams {
        facts.unused(place, STREAMS);
    }
    let is_missing = own.iter().any(|(value, _)| value.is_none());
    own.retain(|(value, _)| value.is_some());
    let mut said = Vec::new();
    for (value, place) in own {
        match value.and_then(seconds) {
            Some(timeout_s) => said.push((timeout_s, place)),
            None => facts.refused(place, &CLIENT_TIMEOUT),
        }
    }
    // Deployments without a timeout use the router's.
    let general = GENERAL.iter().find_map(|place| {
        let value = at(document, place).filter(|value| !value.is_null())?;
        Some((seconds(value)?, *place))
    });
    let general = general.unwrap_or((TIMEOUT_S, "LiteLLM's default"));
    let general = is_missing.then_some(general);
    let longest = said
        .iter()
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let Some((longest_s, first)) = longest.cloned() else {
        return;
    };
    let above = general.filter(|(general_s, _)| longest_s <= *general_s);
    if above.is_none() {
        facts.noted(first.clone(), &CLIENT_TIMEOUT, longest_s, OF_DEPLOYMENTS);
    }
    for (timeout_s, place) in said {
        match above {
            Some((general_s, name)) => {
                let seconds = grouped(general_s);
                let why = format!("is of this one; others have {name}, {seconds} s: {LONGEST}");
                facts.unused(place, why);
            }
            None if place == first => {}
            None if timeout_s < longest_s => {
                facts.unused(place, format!("is less than {first} has: {LONGEST}"));
            }
            None => facts.unused(place, format!("{first} says the same")),
        }
    }
}

/// Reads retries and timeouts; router settings override those for all calls.
fn calls(document: &Value, facts: &mut Facts) {
    for (owner, timeouts) in [
        ("router_settings", &["timeout"][..]),
        ("litellm_settings", &["request_timeout"]),
    ] {
        let settings = &document[owner];
        let there = |key: &str| settings.get(key).filter(|value| !value.is_null());
        if let Some(value) = there("num_retries") {
            let attempts = number(value).map(|retries| retries + 1.0);
            let place = format!("{owner}.num_retries");
            once(place, &ATTEMPTS, attempts, CALLS, facts);
        }
        for key in timeouts {
            if let Some(value) = there(key) {
                let place = format!("{owner}.{key}");
                once(place, &CLIENT_TIMEOUT, seconds(value), PATIENCE, facts);
            }
        }
        if let Some(value) = there("retry_after").filter(|_| owner == "router_settings") {
            let place = format!("{owner}.retry_after");
            let delay_ms = seconds(value).map(|seconds| seconds * 1e3);
            once(place, &RETRY_DELAY, delay_ms, "", facts);
        }
    }
}

/// Reads the connections of a gateway: one pool per worker.
fn pool(document: &Value, workers: Option<&Workers>, facts: &mut Facts) {
    let count = workers.map_or(1.0, |workers| workers.count);
    let said = at(document, POOL_AT).filter(|value| !value.is_null());
    let of_each = said.map_or(Some(POOL), number);
    let whole = of_each.map(|pool| pool * count);
    let note = match (workers, of_each) {
        (Some(workers), Some(pool)) => {
            let (pool, count) = (grouped(pool), grouped(count));
            format!("{pool} for each of {count} workers, by {}", workers.place)
        }
        _ => EACH.to_owned(),
    };
    if said.is_some() {
        once(
            POOL_AT.to_owned(),
            &CONNECTIONS_PER_GATEWAY,
            whole,
            &note,
            facts,
        );
    } else if at(document, "general_settings.database_url").is_some() {
        let why = match workers {
            Some(_) => format!("LiteLLM's default: {note}"),
            None => "LiteLLM's default for each worker".to_owned(),
        };
        facts.filled(POOL_AT, &CONNECTIONS_PER_GATEWAY, whole, why);
    }
}
