//! Observations of Langfuse, as CSV or JSON Lines.
//!
//! Usage types are exclusive, so all keys that name input are added.

use serde_json::{Map, Value};

use super::value::count;
use crate::traffic::calls::{Call, Class};
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
use crate::traffic::row::{Row, Spec};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

const ID: usize = 0;
const TYPE: usize = 1;
const START: usize = 2;
const MODEL: usize = 3;
const USAGE: usize = 4;
const LEVEL: usize = 5;
const LATENCY: usize = 6;
const FIRST_TOKEN: usize = 7;
const ENVIRONMENT: usize = 8;

pub(crate) static SPEC: Spec = Spec {
    format: Format::Langfuse,
    needs: &[&["provided_model_name", "usage_details", "type"]],
    columns: &[
        "id",
        "type",
        "start_time",
        "provided_model_name",
        "usage_details",
        "level",
        "latency",
        "time_to_first_token",
        "environment",
    ],
    id: Some(ID),
    whose: [None, Some(ENVIRONMENT), None],
    times: &[START],
    counts: &[],
    durations: &[LATENCY, FIRST_TOKEN],
    known: Known::TOKENS
        .and(Known::CACHED)
        .and(Known::CACHE_WRITE)
        .and(Known::UNCLASSIFIED),
    known_by: &[(&[LEVEL], Known::FAILED)],
    skip: |row| (!row.says(TYPE, "GENERATION")).then_some(Skip::NotAGeneration),
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(START)?;
    let [latency_s, first_token_s] = row.counts([LATENCY, FIRST_TOKEN])?;
    let tokens = tokens(row.text(USAGE))?;
    let is_error = row.says(LEVEL, "ERROR");
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: if is_error {
            Class::Failed
        } else {
            Class::Answered
        },
        tokens,
        max_output: None,
        latency_s,
        first_token_s,
    })
}

fn tokens(usage: &str) -> Result<Tokens, Skip> {
    let mut tokens = Tokens::default();
    if usage.is_empty() || usage == "null" {
        return Ok(tokens);
    }
    let usage: Map<String, Value> = serde_json::from_str(usage).map_err(|_| Skip::BadNumber)?;
    for (key, value) in &usage {
        let number = count(Some(value))?.unwrap_or_default();
        match key.as_str() {
            "total" => continue,
            "input_cached_tokens" | "cache_read_input_tokens" | "input_cache_read" => {
                tokens.cached += number;
            }
            _ if key.starts_with("cache_creation_input_tokens")
                || key.starts_with("input_cache_creation") =>
            {
                tokens.cache_write += number;
            }
            _ => {}
        }
        if key.contains("input") {
            tokens.input += number;
        } else if key.contains("output") {
            tokens.output += number;
        } else {
            tokens.unclassified += number;
        }
    }
    Ok(tokens)
}
