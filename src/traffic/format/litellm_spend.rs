//! Spend logs of `LiteLLM`: one row per request, as CSV of the table or as JSON.
//!
//! `prompt_tokens` include cached ones. A row that the gateway answered from its own cache reached
//! no provider. The class of an error is in the row's metadata.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::value::count;
use crate::traffic::calls::{Call, Class};
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
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
const ERROR: usize = 11;
const KEY: usize = 12;
const TAGS: usize = 13;
const PROVIDER: usize = 14;

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
        "",
        "api_key",
        "request_tags",
        "custom_llm_provider",
    ],
    id: Some(ID),
    whose: [Some(KEY), Some(TAGS), Some(PROVIDER)],
    times: &[START],
    counts: &[PROMPT, COMPLETION],
    durations: &[],
    known: Known::NOTHING,
    known_by: &[
        (&[PROMPT], Known::INPUT),
        (&[COMPLETION], Known::OUTPUT),
        (&[METADATA], Known::CACHED.and(Known::CACHE_WRITE)),
        (&[CACHE_HIT], Known::GATEWAY_HITS),
        (&[STATUS], Known::FAILED),
        (&[STATUS, METADATA], Known::THROTTLED),
        (&[STATUS, ERROR], Known::THROTTLED),
    ],
    skip: |row| {
        let is_tool = ["call_mcp_tool", "list_mcp_tools"].contains(&row.text(CALL_TYPE));
        is_tool.then_some(Skip::OtherKind)
    },
    read,
};

/// Payload of callbacks, `StandardLoggingPayload`.
pub(crate) static PAYLOAD: Spec = Spec {
    needs: &[&["id", "call_type", "starttime", "endtime"]],
    columns: &[
        "id",
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
        "error_information",
        "",
        "request_tags",
        "custom_llm_provider",
    ],
    ..SPEC
};

/// Parsed parts of the metadata. Each is parsed separately, so that an invalid one does not affect
/// the others.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata<'m> {
    #[serde(borrow)]
    additional_usage_values: Option<&'m RawValue>,
    #[serde(borrow)]
    usage_object: Option<&'m RawValue>,
    #[serde(borrow)]
    error_information: Option<&'m RawValue>,
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

impl Usage {
    /// Tokens read from the cache, and tokens written to it.
    fn cached_and_written(&self) -> (Option<f64>, Option<f64>) {
        let details = self.prompt_tokens_details.as_ref();
        let details = number(details.and_then(|details| details.cached_tokens.as_ref()));
        let read = number(self.cache_read_input_tokens.as_ref());
        let cached = details.zip(read).map(|(a, b)| a.max(b));
        let written = number(self.cache_creation_input_tokens.as_ref());
        (cached.or(details).or(read), written)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Failure {
    error_code: Option<Value>,
}

fn part<'m, T: Default + Deserialize<'m>>(of: Option<&'m RawValue>) -> T {
    let read = of.and_then(|raw| serde_json::from_str(raw.get()).ok());
    read.unwrap_or_default()
}

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(START)?;
    let [input, output] = row.counts([PROMPT, COMPLETION])?;
    let metadata = row.text(METADATA);
    let metadata = (!metadata.is_empty()).then(|| serde_json::from_str::<Metadata>(metadata).ok());
    let metadata = metadata.flatten().unwrap_or_default();
    let usage: Usage = part(metadata.additional_usage_values);
    let (mut cached, mut cache_write) = usage.cached_and_written();
    if cached.is_none() && cache_write.is_none() {
        let usage: Usage = part(metadata.usage_object);
        (cached, cache_write) = usage.cached_and_written();
    }
    let mut failure: Failure = part(metadata.error_information);
    if failure.error_code.is_none() && !row.text(ERROR).is_empty() {
        failure = serde_json::from_str(row.text(ERROR)).unwrap_or_default();
    }
    let end = row.time(END).ok();
    let first_token = row.time(FIRST_TOKEN).ok();
    // Without streaming it equals the end.
    let is_streamed = |first: i64| end.is_none_or(|end| first < end.ns);
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: class(row, failure.error_code.as_ref()),
        tokens: Tokens {
            input: input.unwrap_or_default(),
            output: output.unwrap_or_default(),
            cached: cached.unwrap_or_default(),
            cache_write: cache_write.unwrap_or_default(),
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
    } else if number(error_code) == Some(429.0) {
        Class::Throttled
    } else {
        Class::Failed
    }
}

fn number(value: Option<&Value>) -> Option<f64> {
    count(value).ok().flatten()
}
