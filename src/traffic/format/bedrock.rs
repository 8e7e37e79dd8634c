//! The invocation log of Amazon Bedrock: one JSON record per line. The parts of the input are
//! added.

use serde_json::Value;

use super::value::counts;
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
const INPUT: usize = 3;
const OUTPUT: usize = 4;
const IDENTITY: usize = 5;
const ERROR: usize = 6;

pub(crate) static SPEC: Spec = Spec {
    format: Format::BedrockLog,
    needs: &[&["modelid", "timestamp", "input"]],
    columns: &[
        "requestid",
        "timestamp",
        "modelid",
        "input",
        "output",
        "identity",
        "errorcode",
    ],
    id: Some(ID),
    whose: [Some(IDENTITY), None, None],
    times: &[TIME],
    counts: &[],
    durations: &[],
    known: Known::INPUT.and(Known::CACHED).and(Known::CACHE_WRITE),
    known_by: &[
        (&[OUTPUT], Known::OUTPUT),
        (&[ERROR], Known::FAILED.and(Known::THROTTLED)),
    ],
    skip: never,
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(TIME)?;
    let object = |column| serde_json::from_str(row.text(column)).unwrap_or(Value::Null);
    let keys = [
        "inputTokenCount",
        "cacheReadInputTokenCount",
        "cacheWriteInputTokenCount",
    ];
    let [uncached, cached, cache_write] = counts(&object(INPUT), keys)?;
    let [output] = counts(&object(OUTPUT), ["outputTokenCount"])?;
    to.call(&Call {
        at,
        model: row.text(MODEL),
        class: class(row.text(ERROR)),
        tokens: Tokens {
            input: uncached + cached + cache_write,
            cached,
            cache_write,
            output,
            unclassified: 0.0,
        },
        max_output: None,
        latency_s: None,
        first_token_s: None,
    })
}

/// Class of an error; answered calls have none.
fn class(error: &str) -> Class {
    match error {
        "" => Class::Answered,
        _ if error.contains("Throttling") => Class::Throttled,
        _ => Class::Failed,
    }
}
