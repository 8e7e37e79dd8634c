//! The activity CSV of `OpenRouter`: one row per request. The prompt includes cached tokens, the
//! completion includes reasoning.

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
const PROMPT: usize = 3;
const COMPLETION: usize = 4;
const CACHED: usize = 5;
const LATENCY_MS: usize = 6;
const FINISH: usize = 7;
const FIRST_TOKEN_MS: usize = 8;
const KEY: usize = 9;
const APP: usize = 10;
const PROVIDER: usize = 11;

pub(crate) static SPEC: Spec = Spec {
    format: Format::OpenRouter,
    needs: &[&["generation_id", "tokens_prompt"]],
    columns: &[
        "generation_id",
        "created_at",
        "model_permaslug",
        "tokens_prompt",
        "tokens_completion",
        "tokens_cached",
        "generation_time_ms",
        "finish_reason_normalized",
        "time_to_first_token_ms",
        "api_key_name",
        "app_name",
        "provider_name",
    ],
    id: Some(ID),
    whose: [Some(KEY), Some(APP), Some(PROVIDER)],
    times: &[TIME],
    counts: &[PROMPT, COMPLETION, CACHED],
    durations: &[LATENCY_MS, FIRST_TOKEN_MS],
    known: Known::NOTHING,
    known_by: &[
        (&[PROMPT], Known::INPUT),
        (&[COMPLETION], Known::OUTPUT),
        (&[CACHED], Known::CACHED),
        (&[FINISH], Known::FAILED),
    ],
    skip: never,
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(TIME)?;
    let columns = [PROMPT, COMPLETION, CACHED, LATENCY_MS, FIRST_TOKEN_MS];
    let [input, output, cached, latency_ms, first_token_ms] = row.counts(columns)?;
    let is_error = row.says(FINISH, "error");
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: if is_error {
            Class::Failed
        } else {
            Class::Answered
        },
        tokens: Tokens {
            input: input.unwrap_or_default(),
            output: output.unwrap_or_default(),
            cached: cached.unwrap_or_default(),
            ..Tokens::default()
        },
        max_output: None,
        latency_s: latency_ms.map(|ms| ms / 1000.0),
        first_token_s: first_token_ms.map(|ms| ms / 1000.0),
    })
}
