//! Plain traces: a time, input and output tokens, and optional further columns.
//!
//! Tables and logs name their counts in many ways: like a planner's trace, or like the answers of
//! chat APIs, whose counts often lie in an object `usage` of the record. `OpenAI`'s `prompt_tokens`
//! and the `input_tokens` of its Responses API include cached tokens; if `cache_read_input_tokens`
//! come with `input_tokens`, as from Anthropic, they are added.

use serde_json::Value;

use super::value::count;
use crate::traffic::calls::{Call, Class};
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

const ID: usize = 0;
const TIMES: [usize; 6] = [1, 2, 3, 4, 28, 29];
const MODELS: [usize; 3] = [5, 6, 7];
const TIER: usize = 8;
const INPUT: usize = 9;
const PROMPT: usize = 10;
const CACHED: [usize; 2] = [11, 12];
const CACHE_READ: usize = 13;
const CACHE_CREATION: usize = 14;
const DETAILS: [usize; 2] = [15, 16];
const OUTPUT: [usize; 2] = [17, 18];
const MAX_OUTPUT: usize = 19;
const LATENCY_S: usize = 20;
const LATENCY_MS: [usize; 2] = [21, 22];
const CLASS_NAME: usize = 23;
const PROVIDER: usize = 24;
const STATUS: [usize; 2] = [25, 26];
const OTHER_ID: usize = 27;

pub(crate) static SPEC: Spec = Spec {
    format: Format::PlainTrace,
    needs: &[
        &["timestamp", "input_tokens", "output_tokens"],
        &["created", "input_tokens", "output_tokens"],
        &["created_at", "input_tokens", "output_tokens"],
        &["timestamp", "prompt_tokens", "completion_tokens"],
        &["created", "prompt_tokens", "completion_tokens"],
        &["created_at", "prompt_tokens", "completion_tokens"],
        // Loggers write these.
        &["ts", "input_tokens", "output_tokens"],
        &["ts", "prompt_tokens", "completion_tokens"],
        &["@timestamp", "input_tokens", "output_tokens"],
        &["@timestamp", "prompt_tokens", "completion_tokens"],
        // A panel of Grafana has a time, and no model.
        &["time", "model", "input_tokens", "output_tokens"],
        &["time", "model", "prompt_tokens", "completion_tokens"],
    ],
    columns: &[
        "request_id",
        "timestamp",
        "created",
        "created_at",
        "time",
        "response_model",
        "request_model",
        "model",
        "service_tier",
        "input_tokens",
        "prompt_tokens",
        "cached_input_tokens",
        "cached_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
        "prompt_tokens_details",
        "input_tokens_details",
        "output_tokens",
        "completion_tokens",
        "max_output_tokens",
        "latency_s",
        "latency_ms",
        "duration_ms",
        "class_name",
        "provider",
        "status",
        "status_code",
        "id",
        "ts",
        "@timestamp",
    ],
    id: Some(ID),
    whose: [None, Some(CLASS_NAME), Some(PROVIDER)],
    times: &TIMES,
    counts: &[
        INPUT,
        PROMPT,
        CACHED[0],
        CACHED[1],
        CACHE_READ,
        CACHE_CREATION,
        OUTPUT[0],
        OUTPUT[1],
        MAX_OUTPUT,
    ],
    durations: &[LATENCY_S, LATENCY_MS[0], LATENCY_MS[1]],
    known: Known::NOTHING,
    known_by: &[
        (&[INPUT], Known::INPUT),
        (&[PROMPT], Known::INPUT),
        (&[OUTPUT[0]], Known::OUTPUT),
        (&[OUTPUT[1]], Known::OUTPUT),
        (&[CACHED[0]], Known::CACHED),
        (&[CACHED[1]], Known::CACHED),
        (&[CACHE_READ], Known::CACHED),
        (&[CACHE_CREATION], Known::CACHE_WRITE),
        (&[DETAILS[0]], Known::CACHED),
        (&[DETAILS[1]], Known::CACHED),
        (&[TIER], Known::BATCH),
        (&[STATUS[0]], Known::FAILED.and(Known::THROTTLED)),
        (&[STATUS[1]], Known::FAILED.and(Known::THROTTLED)),
    ],
    skip: never,
    read,
};

/// Azure's public traces, with their own names of the columns.
pub(crate) static AZURE: Spec = Spec {
    needs: &[&["timestamp", "contexttokens", "generatedtokens"]],
    columns: &[
        "",
        "timestamp",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "contexttokens",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "generatedtokens",
    ],
    times: &[TIMES[0]],
    ..SPEC
};

/// First of these cells with text.
fn first<'r>(row: &Row<'r>, columns: &[usize]) -> &'r str {
    let mut texts = columns.iter().map(|at| row.text(*at));
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let mut times = TIMES.into_iter().filter(|at| !row.text(*at).is_empty());
    let at = row.time(times.next().unwrap_or(TIMES[0]))?;
    let [input, prompt, read, written, max_output] =
        row.counts([INPUT, PROMPT, CACHE_READ, CACHE_CREATION, MAX_OUTPUT])?;
    let [cached, cached_too] = row.counts(CACHED)?;
    let [output, completion] = row.counts(OUTPUT)?;
    let [latency_s] = row.counts([LATENCY_S])?;
    let [milliseconds, duration_ms] = row.counts(LATENCY_MS)?;
    let written = written.unwrap_or_default();
    let input = match (prompt, input) {
        (Some(prompt), _) => prompt,
        (None, input) => input.unwrap_or_default() + read.unwrap_or_default() + written,
    };
    let in_details = cached_of(row, DETAILS[0])?.or(cached_of(row, DETAILS[1])?);
    let id = row.text(OTHER_ID);
    if row.text(ID).is_empty() && is_of_answer(id) && to.is_duplicate(id) {
        return Err(Skip::Duplicate);
    }
    let cached = cached.or(cached_too).or(in_details).or(read);
    to.call(&Call {
        at,
        model: first(row, &MODELS),
        class: class(row),
        tokens: Tokens {
            input,
            output: output.or(completion).unwrap_or_default(),
            cached: cached.unwrap_or_default(),
            cache_write: written,
            unclassified: 0.0,
        },
        max_output,
        latency_s: latency_s.or(milliseconds.or(duration_ms).map(|ms| ms / 1000.0)),
        first_token_s: None,
    })
}

/// Whether an id is one that APIs give to each answer; others may number the rows of a page, or
/// name a conversation.
fn is_of_answer(id: &str) -> bool {
    let starts = ["chatcmpl-", "cmpl-", "resp_", "msg_", "gen-"];
    starts.iter().any(|start| id.starts_with(start))
}

/// Cached tokens in the details of a count.
fn cached_of(row: &Row, column: usize) -> Result<Option<f64>, Skip> {
    if row.text(column).is_empty() {
        return Ok(None);
    }
    let details: Value = serde_json::from_str(row.text(column)).unwrap_or(Value::Null);
    count(details.get("cached_tokens"))
}

/// Outcome of a request by its status, a number or a word; words that mean no failure, such as
/// `finished` or `stop`, mean an answer.
fn class(row: &Row) -> Class {
    const FAILED: [&str; 8] = [
        "error",
        "failed",
        "failure",
        "fail",
        "timeout",
        "false",
        "cancelled",
        "canceled",
    ];
    const THROTTLED: [&str; 3] = ["throttled", "rate_limited", "rate_limit"];
    // A number may be followed by its text, as in `429 Too Many Requests`.
    let status = first(row, &[STATUS[1], STATUS[0]]);
    let status = status.split_whitespace().next().unwrap_or_default();
    let is_any = |words: &[&str]| words.iter().any(|it| status.eq_ignore_ascii_case(it));
    match status.parse::<f64>() {
        Ok(429.0) => Class::Throttled,
        Ok(400.0..) => Class::Failed,
        _ if is_any(&THROTTLED) => Class::Throttled,
        _ if is_any(&FAILED) => Class::Failed,
        _ if row.says(TIER, "batch") => Class::Batch,
        _ => Class::Answered,
    }
}

const PROXY_TIME: usize = 0;
const PROXY_STATUS: usize = 1;
const PROXY_PROMPT: usize = 2;
const PROXY_COMPLETION: usize = 3;
const PROXY_CACHED: usize = 4;

/// The usage CSV of Microsoft's Dev Proxy.
pub(crate) static DEV_PROXY: Spec = Spec {
    format: Format::DevProxy,
    needs: &[&["time", "status", "prompt tokens", "completion tokens"]],
    columns: &[
        "time",
        "status",
        "prompt tokens",
        "completion tokens",
        "cached tokens",
    ],
    id: None,
    whose: [None, None, None],
    times: &[PROXY_TIME],
    counts: &[PROXY_PROMPT, PROXY_COMPLETION, PROXY_CACHED],
    durations: &[],
    known: Known::FAILED.and(Known::THROTTLED),
    known_by: &[
        (&[PROXY_PROMPT], Known::INPUT),
        (&[PROXY_COMPLETION], Known::OUTPUT),
        (&[PROXY_CACHED], Known::CACHED),
    ],
    skip: never,
    read: read_proxy,
};

fn read_proxy(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(PROXY_TIME)?;
    let numbers = row.counts([PROXY_PROMPT, PROXY_COMPLETION, PROXY_CACHED])?;
    let [input, output, cached] = numbers.map(Option::unwrap_or_default);
    let class = match row.code(PROXY_STATUS) {
        Some(429.0) => Class::Throttled,
        Some(400.0..) => Class::Failed,
        _ => Class::Answered,
    };
    to.call(&Call {
        at,
        model: "",
        class,
        tokens: Tokens {
            input,
            cached,
            output,
            ..Tokens::default()
        },
        max_output: None,
        latency_s: None,
        first_token_s: None,
    })
}
