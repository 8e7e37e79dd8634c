//! Log exports of Portkey. Requests and responses are ignored.

use crate::traffic::calls::{Call, Class};
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

const ID: usize = 0;
const TIME: usize = 1;
const MODEL: usize = 2;
const REQUEST_UNITS: usize = 3;
const RESPONSE_UNITS: usize = 4;
const IS_SUCCESS: usize = 5;
const RESPONSE_MS: usize = 6;
const STATUS: usize = 7;
const METADATA: usize = 8;
const PROVIDER: usize = 9;

pub(crate) static SPEC: Spec = Spec {
    format: Format::Portkey,
    needs: &[&["ai_model", "req_units"]],
    columns: &[
        "id",
        "created_at",
        "ai_model",
        "req_units",
        "res_units",
        "is_success",
        "response_time",
        "response_status_code",
        "metadata",
        "ai_org",
    ],
    id: Some(ID),
    whose: [None, Some(METADATA), Some(PROVIDER)],
    times: &[TIME],
    counts: &[REQUEST_UNITS, RESPONSE_UNITS],
    durations: &[RESPONSE_MS],
    known: Known::NOTHING,
    known_by: &[
        (&[REQUEST_UNITS], Known::INPUT),
        (&[RESPONSE_UNITS], Known::OUTPUT),
        (&[IS_SUCCESS], Known::FAILED),
        (
            &[STATUS],
            Known::FAILED.and(Known::THROTTLED).and(Known::BLOCKED),
        ),
    ],
    skip: never,
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(TIME)?;
    let [input, output, ms] = row.counts([REQUEST_UNITS, RESPONSE_UNITS, RESPONSE_MS])?;
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: class(row),
        tokens: Tokens {
            input: input.unwrap_or_default(),
            output: output.unwrap_or_default(),
            ..Tokens::default()
        },
        max_output: None,
        latency_s: ms.map(|ms| ms / 1000.0),
        first_token_s: None,
    })
}

/// 446 is a refusal by the gateway's guardrails; 246 is an answer that they only flagged.
fn class(row: &Row) -> Class {
    match row.code(STATUS) {
        Some(429.0) => Class::Throttled,
        Some(446.0) => Class::Blocked,
        Some(400.0..) => Class::Failed,
        _ if row.says(IS_SUCCESS, "false") => Class::Failed,
        _ => Class::Answered,
    }
}
