//! Anthropic: the console's CSV and the usage report.
//!
//! The parts of the input are disjoint and are added. Requests are not counted.

use serde_json::Value;

use super::document::Document;
use super::openai::bucket;
use super::value::{counts, text};
use crate::traffic::answer::Answers;
use crate::traffic::buckets::Cell;
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::observed::Known;
use crate::traffic::outcome::{Outcome, Reason, Refusal};
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;
use crate::traffic::time::{DAY_NS, HOUR_NS};

const DATE: usize = 0;
const MODEL: usize = 1;
const TYPE: usize = 2;
const NO_CACHE: usize = 3;
const WRITE_5M: usize = 4;
const WRITE_1H: usize = 5;
const WRITE: usize = 6;
const READ: usize = 7;
const OUTPUT: usize = 8;

const KNOWN: Known = Known::TOKENS.and(Known::CACHED).and(Known::CACHE_WRITE);

pub(crate) static SPEC: Spec = Spec {
    format: Format::AnthropicConsole,
    needs: &[&["usage_date_utc", "usage_output_tokens"]],
    columns: &[
        "usage_date_utc",
        "model_version",
        "usage_type",
        "usage_input_tokens_no_cache",
        "usage_input_tokens_cache_write_5m",
        "usage_input_tokens_cache_write_1h",
        "usage_input_tokens_cache_write",
        "usage_input_tokens_cache_read",
        "usage_output_tokens",
    ],
    id: None,
    whose: [None, None, None],
    times: &[DATE],
    counts: &[NO_CACHE, WRITE_5M, WRITE_1H, WRITE, READ, OUTPUT],
    durations: &[],
    known: Known::NOTHING,
    known_by: &[
        (&[OUTPUT], Known::OUTPUT),
        (&[TYPE], Known::BATCH),
        (&[NO_CACHE], Known::INPUT),
        (&[READ], Known::CACHED),
        (&[WRITE_5M], Known::CACHE_WRITE),
        (&[WRITE_1H], Known::CACHE_WRITE),
        (&[WRITE], Known::CACHE_WRITE),
    ],
    skip: never,
    read,
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(DATE)?;
    let numbers = row.counts([NO_CACHE, WRITE_5M, WRITE_1H, WRITE, READ, OUTPUT])?;
    let numbers = numbers.map(Option::unwrap_or_default);
    let width_ns = if at.is_day { DAY_NS } else { HOUR_NS };
    let cell = cell(numbers, row.says(TYPE, "batch"));
    to.bucket(at.ns, width_ns, row.text(MODEL), &cell)
}

/// Tokens by kind: uncached input, cache writes of three lifetimes, cache reads, output.
fn cell([uncached, short, long, other, cached, output]: [f64; 6], is_batch: bool) -> Cell {
    let cache_write = short + long + other;
    let tokens = Tokens {
        input: uncached + cache_write + cached,
        cached,
        cache_write,
        output,
        unclassified: 0.0,
    };
    let batch_tokens = if is_batch { tokens } else { Tokens::default() };
    Cell {
        tokens,
        batch_tokens,
        ..Cell::default()
    }
}

/// Pages of the usage report.
#[derive(Debug)]
struct Report {
    collector: Collector,
    is_costs: bool,
}

pub(crate) fn document(answers: &Answers) -> Box<dyn Document> {
    let mut collector = Collector::new(Format::AnthropicUsageApi, answers.window);
    collector.known = KNOWN;
    Box::new(Report {
        collector,
        is_costs: false,
    })
}

impl Report {
    fn result(&mut self, result: &Value, start_ns: Option<i64>) -> Result<(), Skip> {
        if result.get("amount").is_some() && result.get("output_tokens").is_none() {
            self.is_costs = true;
            return Err(Skip::OtherKind);
        }
        let start_ns = start_ns.ok_or(Skip::NoTime)?;
        let keys = [
            "uncached_input_tokens",
            "cache_read_input_tokens",
            "output_tokens",
        ];
        let [uncached, cached, output] = counts(result, keys)?;
        let created = result.get("cache_creation").unwrap_or(&Value::Null);
        let keys = ["ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"];
        let [short, long] = counts(created, keys)?;
        let tier = text(result, "service_tier");
        if !tier.is_empty() {
            self.collector.known.add(Known::BATCH);
        }
        let numbers = [uncached, short, long, 0.0, cached, output];
        let cell = cell(numbers, tier == "batch");
        self.collector.cell(start_ns, text(result, "model"), &cell)
    }
}

impl Document for Report {
    fn format(&self) -> Format {
        Format::AnthropicUsageApi
    }

    fn element(&mut self, _: &str, value: &Value) {
        let (start_ns, results) = bucket(value, ["starting_at", "ending_at"], &mut self.collector);
        for result in results {
            let counted = self.result(result, start_ns);
            self.collector.count(counted);
        }
    }

    fn around(&mut self, value: &Value) {
        self.collector.page(value.get("has_more"));
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
