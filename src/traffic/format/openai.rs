//! `OpenAI`: the usage API and the console's CSV.
//!
//! `input_tokens` includes cached and cache-written tokens, which are never added to it. A bucket
//! with empty results had no traffic.

use serde_json::Value;

use super::document::Document;
use super::value::{counts, text};
use crate::traffic::answer::Answers;
use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::notation::DateOrder;
use crate::traffic::observed::Known;
use crate::traffic::outcome::{Outcome, Reason, Refusal};
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;
use crate::traffic::time;

const START: usize = 0;
const END: usize = 1;
const MODEL: usize = 2;
const BATCH: usize = 3;
const REQUESTS: usize = 4;
const INPUT: usize = 5;
const OUTPUT: usize = 6;
const CACHED: usize = 7;
const CACHE_WRITE: usize = 8;
const KEY: usize = 9;
const PROJECT: usize = 10;

const TIMES: [&str; 4] = ["start_time", "end_time", "start_time_iso", "end_time_iso"];

pub(crate) static SPEC: Spec = Spec {
    format: Format::OpenAiConsole,
    needs: &[&[TIMES[0], TIMES[1], TIMES[2], TIMES[3], "num_model_requests"]],
    columns: &[
        "start_time",
        "end_time",
        "model",
        "batch",
        "num_model_requests",
        "input_tokens",
        "output_tokens",
        "input_cached_tokens",
        "input_cache_write_tokens",
        "api_key_id",
        "project_id",
    ],
    id: None,
    whose: [Some(KEY), Some(PROJECT), None],
    times: &[START],
    counts: &[REQUESTS, INPUT, OUTPUT, CACHED, CACHE_WRITE],
    durations: &[],
    known: Known::REQUESTS,
    known_by: &[
        (&[INPUT], Known::INPUT),
        (&[OUTPUT], Known::OUTPUT),
        (&[CACHED], Known::CACHED),
        (&[CACHE_WRITE], Known::CACHE_WRITE),
    ],
    skip: never,
    read,
};

/// An export without usage, which has only time columns.
pub(crate) static EMPTY: Spec = Spec {
    needs: &[&TIMES],
    ..SPEC
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let (start, end) = (row.time(START)?, row.time(END)?);
    let width_ns = end
        .ns
        .checked_sub(start.ns)
        .filter(|ns| 0 < *ns)
        .ok_or(Skip::NoTime)?;
    let found = row.counts([REQUESTS, INPUT, OUTPUT, CACHED, CACHE_WRITE])?;
    if found.iter().all(Option::is_none) {
        to.see(start.ns, Sign::Row);
        to.widen(width_ns);
        return Ok(());
    }
    if !row.text(BATCH).is_empty() {
        to.known.add(Known::BATCH);
    }
    let cell = cell(
        found.map(Option::unwrap_or_default),
        row.says(BATCH, "true"),
    );
    to.bucket(start.ns, width_ns, row.text(MODEL), &cell)
}

fn cell([requests, input, output, cached, cache_write]: [f64; 5], is_batch: bool) -> Cell {
    let tokens = Tokens {
        input,
        cached,
        cache_write,
        output,
        unclassified: 0.0,
    };
    if is_batch {
        Cell {
            batch: requests,
            tokens,
            batch_tokens: tokens,
            ..Cell::default()
        }
    } else {
        Cell {
            answered: requests,
            tokens,
            ..Cell::default()
        }
    }
}

/// Pages of the usage API.
#[derive(Debug)]
struct Pages {
    collector: Collector,
    is_costs: bool,
}

pub(crate) fn document(answers: &Answers) -> Box<dyn Document> {
    let mut collector = Collector::new(Format::OpenAiUsageApi, answers.window);
    collector.known = Known::REQUESTS.and(Known::TOKENS);
    Box::new(Pages {
        collector,
        is_costs: false,
    })
}

/// Start and results of a bucket, which exists even if it has none. Without an end its width is
/// unknown.
pub(super) fn bucket<'v>(
    value: &'v Value,
    [start, end]: [&str; 2],
    to: &mut Collector,
) -> (Option<i64>, &'v [Value]) {
    let start_ns = instant(value.get(start));
    if let Some(start_ns) = start_ns {
        to.see(start_ns, Sign::Row);
        let end_ns = instant(value.get(end)).filter(|end_ns| start_ns < *end_ns);
        if let Some(end_ns) = end_ns {
            to.widen(end_ns - start_ns);
        }
    }
    let results = value.get("results").and_then(Value::as_array);
    (start_ns, results.map_or(&[], Vec::as_slice))
}

/// An instant in a number or a text.
pub(super) fn instant(value: Option<&Value>) -> Option<i64> {
    let stamp = match value? {
        Value::String(text) => time::parse(text, DateOrder::MonthFirst),
        Value::Number(number) => time::parse(&number.to_string(), DateOrder::MonthFirst),
        _ => None,
    };
    stamp.map(|stamp| stamp.ns)
}

impl Pages {
    fn result(&mut self, result: &Value, start_ns: Option<i64>) -> Result<(), Skip> {
        match text(result, "object") {
            "" | "organization.usage.completions.result" => {}
            "organization.costs.result" => {
                self.is_costs = true;
                return Err(Skip::OtherKind);
            }
            other => {
                self.collector.note_unused(other);
                return Err(Skip::OtherKind);
            }
        }
        let start_ns = start_ns.ok_or(Skip::NoTime)?;
        let keys = [
            "num_model_requests",
            "input_tokens",
            "output_tokens",
            "input_cached_tokens",
            "input_cache_write_tokens",
        ];
        let numbers = counts(result, keys)?;
        for (key, known) in [(keys[3], Known::CACHED), (keys[4], Known::CACHE_WRITE)] {
            let is_told = result.get(key).is_some_and(|value| !value.is_null());
            if is_told {
                self.collector.known.add(known);
            }
            if known == Known::CACHED {
                self.collector.tells_cached = is_told;
            }
        }
        let batch = result.get("batch").and_then(Value::as_bool);
        if batch.is_some() {
            self.collector.known.add(Known::BATCH);
        }
        let cell = cell(numbers, batch == Some(true));
        let [key, project] = ["api_key_id", "project_id"].map(|name| text(result, name));
        self.collector.whose([key, project, ""]);
        self.collector.cell(start_ns, text(result, "model"), &cell)
    }
}

impl Document for Pages {
    fn format(&self) -> Format {
        Format::OpenAiUsageApi
    }

    fn element(&mut self, _: &str, value: &Value) {
        let (start_ns, results) = bucket(value, ["start_time", "end_time"], &mut self.collector);
        for result in results {
            let counted = self.result(result, start_ns);
            self.collector.count(counted);
        }
    }

    fn around(&mut self, value: &Value) {
        self.collector.page(value.get("has_more"));
        if let (None, Some(next)) = (value.get("has_more"), value.get("next_page")) {
            self.collector.page(Some(&Value::Bool(next.is_string())));
        }
    }

    fn end_file(&mut self) {
        self.collector.coverage.end_file();
    }

    fn finish(self: Box<Self>, _: &Answers) -> Outcome {
        if self.is_costs {
            return Refusal::new(Reason::CostsNotUsage, None).into();
        }
        self.collector.finish()
    }
}
