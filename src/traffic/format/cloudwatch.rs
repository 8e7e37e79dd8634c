//! Metrics of AWS `CloudWatch` for Bedrock: `get-metric-data` and `get-metric-statistics`,
//! one answer or several one after another.
//!
//! Throttled requests stand beside the invocations; errors are counted apart. The parts of the
//! input are added.

use serde_json::Value;

use super::document::Document;
use super::openai::instant;
use super::sample::{self, MS_NS};
use super::value::{count, text};
use crate::traffic::answer::Answers;
use crate::traffic::buckets::{Cell, Sign};
use crate::traffic::collector::Collector;
use crate::traffic::common_width::CommonWidth;
use crate::traffic::observed::Known;
use crate::traffic::outcome::Outcome;
use crate::traffic::shown::HIDDEN;
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Points whose label may come after them.
    points: Vec<Value>,
}

pub(crate) fn document(answers: &Answers) -> Box<dyn Document> {
    Box::new(Metrics {
        collector: Collector::new(Format::CloudWatch, answers.window),
        width: CommonWidth::default(),
        points: Vec::new(),
    })
}

/// The word of a label that is a metric's name, and the one before it if it is a model's name:
/// all other words are the reader's own.
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

/// The word of a label that looks like the name of a metric.
fn metric_like(label: &str) -> &str {
    let is_metric = |word: &&str| {
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        2 < capitals && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    label.split_whitespace().find(is_metric).unwrap_or(HIDDEN)
}

impl Metrics {
    /// Finds the metric of a label and says that the file can tell it, even by an empty series.
    fn begin<'l>(&mut self, of: &'l str) -> (Option<Metric>, &'l str) {
        let (metric, model) = label(of);
        match metric {
            Some(metric) => self.collector.known.add(metric.known()),
            None => self.collector.note_unused(metric_like(of)),
        }
        (metric, model)
    }

    fn point(
        &mut self,
        (metric, model): (Option<Metric>, &str),
        time: Option<&Value>,
        number: Option<&Value>,
    ) -> Result<(), Skip> {
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
        self.collector.see(start_ns, metric.sign());
        self.collector.cell(start_ns, model, &metric.cell(number));
        Ok(())
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
            let counted = self.point(of, Some(time), numbers.next());
            self.collector.count(counted);
        }
    }

    fn statistics(&mut self, label: &str) {
        let of = self.begin(label);
        let is_mean = matches!(of.0, Some(Metric::LatencyMs | Metric::FirstTokenMs));
        for point in std::mem::take(&mut self.points) {
            let number = point.get(if is_mean { "Average" } else { "Sum" });
            let counted = self.point(of, point.get("Timestamp"), number);
            self.collector.count(counted);
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

    fn finish(mut self: Box<Self>, _: &Answers) -> Outcome {
        self.collector.width_ns = sample::width_ns(self.width);
        self.collector.finish()
    }
}
