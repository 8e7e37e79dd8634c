//! Plain tables of sums: a time, the requests of its minute, hour or day, and their tokens.

use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::collector::Collector;
use crate::traffic::flag::Flag;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

/// Names of a column that counts requests. In tables of single requests the last two count
/// something else, such as tool calls.
const REQUESTS: [&str; 8] = [
    "requests",
    "num_requests",
    "request_count",
    "n_requests",
    "total_requests",
    "num_model_requests",
    "count",
    "calls",
];

const TIMES: [usize; 6] = [8, 9, 10, 11, 12, 13];
const MODEL: usize = 14;
const PROVIDER: usize = 15;
const INPUT: [usize; 2] = [16, 17];
const OUTPUT: [usize; 2] = [18, 19];
const CACHED: [usize; 2] = [20, 21];

/// Whether a table with these columns has sums.
pub(crate) fn is_one(has: impl Fn(&str) -> bool) -> bool {
    const OF_ONE: [&str; 6] = [
        "id",
        "request_id",
        "latency_s",
        "latency_ms",
        "duration_ms",
        "status",
    ];
    let any = |names: &[&str]| names.iter().any(|name| has(name));
    let names = |columns: &[usize]| columns.iter().any(|at| has(SPEC.columns[*at]));
    let is_counted = any(&REQUESTS[..6]) || any(&REQUESTS[6..]) && !any(&OF_ONE);
    is_counted && names(&TIMES) && names(&INPUT) && names(&OUTPUT)
}

pub(crate) static SPEC: Spec = Spec {
    format: Format::PlainSums,
    // A plain trace with a count of requests is one, too.
    needs: &[
        &["date", "requests", "input_tokens", "output_tokens"],
        &["date", "requests", "prompt_tokens", "completion_tokens"],
        &["day", "requests", "input_tokens", "output_tokens"],
        &["day", "requests", "prompt_tokens", "completion_tokens"],
    ],
    columns: &[
        REQUESTS[0],
        REQUESTS[1],
        REQUESTS[2],
        REQUESTS[3],
        REQUESTS[4],
        REQUESTS[5],
        REQUESTS[6],
        REQUESTS[7],
        "timestamp",
        "date",
        "day",
        "created",
        "created_at",
        "time",
        "model",
        "provider",
        "input_tokens",
        "prompt_tokens",
        "output_tokens",
        "completion_tokens",
        "cached_input_tokens",
        "cached_tokens",
    ],
    id: None,
    whose: [None, None, Some(PROVIDER)],
    times: &TIMES,
    counts: &[0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 15, 16, 17, 18],
    durations: &[],
    known: Known::REQUESTS,
    known_by: &[
        (&[INPUT[0]], Known::INPUT),
        (&[INPUT[1]], Known::INPUT),
        (&[OUTPUT[0]], Known::OUTPUT),
        (&[OUTPUT[1]], Known::OUTPUT),
        (&[CACHED[0]], Known::CACHED),
        (&[CACHED[1]], Known::CACHED),
    ],
    skip: never,
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let mut times = TIMES.into_iter().filter(|at| !row.text(*at).is_empty());
    let at = row.time(times.next().unwrap_or(TIMES[0]))?;
    let counts = row.counts([0, 1, 2, 3, 4, 5, 6, 7])?;
    let answered = counts.into_iter().flatten().next().unwrap_or_default();
    let either = |columns| {
        let [first, second] = row.counts(columns)?;
        Ok(first.or(second).unwrap_or_default())
    };
    let cell = Cell {
        answered,
        tokens: Tokens {
            input: either(INPUT)?,
            output: either(OUTPUT)?,
            cached: either(CACHED)?,
            ..Tokens::default()
        },
        ..Cell::default()
    };
    if !at.has_zone {
        to.flags.insert(Flag::TimeZoneAssumedUtc);
    }
    to.see(at.ns, Sign::Row);
    to.cell(at.ns, row.text(MODEL), &cell)
}
