//! Plain traces: a time, input and output tokens, and more if there is more.

use crate::traffic::calls::{Call, Class};
use crate::traffic::collector::Collector;
use crate::traffic::observed::{Known, Tokens};
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

const ID: usize = 0;
const TIME: usize = 1;
const REQUEST_MODEL: usize = 2;
const RESPONSE_MODEL: usize = 3;
const TIER: usize = 4;
const INPUT: usize = 5;
const CACHED: usize = 6;
const OUTPUT: usize = 7;
const MAX_OUTPUT: usize = 8;
const LATENCY_S: usize = 9;
const CLASS_NAME: usize = 10;
const PROVIDER: usize = 11;

pub(crate) static SPEC: Spec = Spec {
    format: Format::PlainTrace,
    needs: &[&["timestamp", "input_tokens", "output_tokens"]],
    columns: &[
        "request_id",
        "timestamp",
        "request_model",
        "response_model",
        "service_tier",
        "input_tokens",
        "cached_input_tokens",
        "output_tokens",
        "max_output_tokens",
        "latency_s",
        "class_name",
        "provider",
    ],
    id: Some(ID),
    whose: [None, Some(CLASS_NAME), Some(PROVIDER)],
    times: &[TIME],
    counts: &[INPUT, CACHED, OUTPUT, MAX_OUTPUT],
    durations: &[LATENCY_S],
    known: Known::NOTHING,
    known_by: &[
        (&[INPUT], Known::INPUT),
        (&[OUTPUT], Known::OUTPUT),
        (&[CACHED], Known::CACHED),
        (&[TIER], Known::BATCH),
    ],
    skip: never,
    read,
};

/// The public traces of Azure name the same columns their own way.
pub(crate) static AZURE: Spec = Spec {
    needs: &[&["timestamp", "contexttokens", "generatedtokens"]],
    columns: &[
        "",
        "timestamp",
        "",
        "",
        "",
        "contexttokens",
        "",
        "generatedtokens",
        "",
        "",
        "",
    ],
    ..SPEC
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(TIME)?;
    let numbers = row.counts([INPUT, CACHED, OUTPUT, MAX_OUTPUT, LATENCY_S])?;
    let [input, cached, output, max_output, latency_s] = numbers;
    let answered_by = row.text(RESPONSE_MODEL);
    let model = if answered_by.is_empty() {
        row.text(REQUEST_MODEL)
    } else {
        answered_by
    };
    let is_batch = row.says(TIER, "batch");
    to.call(&Call {
        at,
        model,
        class: if is_batch {
            Class::Batch
        } else {
            Class::Answered
        },
        tokens: Tokens {
            input: input.unwrap_or_default(),
            output: output.unwrap_or_default(),
            cached: cached.unwrap_or_default(),
            ..Tokens::default()
        },
        max_output,
        latency_s,
        first_token_s: None,
    })
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
