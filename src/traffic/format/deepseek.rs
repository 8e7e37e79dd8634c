//! `DeepSeek`: one row per quantity and hour, or per day in the older form.

use crate::traffic::buckets::Cell;
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
use crate::traffic::row::{Row, Spec};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;
use crate::traffic::time::{DAY_NS, HOUR_NS};

const START: usize = 0;
const END: usize = 1;
const DATE: usize = 2;
const MODEL: usize = 3;
const TYPE: usize = 4;
const AMOUNT: usize = 5;
const KEY: usize = 6;

const HIT: &str = "input_cache_hit_tokens";
const MISS: &str = "input_cache_miss_tokens";
const OUTPUT: &str = "output_tokens";
const REQUESTS: &str = "request_count";

pub(crate) static SPEC: Spec = Spec {
    format: Format::DeepSeek,
    needs: &[
        &["type", "amount", "price", "start_time_iso"],
        &["type", "amount", "price", "utc_date"],
    ],
    columns: &[
        "start_time_iso",
        "end_time_iso",
        "utc_date",
        "model",
        "type",
        "amount",
        "api_key",
    ],
    id: None,
    whose: [Some(KEY), None, None],
    times: &[START, DATE],
    counts: &[AMOUNT],
    durations: &[],
    known: Known::REQUESTS.and(Known::TOKENS).and(Known::CACHED),
    known_by: &[],
    skip: |row| {
        let is_counted = [HIT, MISS, OUTPUT, REQUESTS].contains(&row.text(TYPE));
        (!is_counted).then_some(Skip::OtherKind)
    },
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let (start_ns, width_ns) = if row.text(START).is_empty() {
        (row.time(DATE)?.ns, DAY_NS)
    } else {
        let start_ns = row.time(START)?.ns;
        let end_ns = row.time(END).map_or(start_ns, |end| end.ns);
        let width_ns = end_ns.saturating_sub(start_ns);
        (start_ns, if 0 < width_ns { width_ns } else { HOUR_NS })
    };
    let [amount] = row.counts([AMOUNT])?.map(Option::unwrap_or_default);
    let mut cell = Cell::default();
    match row.text(TYPE) {
        HIT => {
            cell.tokens = Tokens {
                input: amount,
                cached: amount,
                ..Tokens::default()
            };
        }
        MISS => cell.tokens.input = amount,
        OUTPUT => cell.tokens.output = amount,
        _ => cell.answered = amount,
    }
    to.bucket(start_ns, width_ns, row.text(MODEL), &cell)
}
