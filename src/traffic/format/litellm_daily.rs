//! Daily sums of `LiteLLM`: the CSV of its interface and `/user/daily/activity`.
//!
//! Prompt tokens include cached ones. In the JSON the day's own metrics count; the breakdown by
//! model only attributes them, and is never added.

use serde_json::Value;

use super::document::Document;
use super::value::{count, counts, text};
use crate::traffic::answer::Answers;
use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::collector::Collector;
use crate::traffic::model_sums::Tokens;
use crate::traffic::notation::DateOrder;
use crate::traffic::observed::Known;
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
const ALL: usize = 10;
const PROVIDER: usize = 11;

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
        "requests",
        "",
    ],
    id: None,
    whose: [Some(KEY), Some(TEAM), Some(PROVIDER)],
    times: &[DATE],
    counts: &[
        SUCCESSFUL,
        FAILED,
        ALL,
        PROMPT,
        COMPLETION,
        CACHE_READ,
        CACHE_WRITE,
    ],
    durations: &[],
    known: Known::REQUESTS.and(Known::INPUT),
    known_by: &[
        (&[FAILED], Known::FAILED),
        (&[SUCCESSFUL, ALL], Known::FAILED),
        (&[COMPLETION], Known::OUTPUT),
        (&[CACHE_READ], Known::CACHED),
        (&[CACHE_WRITE], Known::CACHE_WRITE),
    ],
    skip: never,
    read,
};

/// Rows of the tables that the interface sums, such as `LiteLLM_DailyUserSpend`.
pub(crate) static TABLE: Spec = Spec {
    needs: &[
        &["date", "successful_requests", "prompt_tokens"],
        &["date", "api_requests", "prompt_tokens"],
    ],
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
        "api_requests",
        "custom_llm_provider",
    ],
    ..SPEC
};

fn read(row: &Row, to: &mut Collector) -> Result<(), Skip> {
    let at = row.time(DATE)?;
    let requests = row.counts([ALL, SUCCESSFUL, FAILED])?;
    let [input, output, cached, cache_write] = row
        .counts([PROMPT, COMPLETION, CACHE_READ, CACHE_WRITE])?
        .map(Option::unwrap_or_default);
    let [answered, failed] = ends(requests);
    let cell = cell([answered, failed, input, output, cached, cache_write]);
    to.bucket(at.ns, DAY_NS, row.text(MODEL), &cell)
}

/// Answered and failed requests, from the counts of all, answered and failed; a missing count is
/// the rest of the others.
fn ends([all, answered, failed]: [Option<f64>; 3]) -> [f64; 2] {
    let rest = |part: Option<f64>| all.map(|all| (all - part.unwrap_or(0.0)).max(0.0));
    match (answered, failed) {
        (Some(answered), _) => [answered, failed.or(rest(answered.into())).unwrap_or(0.0)],
        (None, _) => [rest(failed).unwrap_or(0.0), failed.unwrap_or(0.0)],
    }
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
    collector.known = Known::TOKENS;
    collector.width_ns = Some(DAY_NS);
    Box::new(Activity(collector))
}

impl Activity {
    fn day(&mut self, day: &Value) -> Result<(), Skip> {
        let at = time::parse(text(day, "date"), DateOrder::MonthFirst).ok_or(Skip::NoTime)?;
        let metrics = day.get("metrics").unwrap_or(&Value::Null);
        let mut left = numbers(metrics)?;
        let told = known(metrics);
        self.0.tells_cached = told.has(Known::CACHED);
        self.0.known.add(told);
        let mut providers = objects(day.pointer("/breakdown/providers")).map(|(name, _)| name);
        // Providers and models are listed separately: with several providers their pairing is
        // unknown.
        let provider = providers.next().filter(|_| providers.next().is_none());
        self.0.whose(["", "", provider.unwrap_or_default()]);
        let mut models = Vec::new();
        for (name, model) in objects(day.pointer("/breakdown/models")) {
            let of_model = numbers(model.get("metrics").unwrap_or(&Value::Null))?;
            for (left, number) in left.iter_mut().zip(of_model) {
                *left -= number;
            }
            models.push((name, of_model));
        }
        if left.iter().any(|number| *number < 0.0) {
            // The models exceed the day's totals, so only the day counts.
            models.clear();
            left = numbers(metrics)?;
        }
        self.0.see(at.ns, Sign::Row);
        for (name, of_model) in models {
            self.0.cell(at.ns, name, &cell(of_model))?;
        }
        if left.iter().any(|number| 0.0 < *number) {
            self.0.cell(at.ns, "", &cell(left))?;
        }
        for (key, of_key) in objects(day.pointer("/breakdown/api_keys")) {
            let of_key = numbers(of_key.get("metrics").unwrap_or(&Value::Null))?;
            self.0.of_key(key, &cell(of_key));
        }
        Ok(())
    }
}

/// Quantities that metrics have besides tokens.
fn known(metrics: &Value) -> Known {
    let has = |key: &str| metrics.get(key).is_some_and(|value| !value.is_null());
    let is_any = REQUESTS.iter().any(|key| has(key));
    let [all, answered, failed] = REQUESTS.map(has);
    let told = [
        (is_any, Known::REQUESTS),
        (failed || all && answered, Known::FAILED),
        (has("cache_read_input_tokens"), Known::CACHED),
        (has("cache_creation_input_tokens"), Known::CACHE_WRITE),
    ];
    let told = told.into_iter().filter(|(is_told, _)| *is_told);
    told.fold(Known::NOTHING, |all, (_, each)| all.and(each))
}

/// All requests, answered ones, and failed ones.
const REQUESTS: [&str; 3] = ["api_requests", "successful_requests", "failed_requests"];

fn numbers(metrics: &Value) -> Result<[f64; 6], Skip> {
    let keys = [
        "prompt_tokens",
        "completion_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
    ];
    let [input, output, cached, cache_write] = counts(metrics, keys)?;
    let [all, answered, failed] = REQUESTS.map(|key| count(metrics.get(key)));
    let [answered, failed] = ends([all?, answered?, failed?]);
    Ok([answered, failed, input, output, cached, cache_write])
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

    fn end_file(&mut self) {
        self.0.coverage.end_file();
    }

    fn finish(self: Box<Self>, _: &Answers) -> Outcome {
        self.0.finish()
    }
}
