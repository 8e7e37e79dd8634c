//! Time series of Google Cloud Monitoring for Vertex AI. Cached tokens are not distinguished.

use serde_json::Value;

use super::document::Document;
use super::openai::instant;
use super::value::{class_of_status, count, text};
use crate::traffic::answer::{Answers, Measure};
use crate::traffic::calls::Class;
use crate::traffic::collector::Collector;
use crate::traffic::format::sample;
use crate::traffic::outcome::Outcome;
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;

#[derive(Debug)]
struct Metrics(Collector);

pub(crate) fn document(answers: &Answers) -> Box<dyn Document> {
    Box::new(Metrics(Collector::new(
        Format::CloudMonitoring,
        answers.window,
    )))
}

fn measure(series: &Value) -> Option<Measure> {
    let metric = series.get("metric")?;
    let kind = text(metric, "type");
    if kind.ends_with("/model_invocation_count") {
        let code = metric.pointer("/labels/response_code");
        let code = code.and_then(Value::as_str).unwrap_or_default();
        return Some(match class_of_status(code) {
            Class::Throttled => Measure::Throttled,
            Class::Failed => Measure::Failed,
            _ => Measure::Answered,
        });
    }
    let label = metric.pointer("/labels/type").and_then(Value::as_str);
    match label {
        Some("input") if kind.ends_with("/token_count") => Some(Measure::Input),
        Some("output") if kind.ends_with("/token_count") => Some(Measure::Output),
        _ => None,
    }
}

impl Metrics {
    fn point(&mut self, measure: Measure, model: &str, point: &Value) -> Result<(), Skip> {
        let value = point.get("value").unwrap_or(&Value::Null);
        let number = value.get("int64Value").or_else(|| value.get("doubleValue"));
        if number.is_none_or(Value::is_null) {
            return Err(Skip::NoNumber);
        }
        let start_ns = instant(point.pointer("/interval/startTime")).ok_or(Skip::NoTime)?;
        let end_ns = instant(point.pointer("/interval/endTime")).ok_or(Skip::NoTime)?;
        let number = count(number)?.ok_or(Skip::NoNumber)?;
        let width_ns = end_ns.saturating_sub(start_ns);
        if 0 < width_ns {
            self.0.widen(width_ns);
        }
        self.0.see(start_ns, sample::sign(measure));
        self.0.cell(start_ns, model, &sample::cell(measure, number))
    }
}

impl Document for Metrics {
    fn format(&self) -> Format {
        Format::CloudMonitoring
    }

    fn element(&mut self, _: &str, value: &Value) {
        let points = value
            .get("points")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let Some(measure) = measure(value) else {
            let kind = value.pointer("/metric/type").and_then(Value::as_str);
            self.0.note_unused(kind.unwrap_or_default());
            self.0.skip(Skip::OtherKind, points.count() as u64);
            return;
        };
        self.0.known.add(sample::known(measure));
        let model = value
            .pointer("/resource/labels/model_user_id")
            .and_then(Value::as_str);
        for point in points {
            let counted = self.point(measure, model.unwrap_or_default(), point);
            self.0.count(counted);
        }
    }

    fn around(&mut self, _: &Value) {}

    fn end_file(&mut self) {
        self.0.coverage.end_file();
    }

    fn finish(self: Box<Self>, _: &Answers) -> Outcome {
        self.0.finish()
    }
}
