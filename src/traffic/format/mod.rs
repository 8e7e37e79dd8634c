//! One file for each family of sources.

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
pub(crate) mod value;

use serde_json::Value;

use super::answer::Answers;
use super::outcome::Reason;
use super::row::Spec;
use super::source::Format;
use document::Document;

/// Sources of rows. The first that has all it needs counts: a trace needs least and is last.
const SPECS: [&Spec; 15] = [
    &litellm_spend::SPEC,
    &openai::SPEC,
    &anthropic::SPEC,
    &litellm_daily::SPEC,
    &bedrock::SPEC,
    &langfuse::SPEC,
    &helicone::SPEC,
    &openrouter::SPEC,
    &deepseek::SPEC,
    &portkey::SPEC,
    &keeptrusts::SPEC,
    &plain::DEV_PROXY,
    &openai::EMPTY,
    &plain::SPEC,
    &plain::AZURE,
];

/// What a header or the keys of a record are the mark of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mark {
    Rows(&'static Spec),
    Panel,
    Rates,
    Refused(Reason, Option<Format>),
    Unknown,
}

/// Recognises a source by its names, given in lower case.
pub(crate) fn recognized(names: &[String]) -> Mark {
    let has = |name: &str| names.iter().any(|each| each == name);
    let all = |needs: &[&str]| needs.iter().all(|name| has(name));
    if all(&["start_time", "amount_value"]) || all(&["usage_date_utc", "cost_usd"]) {
        return Mark::Refused(Reason::CostsNotUsage, None);
    }
    if all(&["date", "model", "successful", "failed"]) && !has("prompt tokens") {
        return Mark::Refused(Reason::RepeatsTotals, Some(Format::LiteLlmDailyCsv));
    }
    let spec = SPECS
        .into_iter()
        .find(|spec| spec.needs.iter().any(|needs| all(needs)));
    if let Some(spec) = spec {
        return Mark::Rows(spec);
    }
    if all(&["window_start_s", "rps"]) {
        return Mark::Rates;
    }
    if names.first().is_some_and(|name| name == "time") && 1 < names.len() {
        return Mark::Panel;
    }
    Mark::Unknown
}

/// Recognises a document by an element and the key of its array.
pub(crate) fn document_of(
    key: &str,
    value: &Value,
    answers: &Answers,
) -> Option<Box<dyn Document>> {
    let has = |name: &str| value.get(name).is_some();
    match key {
        "data" if has("starting_at") => Some(anthropic::document(answers)),
        "data" if has("start_time") && has("results") => Some(openai::document(answers)),
        "results" if has("date") && has("metrics") => Some(litellm_daily::document(answers)),
        "value" if has("timeseries") => Some(azure_monitor::document(answers)),
        "MetricDataResults" | "Datapoints" => Some(cloudwatch::document(answers)),
        "timeSeries" if has("points") => Some(cloud_monitoring::document(answers)),
        "result" if has("metric") => Some(prometheus::document()),
        _ => None,
    }
}

/// Recognises a document without elements.
pub(crate) fn empty_document(value: &Value, answers: &Answers) -> Option<Box<dyn Document>> {
    let has = |name: &str| value.get(name).is_some();
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
