//! Events of Keeptrusts: the console's export and `kt events`. The live tail has no tokens.

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
const DECISION: usize = 3;
const VERDICT: usize = 4;
const LATENCY_MS: usize = 5;
const INPUT: usize = 6;
const OUTPUT: usize = 7;
const GATEWAY: usize = 8;
const PROVIDER: usize = 9;

pub(crate) static SPEC: Spec = Spec {
    format: Format::Keeptrusts,
    needs: &[
        &["decision", "gateway_id"],
        &["decision", "timestamp"],
        &["event_type", "verdict"],
    ],
    columns: &[
        "id",
        "timestamp",
        "model",
        "decision",
        "verdict",
        "latency_ms",
        "input_tokens",
        "output_tokens",
        "gateway_id",
        "provider",
    ],
    id: Some(ID),
    whose: [None, Some(GATEWAY), Some(PROVIDER)],
    times: &[TIME],
    counts: &[INPUT, OUTPUT],
    durations: &[LATENCY_MS],
    known: Known::BLOCKED,
    known_by: &[(&[INPUT], Known::INPUT), (&[OUTPUT], Known::OUTPUT)],
    skip: never,
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(TIME)?;
    let [input, output, latency_ms] = row.counts([INPUT, OUTPUT, LATENCY_MS])?;
    let decision = if row.text(DECISION).is_empty() {
        VERDICT
    } else {
        DECISION
    };
    let is_blocked = row.says(decision, "block") || row.says(decision, "blocked");
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: if is_blocked {
            Class::Blocked
        } else {
            Class::Answered
        },
        // Answers blocked on the way out were already paid for.
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
