//! Daily sums of `LiteLLM`: the CSV of its interface and `/user/daily/activity`.
//!
//! Cached tokens are inside the prompt tokens. In the JSON the day's own metrics count; the
//! breakdown by model only says whose they are, and is never added to them.

use serde_json::Value;

use super::document::Document;
use super::value::{counts, text};
use crate::traffic::answer::Answers;
use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::collector::Collector;
use crate::traffic::notation::DateOrder;
use crate::traffic::observed::{Known, Tokens};
use crate::traffic::outcome::Outcome;
use crate::traffic::row::{Row, Spec, never};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;
use crate::traffic::time::{self, DAY_NS};

const DATE: usize = 0;
const SUCCESSFUL: usize = 1;
const FAILED: usize = 2;
const PROMPT: usize = 3;
const COMPLETION: usize = 4;
const CACHE_READ: usize = 5;
const CACHE_WRITE: usize = 6;
const MODEL: usize = 7;
const KEY: usize = 8;
const TEAM: usize = 9;

const KNOWN: Known = Known::REQUESTS.and(Known::FAILED).and(Known::TOKENS);

pub(crate) static SPEC: Spec = Spec {
    format: Format::LiteLlmDailyCsv,
    needs: &[&["date", "successful requests", "prompt tokens"]],
    columns: &[
        "date",
        "successful requests",
        "failed requests",
        "prompt tokens",
        "completion tokens",
        "cache read input tokens",
        "cache creation input tokens",
        "",
        "key id",
        "team id",
    ],
    id: None,
    whose: [Some(KEY), Some(TEAM)],
    times: &[DATE],
    counts: &[
        SUCCESSFUL,
        FAILED,
        PROMPT,
        COMPLETION,
        CACHE_READ,
        CACHE_WRITE,
    ],
    durations: &[],
    known: Known::REQUESTS.and(Known::INPUT),
    known_by: &[
        (&[FAILED], Known::FAILED),
        (&[COMPLETION], Known::OUTPUT),
        (&[CACHE_READ], Known::CACHED),
        (&[CACHE_WRITE], Known::CACHE_WRITE),
    ],
    skip: never,
    read,
};

/// Rows of the tables that the interface sums up, `LiteLLM_DailyUserSpend` and its like.
pub(crate) static TABLE: Spec = Spec {
    needs: &[&["date", "successful_requests", "prompt_tokens"]],
    columns: &[
        "date",
        "successful_requests",
        "failed_requests",
        "prompt_tokens",
        "completion_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
        "model",
        "api_key",
        "team_id",
    ],
    ..SPEC
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(DATE)?;
    let columns = [
        SUCCESSFUL,
        FAILED,
        PROMPT,
        COMPLETION,
        CACHE_READ,
        CACHE_WRITE,
    ];
    let numbers = row.counts(columns)?.map(Option::unwrap_or_default);
    to.bucket(at.ns, DAY_NS, row.text(MODEL), &cell(numbers));
    Ok(())
}

fn cell([answered, failed, input, output, cached, cache_write]: [f64; 6]) -> Cell {
    Cell {
        answered,
        failed,
        tokens: Tokens {
            input,
            cached,
            cache_write,
            output,
            unclassified: 0.0,
        },
        ..Cell::default()
    }
}

/// Days of `/user/daily/activity`.
#[derive(Debug)]
struct Activity(Collector);

pub(crate) fn document(answers: &Answers) -> Box<dyn Document> {
    let mut collector = Collector::new(Format::LiteLlmDailyApi, answers.window);
    collector.known = KNOWN;
    collector.width_ns = Some(DAY_NS);
    Box::new(Activity(collector))
}

impl Activity {
    fn day(&mut self, day: &Value) -> Result<(), Skip> {
        let at = time::parse(text(day, "date"), DateOrder::MonthFirst).ok_or(Skip::NoTime)?;
        let metrics = day.get("metrics").unwrap_or(&Value::Null);
        let mut left = numbers(metrics)?;
        let mut models = Vec::new();
        for (name, model) in objects(day.pointer("/breakdown/models")) {
            let of_model = numbers(model.get("metrics").unwrap_or(&Value::Null))?;
            for (left, number) in left.iter_mut().zip(of_model) {
                *left -= number;
            }
            models.push((name, of_model));
        }
        if left.iter().any(|number| *number < 0.0) {
            // The models say more than the day: then the day counts alone.
            models.clear();
            left = numbers(metrics)?;
        }
        self.0.see(at.ns, Sign::Row);
        for (name, of_model) in models {
            self.0.cell(at.ns, name, &cell(of_model));
        }
        if left.iter().any(|number| 0.0 < *number) {
            self.0.cell(at.ns, "", &cell(left));
        }
        for (key, of_key) in objects(day.pointer("/breakdown/api_keys")) {
            let of_key = numbers(of_key.get("metrics").unwrap_or(&Value::Null))?;
            self.0.of_key(key, &cell(of_key));
        }
        for (key, known) in [
            ("cache_read_input_tokens", Known::CACHED),
            ("cache_creation_input_tokens", Known::CACHE_WRITE),
        ] {
            if metrics.get(key).is_some() {
                self.0.known.add(known);
            }
        }
        Ok(())
    }
}

fn numbers(metrics: &Value) -> Result<[f64; 6], Skip> {
    let keys = [
        "successful_requests",
        "failed_requests",
        "prompt_tokens",
        "completion_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
    ];
    counts(metrics, keys)
}

fn objects(of: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let map = of.and_then(Value::as_object).into_iter().flatten();
    map.map(|(name, value)| (name.as_str(), value))
}

impl Document for Activity {
    fn format(&self) -> Format {
        Format::LiteLlmDailyApi
    }

    fn element(&mut self, _: &str, value: &Value) {
        let result = self.day(value);
        self.0.count(result);
    }

    fn around(&mut self, value: &Value) {
        self.0.page(value.pointer("/metadata/has_more"));
    }

    fn finish(self: Box<Self>, _: &Answers) -> Outcome {
        self.0.finish()
    }
}
