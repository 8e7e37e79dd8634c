//! Metrics of Azure Monitor for Azure `OpenAI`.
//!
//! Cached tokens are given as a share of the input, per minute. A point without a number is missing
//! data. With the interval `FULL` each series has one point for the whole timespan.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::Document;
use super::value::{class_of_status, count, has_other_statistic, sums_of, text};
use crate::traffic::answer::Answers;
use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::calls::Class;
use crate::traffic::collector::Collector;
use crate::traffic::notation::DateOrder;
use crate::traffic::observed::Known;
use crate::traffic::outcome::Outcome;
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;
use crate::traffic::time;

/// A counted metric. The newer family repeats the older one under other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Metric {
    Requests,
    Input,
    Output,
    CachedPercent,
    FirstTokenMs,
    LatencyMs,
}

fn metric(name: &str) -> Option<Metric> {
    Some(match name {
        "AzureOpenAIRequests" | "ModelRequests" => Metric::Requests,
        "ProcessedPromptTokens" | "InputTokens" => Metric::Input,
        "GeneratedTokens" | "OutputTokens" => Metric::Output,
        "AzureOpenAIContextTokensCacheMatchRate" => Metric::CachedPercent,
        "AzureOpenAITimeToResponse" => Metric::FirstTokenMs,
        "AzureOpenAITTLTInMS" => Metric::LatencyMs,
        _ => return None,
    })
}

#[derive(Debug)]
struct Metrics {
    collector: Collector,
    /// Name under which each metric first occurred; another family is not added to it.
    names: BTreeMap<Metric, String>,
    /// Whether a point has another statistic than the sum.
    has_other: bool,
}

pub(crate) fn document(answers: &Answers) -> Box<dyn Document> {
    Box::new(Metrics {
        collector: Collector::new(Format::AzureMonitor, answers.window),
        names: BTreeMap::new(),
        has_other: false,
    })
}

/// A time series, with the quantity of its numbers.
struct Series<'v> {
    metric: Metric,
    class: Class,
    model: &'v str,
}

impl Metrics {
    fn series(&mut self, metric: Metric, of: &Value) {
        let code = dimension(of, "statuscode");
        let deployment = dimension(of, "modeldeploymentname");
        let model = deployment
            .or_else(|| dimension(of, "modelname"))
            .unwrap_or_default();
        if metric == Metric::Requests {
            self.collector.known.add(Known::REQUESTS);
            if code.is_some() {
                self.collector
                    .known
                    .add(Known::FAILED.and(Known::THROTTLED));
            }
        }
        let series = Series {
            metric,
            class: class_of_status(code.unwrap_or_default()),
            model,
        };
        for point in points(of) {
            let result = self.point(&series, point);
            self.collector.count(result);
        }
    }

    fn point(&mut self, of: &Series, point: &Value) -> Result<(), Skip> {
        let is_sum = matches!(of.metric, Metric::Requests | Metric::Input | Metric::Output);
        let key = if is_sum { "total" } else { "average" };
        if point.get(key).is_none_or(Value::is_null) {
            self.has_other |= is_sum && has_other_statistic(point);
            return Err(Skip::NoNumber);
        }
        let stamp = time::parse(text(point, "timeStamp"), DateOrder::MonthFirst);
        let start_ns = stamp.ok_or(Skip::NoTime)?.ns;
        let number = count(point.get(key))?.ok_or(Skip::NoNumber)?;
        let mut cell = Cell::default();
        let mut sign = Sign::Other;
        match of.metric {
            Metric::Requests => {
                sign = Sign::Requests;
                match of.class {
                    Class::Throttled => cell.throttled = number,
                    Class::Failed => cell.failed = number,
                    _ => cell.answered = number,
                }
            }
            Metric::Input => {
                sign = Sign::Tokens;
                cell.tokens.input = number;
            }
            Metric::Output => {
                sign = Sign::Tokens;
                cell.tokens.output = number;
            }
            Metric::CachedPercent => cell.cached_ratio = Some(number / 100.0),
            Metric::FirstTokenMs => cell.first_token_s = Some(number / 1000.0),
            Metric::LatencyMs => cell.latency_s = Some(number / 1000.0),
        }
        self.collector.see(start_ns, sign);
        self.collector.cell(start_ns, of.model, &cell)
    }
}

/// Value of a dimension, whose name is case-insensitive.
fn dimension<'v>(series: &'v Value, name: &str) -> Option<&'v str> {
    let values = series.get("metadatavalues")?.as_array()?;
    let found = values.iter().find(|each| {
        let of_each = each.pointer("/name/value").and_then(Value::as_str);
        of_each.is_some_and(|of_each| of_each.eq_ignore_ascii_case(name))
    })?;
    found.get("value")?.as_str()
}

fn points(series: &Value) -> impl Iterator<Item = &Value> {
    series
        .get("data")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

impl Document for Metrics {
    fn format(&self) -> Format {
        Format::AzureMonitor
    }

    fn element(&mut self, _: &str, value: &Value) {
        let name = value
            .pointer("/name/value")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let all = value
            .get("timeseries")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let counted = metric(name).filter(|metric| {
            let first = self.names.entry(*metric).or_insert_with(|| name.to_owned());
            first == name
        });
        let Some(metric) = counted else {
            self.collector.note_unused(name);
            for series in all {
                self.collector
                    .skip(Skip::OtherKind, points(series).count() as u64);
            }
            return;
        };
        let known = match metric {
            Metric::Input => Known::INPUT,
            Metric::Output => Known::OUTPUT,
            Metric::CachedPercent => Known::CACHED,
            _ => Known::NOTHING,
        };
        self.collector.known.add(known);
        for series in all {
            self.series(metric, series);
        }
    }

    fn around(&mut self, value: &Value) {
        let interval = text(value, "interval");
        let width_ns = if interval.eq_ignore_ascii_case("FULL") {
            time::parse_span(text(value, "timespan"))
        } else {
            time::parse_length(interval)
        };
        if let Some(width_ns) = width_ns {
            self.collector.widen(width_ns);
        }
    }

    fn end_file(&mut self) {
        self.collector.coverage.end_file();
    }

    fn finish(self: Box<Self>, _: &Answers) -> Outcome {
        sums_of(self.collector.finish(), self.has_other)
    }
}
