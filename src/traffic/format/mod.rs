//! Sources, one file per family.

pub(crate) mod anthropic;
pub(crate) mod azure_monitor;
pub(crate) mod bedrock;
pub(crate) mod cloud_monitoring;
pub(crate) mod cloudwatch;
pub(crate) mod deepseek;
pub(crate) mod document;
pub(crate) mod grafana;
pub(crate) mod helicone;
pub(crate) mod keeptrusts;
pub(crate) mod langfuse;
pub(crate) mod litellm_daily;
pub(crate) mod litellm_spend;
pub(crate) mod openai;
pub(crate) mod openrouter;
pub(crate) mod plain;
pub(crate) mod portkey;
pub(crate) mod prometheus;
pub(crate) mod sample;
pub(crate) mod series_row;
mod sums;
pub(crate) mod value;

use serde_json::Value;

use super::answer::{Answers, Measure};
use super::outcome::Reason;
use super::row::{COLUMNS_MOST, Spec};
use super::source::Format;
use document::Document;

/// Sources of rows. The first whose requirements are met counts; a plain trace requires the least
/// and is last.
const SPECS: [&Spec; 18] = [
    &litellm_spend::SPEC,
    &litellm_spend::PAYLOAD,
    &openai::SPEC,
    &anthropic::SPEC,
    &litellm_daily::SPEC,
    &litellm_daily::TABLE,
    &bedrock::SPEC,
    &langfuse::SPEC,
    &helicone::SPEC,
    &openrouter::SPEC,
    &deepseek::SPEC,
    &portkey::SPEC,
    &keeptrusts::SPEC,
    &plain::DEV_PROXY,
    &openai::EMPTY,
    &sums::SPEC,
    &plain::SPEC,
    &plain::AZURE,
];

const _: () = {
    let mut at = 0;
    while at < SPECS.len() {
        assert!(
            SPECS[at].columns.len() <= COLUMNS_MOST,
            "a row has room for all columns"
        );
        at += 1;
    }
};

/// Meaning of a header, or of a record's keys.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mark {
    Rows(&'static Spec),
    Panel,
    Rates,
    /// Reason, source, and decisive column.
    Refused(Reason, Option<Format>, &'static str),
    Unknown,
}

/// Recognizes a source by its lowercase names.
pub(crate) fn recognized(names: &[String]) -> Mark {
    let has = |name: &str| names.iter().any(|each| each == name);
    let all = |needs: &[&str]| needs.iter().all(|name| has(name));
    for costs in [
        ["start_time", "amount_value"],
        ["usage_date_utc", "cost_usd"],
    ] {
        if all(&costs) {
            return Mark::Refused(Reason::CostsNotUsage, None, costs[1]);
        }
    }
    if all(&["date", "model", "successful", "failed"]) && !has("prompt tokens") {
        let daily = Some(Format::LiteLlmDailyCsv);
        return Mark::Refused(Reason::RepeatsTotals, daily, "model");
    }
    // Embeddings and images have no output tokens, while completions have caches and batches.
    let is_completions = has("output_tokens")
        || (has("input_tokens") && (has("batch") || has("input_cached_tokens")));
    if all(&["start_time_iso", "num_model_requests"]) && !is_completions {
        let console = Some(Format::OpenAiConsole);
        return Mark::Refused(Reason::OtherKind, console, "");
    }
    let spec = SPECS
        .into_iter()
        .find(|spec| spec.needs.iter().any(|needs| all(needs)));
    if spec.is_none_or(|spec| spec.format == Format::PlainTrace) && sums::is_one(has) {
        return Mark::Rows(&sums::SPEC);
    }
    if let Some(spec) = spec {
        return Mark::Rows(spec);
    }
    if all(&["window_start_s", "rps"]) {
        return Mark::Rates;
    }
    let is_panel = names.first().is_some_and(|name| name == "time") && 1 < names.len();
    if is_panel || series_row::places(names).is_some() {
        return Mark::Panel;
    }
    Mark::Unknown
}

/// Whether an object has a key. Called for many keys, so kept as one function for size.
#[inline(never)]
fn has(value: &Value, name: &str) -> bool {
    value.get(name).is_some()
}

/// Whether a word is a valid meaning of a column: a quantity, or a name in a known table.
pub fn is_meaning(word: &str) -> bool {
    let mut specs = SPECS.iter();
    let is_column = !word.is_empty() && specs.any(|spec| spec.columns.contains(&word));
    is_column || Measure::from_key(word).is_some()
}

/// Recognizes a document by an element, at any place.
pub(crate) fn document_of(
    key: &str,
    value: &Value,
    answers: &Answers,
) -> Option<Box<dyn Document>> {
    let all = |names: [&str; 2]| names.iter().all(|name| has(value, name));
    if all(["starting_at", "results"]) {
        Some(anthropic::document(answers))
    } else if all(["start_time", "results"]) {
        Some(openai::document(answers))
    } else if all(["date", "metrics"]) {
        Some(litellm_daily::document(answers))
    } else if all(["name", "timeseries"]) {
        Some(azure_monitor::document(answers))
    } else if key == "Datapoints" || all(["Timestamps", "Values"]) {
        Some(cloudwatch::document(answers))
    } else if all(["metric", "points"]) {
        Some(cloud_monitoring::document(answers))
    } else if all(["metric", "values"]) || (key == "result" && has(value, "metric")) {
        Some(prometheus::document())
    } else {
        None
    }
}

/// Recognizes a document without elements.
pub(crate) fn empty_document(value: &Value, answers: &Answers) -> Option<Box<dyn Document>> {
    let has = |name: &str| has(value, name);
    let says = |name: &str, word: &str| value.get(name).and_then(Value::as_str) == Some(word);
    if has("Datapoints") || has("MetricDataResults") {
        return Some(cloudwatch::document(answers));
    }
    if has("timeSeries") {
        return Some(cloud_monitoring::document(answers));
    }
    if has("value") && has("interval") {
        return Some(azure_monitor::document(answers));
    }
    let is_matrix = value.pointer("/data/resultType").is_some();
    if is_matrix || (says("status", "error") && has("errorType")) {
        return Some(prometheus::document());
    }
    if says("object", "page") {
        return Some(openai::document(answers));
    }
    if has("results") && has("metadata") {
        return Some(litellm_daily::document(answers));
    }
    None
}
