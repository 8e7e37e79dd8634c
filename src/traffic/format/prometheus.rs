//! Results of Prometheus range queries: counters, which are differentiated, or rates.
//!
//! A sample at `t` covers the step before `t`.

use serde_json::Value;

use super::document::Document;
use super::sample::{self, MS_NS, Samples};
use super::value::{class_of_status, text};
use crate::traffic::answer::{Answers, Measure, SeriesUse, Unit};
use crate::traffic::calls::Class;
use crate::traffic::collector::Collector;
use crate::traffic::common_width::{CommonWidth, Step};
use crate::traffic::flag::Flag;
use crate::traffic::notation::DecimalMark;
use crate::traffic::number;
use crate::traffic::observed::Known;
use crate::traffic::outcome::{Outcome, Question, Reason, Refusal};
use crate::traffic::row::COUNT_MOST;
use crate::traffic::shown::{self, HIDDEN};
use crate::traffic::skip::Skip;
use crate::traffic::source::Format;
use crate::traffic::time;

/// Maximum samples held.
const SAMPLES_MOST: usize = 5_000_000;
/// Label that distinguishes kinds of tokens.
const TOKEN_TYPE: &str = "gen_ai_token_type";

#[derive(Debug, Default)]
struct Range {
    series: Vec<Series>,
    /// Number of series from earlier pages.
    earlier: usize,
    width: CommonWidth,
    /// Total samples of all series.
    held: usize,
    is_error: bool,
    /// Whether the server omitted series, with a warning.
    is_cut: bool,
    /// Whether a series is an instant vector.
    is_moment: bool,
}

#[derive(Debug)]
struct Series {
    labels: Vec<(String, String)>,
    /// Milliseconds and number, in order of time.
    points: Vec<(i64, f64)>,
    not_finite: u64,
    negative: u64,
    without_time: u64,
    /// Samples at repeated instants, as in overlapping pages.
    repeated: u64,
}

/// Role of a series.
enum Role {
    Counter(Measure),
    Rate(Measure, Unit),
    /// Known, but not counted.
    Other,
    /// Not told by its labels.
    Open,
}

pub(crate) fn document() -> Box<dyn Document> {
    Box::new(Range::default())
}

impl Series {
    fn label(&self, name: &str) -> Option<&str> {
        let found = self.labels.iter().find(|(label, _)| label == name);
        found.map(|(_, value)| value.as_str())
    }

    fn model(&self) -> &str {
        let asked = self.label("gen_ai_request_model");
        asked.or_else(|| self.label("model")).unwrap_or_default()
    }

    /// Whether the reader's selector matches the series; a hidden value matches any.
    fn is(&self, given: &SeriesUse) -> bool {
        let mut labels = given.labels.iter();
        labels.all(|(name, value)| {
            let own = self.label(name);
            own == Some(value) || (value == HIDDEN && own.is_some())
        })
    }

    fn role(&self, answers: &Answers) -> Role {
        if let Some(given) = answers.series.iter().find(|given| self.is(given)) {
            let name = self.label("__name__").unwrap_or_default();
            let is_counter = ["_total", "_count", "_sum"]
                .iter()
                .any(|end| name.ends_with(end));
            return if is_counter {
                Role::Counter(given.measure)
            } else {
                Role::Rate(given.measure, given.unit)
            };
        }
        let Some(name) = self.label("__name__") else {
            let is_total = self.label(TOKEN_TYPE).is_some() || !answers.series.is_empty();
            return match self.token_type() {
                Some(measure) => Role::Rate(measure, Unit::PerSecond),
                None if is_total => Role::Other,
                None => Role::Open,
            };
        };
        if name.ends_with("_requests_total") {
            return Role::Counter(self.class());
        }
        let is_sum = name.ends_with("_sum") || name.ends_with("_total");
        match self.token_type() {
            Some(measure) if is_sum => Role::Counter(measure),
            _ => Role::Other,
        }
    }

    /// Kind of tokens; `None` if they are the sum of both.
    fn token_type(&self) -> Option<Measure> {
        match self.label(TOKEN_TYPE)? {
            "input" => Some(Measure::Input),
            "output" => Some(Measure::Output),
            _ => None,
        }
    }

    fn status(&self) -> Option<&str> {
        ["status", "status_code", "code"]
            .iter()
            .find_map(|name| self.label(name))
    }

    fn class(&self) -> Measure {
        match class_of_status(self.status().unwrap_or_default()) {
            Class::Throttled => Measure::Throttled,
            Class::Failed => Measure::Failed,
            _ => Measure::Answered,
        }
    }

    fn name(&self) -> String {
        let labels = self
            .labels
            .iter()
            .map(|(label, value)| format!("{label}={}", shown::label(label, value)));
        labels.collect::<Vec<_>>().join(", ")
    }

    /// Adds the increases of a counter. An increase across a gap counts in the totals only.
    fn add_counter(&self, measure: Measure, width_ns: i64, to: &mut Collector) {
        to.known.add(sample::known(measure));
        if self.status().is_some() {
            to.known.add(Known::FAILED.and(Known::THROTTLED));
        }
        let mut last = Ok(());
        for pair in self.points.windows(2) {
            let ((from_ms, before), (to_ms, now)) = (pair[0], pair[1]);
            // A counter falls when its process restarts.
            let rise = if now < before { now } else { now - before };
            let cell = sample::cell(measure, rise);
            let start_ns = from_ms.saturating_mul(MS_NS);
            let counted = if (to_ms - from_ms).saturating_mul(MS_NS) == width_ns {
                to.see(start_ns, sample::sign(measure));
                to.cell(start_ns, self.model(), &cell)
            } else {
                to.loose(start_ns, self.model(), &cell)
            };
            to.count(counted);
            last = counted;
        }
        // The last sample ends the last step and starts none.
        if !self.points.is_empty() {
            to.count(last);
        }
    }

    fn count_lost(&self, to: &mut Collector) {
        to.skip(Skip::NotFinite, self.not_finite);
        to.skip(Skip::Negative, self.negative);
        to.skip(Skip::NoTime, self.without_time);
        to.skip(Skip::Duplicate, self.repeated);
    }

    fn len(&self) -> u64 {
        let lost = self.not_finite + self.negative + self.without_time + self.repeated;
        self.points.len() as u64 + lost
    }

    /// Appends another page of the series.
    fn join(&mut self, other: &mut Self) {
        self.points.append(&mut other.points);
        self.not_finite += other.not_finite;
        self.negative += other.negative;
        self.without_time += other.without_time;
    }

    fn put_in_order(&mut self) {
        self.points.sort_by_key(|(ms, _)| *ms);
        let count = self.points.len();
        self.points.dedup_by_key(|(ms, _)| *ms);
        self.repeated += (count - self.points.len()) as u64;
    }
}

impl Range {
    /// Rounds times to their nominal step.
    fn put_on_step(&mut self) -> Option<Step> {
        let times = |series: &Series| series.points.iter().map(|(ms, _)| *ms).collect();
        let times: Vec<Vec<i64>> = self.series.iter().map(times).collect();
        let step = Step::of(&times, self.width)?;
        for series in &mut self.series {
            series
                .points
                .iter_mut()
                .for_each(|(ms, _)| *ms = step.put(*ms));
            series.put_in_order();
        }
        Some(step)
    }

    /// Adds a series, or appends it to one of an earlier page with equal labels.
    fn take(&mut self, mut series: Series) {
        let mut earlier = self.series.iter_mut().take(self.earlier);
        match earlier.find(|one| one.labels == series.labels) {
            Some(one) => one.join(&mut series),
            None => self.series.push(series),
        }
    }
}

impl Range {
    /// The answers, the most specific first: of two that match a series, the narrower one counts.
    fn narrowest_first(&self, answers: &Answers) -> Answers {
        let fitting = |given: &SeriesUse| self.series.iter().filter(|it| it.is(given)).count();
        let mut answers = answers.clone();
        answers.series.sort_by_key(fitting);
        answers
    }
}

impl Document for Range {
    fn format(&self) -> Format {
        Format::Prometheus
    }

    fn element(&mut self, _: &str, value: &Value) {
        if SAMPLES_MOST < self.held {
            return;
        }
        let labels = value
            .get("metric")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let mut series = Series {
            labels: labels
                .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
                .collect(),
            points: Vec::new(),
            not_finite: 0,
            negative: 0,
            without_time: 0,
            repeated: 0,
        };
        for pair in value
            .get("values")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let Some(ms) = pair.get(0).and_then(Value::as_f64).and_then(milliseconds) else {
                series.without_time += 1;
                continue;
            };
            self.width.add(ms);
            let number = match pair.get(1) {
                Some(Value::String(text)) => number::parse(text, DecimalMark::Point),
                value => value.and_then(Value::as_f64),
            };
            match number {
                Some(number) if COUNT_MOST < number => series.not_finite += 1,
                Some(number) if number < 0.0 => series.negative += 1,
                Some(number) => series.points.push((ms, number)),
                None => series.not_finite += 1,
            }
        }
        self.is_moment |= value.get("value").is_some();
        self.held += series.points.len();
        self.take(series);
    }

    fn around(&mut self, value: &Value) {
        self.earlier = self.series.len();
        self.is_error |= text(value, "status") == "error";
        let warnings = value.get("warnings").and_then(Value::as_array);
        let mut warnings = warnings.into_iter().flatten().filter_map(Value::as_str);
        self.is_cut |= warnings.any(|warning| warning.contains("truncated"));
    }

    fn end_file(&mut self) {
        // Absent buckets are unknown in any case.
    }

    fn finish(mut self: Box<Self>, answers: &Answers) -> Outcome {
        let format = Some(Format::Prometheus);
        self.series.iter_mut().for_each(Series::put_in_order);
        let answers = &self.narrowest_first(answers);
        let step = self.put_on_step();
        let has = |given: &SeriesUse| self.series.iter().any(|series| series.is(given));
        let refused = if self.is_error {
            Some(Reason::SourceError)
        } else if self.is_moment && self.held == 0 {
            Some(Reason::OneMoment)
        } else if SAMPLES_MOST < self.held {
            Some(Reason::TooLargeUnpacked)
        } else {
            let is_missing = !answers.series.iter().all(has);
            is_missing.then_some(Reason::NoSuchColumn)
        };
        if let Some(reason) = refused {
            return Refusal::new(reason, format).after(self.held as u64).into();
        }
        let mut collector = Collector::new(Format::Prometheus, answers.window);
        collector.width_ns = sample::width_of(self.width, step, &mut collector.flags);
        if self.is_cut {
            collector.flags.insert(Flag::MorePages);
        }
        let width_ns = collector.width_ns.unwrap_or(MS_NS);
        let is_open = |series: &Series| matches!(series.role(answers), Role::Open);
        let is_other = |series: &Series| matches!(series.role(answers), Role::Other);
        // If no name is known, the reader may know the meanings.
        let is_unnamed = answers.series.is_empty() && 0 < self.held;
        let is_asked = is_unnamed && self.series.iter().all(is_other);
        if is_asked || self.series.iter().any(is_open) {
            let mut choices: Vec<String> = self.series.iter().map(Series::name).collect();
            choices.dedup();
            return Outcome::Ask {
                question: Question::Series,
                format,
                choices,
            };
        }
        for series in &self.series {
            match series.role(answers) {
                Role::Other | Role::Open => {
                    collector.note_unused(series.label("__name__").unwrap_or("series"));
                    collector.skip(Skip::OtherKind, series.len());
                }
                Role::Counter(measure) => {
                    series.count_lost(&mut collector);
                    series.add_counter(measure, width_ns, &mut collector);
                }
                Role::Rate(measure, unit) => {
                    series.count_lost(&mut collector);
                    let samples = Samples {
                        measure,
                        unit,
                        model: series.model(),
                        points: &series.points,
                        width_ns,
                        are_ends: true,
                        is_rate: true,
                    };
                    samples.add_to(&mut collector);
                }
            }
        }
        collector.finish()
    }
}

/// Seconds to whole milliseconds.
fn milliseconds(seconds: f64) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is too large for it is no plausible time"
    )]
    let ms = (seconds * 1000.0).round() as i64;
    time::is_plausible(ms.saturating_mul(MS_NS)).then_some(ms)
}
