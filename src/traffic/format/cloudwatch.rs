//! Metrics of AWS `CloudWatch` for Bedrock: `get-metric-data` and `get-metric-statistics`, one or
//! several answers.
//!
//! Throttled requests and errors are counted apart from the invocations. The parts of the input are
//! added.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::Document;
use super::openai::instant;
use super::sample::{self, MS_NS};
use super::value::{count, has_other_statistic, sums_of, text};
use crate::traffic::answer::Answers;
use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::collector::Collector;
use crate::traffic::common_width::CommonWidth;
use crate::traffic::flag::Flag;
use crate::traffic::observed::Known;
use crate::traffic::outcome::Outcome;
use crate::traffic::shown::HIDDEN;
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Metric {
    Invocations,
    Throttles,
    Errors,
    Input,
    Output,
    CacheRead,
    CacheWrite,
    LatencyMs,
    FirstTokenMs,
}

fn metric(word: &str) -> Option<Metric> {
    Some(match word {
        "Invocations" => Metric::Invocations,
        "InvocationThrottles" => Metric::Throttles,
        "InvocationClientErrors" | "InvocationServerErrors" => Metric::Errors,
        "InputTokenCount" => Metric::Input,
        "OutputTokenCount" => Metric::Output,
        "CacheReadInputTokenCount" | "CacheReadInputTokens" => Metric::CacheRead,
        "CacheWriteInputTokenCount" | "CacheWriteInputTokens" => Metric::CacheWrite,
        "InvocationLatency" => Metric::LatencyMs,
        "TimeToFirstToken" => Metric::FirstTokenMs,
        _ => return None,
    })
}

impl Metric {
    fn known(self) -> Known {
        match self {
            Self::Invocations => Known::REQUESTS,
            Self::Throttles => Known::REQUESTS.and(Known::THROTTLED),
            Self::Errors => Known::FAILED_APART,
            Self::Input => Known::INPUT,
            Self::Output => Known::OUTPUT,
            Self::CacheRead => Known::CACHED,
            Self::CacheWrite => Known::CACHE_WRITE,
            Self::LatencyMs | Self::FirstTokenMs => Known::NOTHING,
        }
    }

    fn sign(self) -> Sign {
        match self {
            Self::Invocations | Self::Throttles => Sign::Requests,
            Self::Input | Self::Output | Self::CacheRead | Self::CacheWrite => Sign::Tokens,
            Self::Errors | Self::LatencyMs | Self::FirstTokenMs => Sign::Other,
        }
    }

    fn cell(self, number: f64) -> Cell {
        let mut cell = Cell::default();
        match self {
            Self::Invocations => cell.answered = number,
            Self::Throttles => cell.throttled = number,
            Self::Errors => cell.failed_apart = number,
            Self::Input => cell.tokens.input = number,
            Self::Output => cell.tokens.output = number,
            Self::CacheRead => {
                cell.tokens.input = number;
                cell.tokens.cached = number;
            }
            Self::CacheWrite => {
                cell.tokens.input = number;
                cell.tokens.cache_write = number;
            }
            Self::LatencyMs => cell.latency_s = Some(number / 1000.0),
            Self::FirstTokenMs => cell.first_token_s = Some(number / 1000.0),
        }
        cell
    }
}

#[derive(Debug)]
struct Metrics {
    collector: Collector,
    width: CommonWidth,
    /// Points whose label may follow them.
    points: Vec<Value>,
    /// Points under the bare name of their metric, which may be totals of the others.
    unnamed: Vec<Point>,
    /// Sums of the points whose label has further words.
    named: BTreeMap<(Metric, i64), f64>,
    /// Labels of incomplete series.
    partial: BTreeSet<String>,
    /// Whether a point has another statistic than the sum.
    has_other: bool,
}

#[derive(Debug, Clone, Copy)]
struct Point {
    metric: Metric,
    start_ns: i64,
    number: f64,
}

pub(crate) fn document(answers: &Answers) -> Box<dyn Document> {
    Box::new(Metrics {
        collector: Collector::new(Format::CloudWatch, answers.window),
        width: CommonWidth::default(),
        points: Vec::new(),
        unnamed: Vec::new(),
        named: BTreeMap::new(),
        partial: BTreeSet::new(),
        has_other: false,
    })
}

/// The metric's name in a label, and the word before it if it is a model's name; all other words
/// are the reader's own.
fn label(label: &str) -> (Option<Metric>, &str) {
    let mut before = "";
    for word in label.split_whitespace() {
        if let Some(metric) = metric(word) {
            return (Some(metric), before);
        }
        let is_model = word.contains('.') && word.contains(['-', ':']) && !word.contains('@');
        before = if is_model { word } else { "" };
    }
    (None, "")
}

/// The word of a label that looks like a metric's name.
fn metric_like(label: &str) -> &str {
    let is_metric = |word: &&str| {
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        2 < capitals && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    label.split_whitespace().find(is_metric).unwrap_or(HIDDEN)
}

/// Sum from a mean and its number of samples, if the point has no sum.
fn sum(point: &Value) -> Option<Value> {
    let number = |key| point.get(key).and_then(Value::as_f64);
    let sum = number("Average")? * number("SampleCount")?;
    point.get("Sum").is_none().then(|| Value::from(sum))
}

impl Metrics {
    /// Finds the metric of a label and notes that the file has it, even if the series is empty.
    fn begin<'l>(&mut self, of: &'l str) -> (Option<Metric>, &'l str, bool) {
        let (metric, model) = label(of);
        match metric {
            Some(metric) => self.collector.known.add(metric.known()),
            None => self.collector.note_unused(metric_like(of)),
        }
        (metric, model, of.split_whitespace().count() < 2)
    }

    fn point(
        &mut self,
        (metric, model, is_alone): (Option<Metric>, &str, bool),
        time: Option<&Value>,
        number: Option<&Value>,
    ) {
        match self.read(metric, time, number) {
            Ok(point) if is_alone => self.unnamed.push(point),
            Ok(point) => {
                let sum = self
                    .named
                    .entry((point.metric, point.start_ns))
                    .or_default();
                *sum += point.number;
                self.add(model, &point);
            }
            Err(skip) => self.collector.skip(skip, 1),
        }
    }

    fn add(&mut self, model: &str, point: &Point) {
        let Point {
            metric,
            start_ns,
            number,
        } = *point;
        self.collector.see(start_ns, metric.sign());
        let counted = self.collector.cell(start_ns, model, &metric.cell(number));
        self.collector.count(counted);
    }

    /// Adds the points under a bare name, unless they are totals of the others.
    fn settle(&mut self) {
        const ROUNDING: f64 = 1e-9;
        let unnamed = std::mem::take(&mut self.unnamed);
        let is_part = |point: &Point| {
            let sum = self.named.get(&(point.metric, point.start_ns));
            sum.is_none_or(|sum| ROUNDING * sum.abs().max(1.0) < (sum - point.number).abs())
        };
        let parts = unnamed.iter().filter(|point| is_part(point));
        let parts: BTreeSet<Metric> = parts.map(|point| point.metric).collect();
        for point in &unnamed {
            if parts.contains(&point.metric) {
                self.add("", point);
            } else {
                self.collector.skip(Skip::Total, 1);
            }
        }
    }

    fn read(
        &mut self,
        metric: Option<Metric>,
        time: Option<&Value>,
        number: Option<&Value>,
    ) -> Result<Point, Skip> {
        let start_ns = instant(time);
        if let Some(start_ns) = start_ns {
            self.width.add(start_ns / MS_NS);
        }
        let metric = metric.ok_or(Skip::OtherKind)?;
        if number.is_none_or(Value::is_null) {
            return Err(Skip::NoNumber);
        }
        let start_ns = start_ns.ok_or(Skip::NoTime)?;
        let number = count(number)?.ok_or(Skip::NoNumber)?;
        Ok(Point {
            metric,
            start_ns,
            number,
        })
    }

    fn metric_data(&mut self, result: &Value) {
        let of = self.begin(text(result, "Label"));
        let list = |key| {
            result
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let mut numbers = list("Values");
        for time in list("Timestamps") {
            self.point(of, Some(time), numbers.next());
        }
        let status = text(result, "StatusCode");
        let of = [text(result, "Id"), text(result, "Label")].join("\n");
        if status.is_empty() || status == "Complete" {
            self.partial.remove(&of);
        } else {
            self.partial.insert(of);
        }
    }

    fn statistics(&mut self, label: &str) {
        let of = self.begin(label);
        let is_mean = matches!(of.0, Some(Metric::LatencyMs | Metric::FirstTokenMs));
        for point in std::mem::take(&mut self.points) {
            let sum = if is_mean { None } else { sum(&point) };
            let number = point.get(if is_mean { "Average" } else { "Sum" });
            self.has_other |= !is_mean && number.is_none() && has_other_statistic(&point);
            self.point(of, point.get("Timestamp"), sum.as_ref().or(number));
        }
    }
}

impl Document for Metrics {
    fn format(&self) -> Format {
        Format::CloudWatch
    }

    fn element(&mut self, key: &str, value: &Value) {
        if key == "Datapoints" {
            self.points.push(value.clone());
        } else {
            self.metric_data(value);
        }
    }

    fn around(&mut self, value: &Value) {
        if value.get("Datapoints").is_some() {
            self.statistics(text(value, "Label"));
        }
    }

    fn end_file(&mut self) {
        self.collector.coverage.end_file();
    }

    fn finish(mut self: Box<Self>, _: &Answers) -> Outcome {
        self.settle();
        self.collector.width_ns = sample::width_ns(self.width);
        if !self.partial.is_empty() {
            self.collector.flags.insert(Flag::MorePages);
        }
        sums_of(self.collector.finish(), self.has_other)
    }
}
