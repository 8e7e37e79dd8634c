//! Spend logs of `LiteLLM`: one row a request, as CSV of the table or as JSON.
//!
//! Cached tokens are inside `prompt_tokens`. A row that the gateway answered from its own cache
//! never reached a provider. The class of an error stands in the row's metadata.

use serde::Deserialize;
use serde_json::Value;

use super::value::count;
use crate::traffic::calls::{Call, Class};
use crate::traffic::collector::Collector;
use crate::traffic::observed::{Known, Tokens};
use crate::traffic::row::{Row, Spec, between_s};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

const ID: usize = 0;
const CALL_TYPE: usize = 1;
const START: usize = 2;
const END: usize = 3;
const FIRST_TOKEN: usize = 4;
const MODEL: usize = 5;
const PROMPT: usize = 6;
const COMPLETION: usize = 7;
const METADATA: usize = 8;
const CACHE_HIT: usize = 9;
const STATUS: usize = 10;

pub(crate) static SPEC: Spec = Spec {
    format: Format::LiteLlmSpend,
    needs: &[&["request_id", "call_type", "starttime"]],
    columns: &[
        "request_id",
        "call_type",
        "starttime",
        "endtime",
        "completionstarttime",
        "model",
        "prompt_tokens",
        "completion_tokens",
        "metadata",
        "cache_hit",
        "status",
    ],
    id: Some(ID),
    times: &[START],
    counts: &[PROMPT, COMPLETION],
    durations: &[],
    known: Known::TOKENS
        .and(Known::CACHED)
        .and(Known::CACHE_WRITE)
        .and(Known::FAILED)
        .and(Known::THROTTLED)
        .and(Known::GATEWAY_HITS),
    known_by: &[],
    skip: |row| {
        let is_tool = ["call_mcp_tool", "list_mcp_tools"].contains(&row.text(CALL_TYPE));
        is_tool.then_some(Skip::OtherKind)
    },
    read,
};

/// The parts of the metadata that count; all else is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    additional_usage_values: Option<Usage>,
    usage_object: Option<Usage>,
    error_information: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Usage {
    prompt_tokens_details: Option<PromptDetails>,
    cache_read_input_tokens: Option<Value>,
    cache_creation_input_tokens: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PromptDetails {
    cached_tokens: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Failure {
    error_code: Option<Value>,
}

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(START)?;
    let [input, output] = row.counts([PROMPT, COMPLETION])?;
    let metadata = serde_json::from_str::<Metadata>(row.text(METADATA)).unwrap_or_default();
    let usage = metadata
        .additional_usage_values
        .or(metadata.usage_object)
        .unwrap_or_default();
    let details = usage.prompt_tokens_details.unwrap_or_default();
    let cached =
        number(details.cached_tokens.as_ref()).max(number(usage.cache_read_input_tokens.as_ref()));
    let error_code = metadata
        .error_information
        .and_then(|error| error.error_code);
    let end = row.time(END).ok();
    let first_token = row.time(FIRST_TOKEN).ok();
    // It equals the end where nothing was streamed.
    let is_streamed = |first: i64| end.is_none_or(|end| first < end.ns);
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: class(row, error_code.as_ref()),
        tokens: Tokens {
            input: input.unwrap_or_default(),
            output: output.unwrap_or_default(),
            cached,
            cache_write: number(usage.cache_creation_input_tokens.as_ref()),
            unclassified: 0.0,
        },
        max_output: None,
        latency_s: end.and_then(|end| between_s(at, end)),
        first_token_s: first_token
            .filter(|first| is_streamed(first.ns))
            .and_then(|first| between_s(at, first)),
    })
}

fn class(row: &Row, error_code: Option<&Value>) -> Class {
    if row.says(CACHE_HIT, "true") {
        Class::GatewayHit
    } else if !row.says(STATUS, "failure") {
        Class::Answered
    } else if number(error_code).total_cmp(&429.0).is_eq() {
        Class::Throttled
    } else {
        Class::Failed
    }
}

fn number(value: Option<&Value>) -> f64 {
    count(value).ok().flatten().unwrap_or_default()
}
