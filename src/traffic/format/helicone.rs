//! Requests of Helicone, in the format of `@helicone/export`. Bodies are ignored.

use super::value::class_of_status;
use crate::traffic::calls::Call;
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

const ID: usize = 0;
const TIME: usize = 1;
const STATUS: usize = 2;
const MODEL: usize = 3;
const PROMPT: usize = 4;
const COMPLETION: usize = 5;
const LATENCY_MS: usize = 6;
const PROPERTIES: usize = 7;
const PROVIDER: usize = 8;

pub(crate) static SPEC: Spec = Spec {
    format: Format::Helicone,
    needs: &[&["response_created_at", "request_created_at"]],
    columns: &[
        "response_id",
        "request_created_at",
        "response_status",
        "model",
        "prompt_tokens",
        "completion_tokens",
        "latency",
        "request_properties",
        "provider",
    ],
    id: Some(ID),
    whose: [None, Some(PROPERTIES), Some(PROVIDER)],
    times: &[TIME],
    counts: &[PROMPT, COMPLETION],
    durations: &[LATENCY_MS],
    known: Known::NOTHING,
    known_by: &[
        (&[PROMPT], Known::INPUT),
        (&[COMPLETION], Known::OUTPUT),
        (&[STATUS], Known::FAILED.and(Known::THROTTLED)),
    ],
    skip: never,
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(TIME)?;
    let [input, output, latency_ms] = row.counts([PROMPT, COMPLETION, LATENCY_MS])?;
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: class_of_status(row.text(STATUS)),
        tokens: Tokens {
            input: input.unwrap_or_default(),
            output: output.unwrap_or_default(),
            ..Tokens::default()
        },
        max_output: None,
        latency_s: latency_ms.map(|ms| ms / 1000.0),
        first_token_s: None,
    })
}
