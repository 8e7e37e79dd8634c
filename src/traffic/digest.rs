//! Digest of a file: bounded, and without any text of the file except names of models, providers
//! and columns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::band::{Band, band};
use super::busiest::{Busiest, busiest};
use super::day::Week;
use super::fit::{Level, PeakChoice, ends, fit, written};
use super::flag::Flag;
use super::fullest_day::fullest_day;
use super::groups::By;
use super::growth::Growth;
use super::held_out::{HeldOut, held_out};
use super::measure::facts;
use super::observed::{Known, Observed};
use super::skip::Skip;
use super::source::Format;
use super::status::{Measured, Status};
use super::unfinished::Unfinished;
use super::workloads::{Called, Workload, called};
use crate::model::{MeasuredDay, digits};

/// Digest of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// Source.
    pub format: Format,
    /// First instant, in shown form.
    pub from: String,
    /// End, in shown form.
    pub to: String,
    /// Number of rows that count.
    pub rows: u64,
    /// Number of skipped rows, by reason.
    pub skipped: BTreeMap<Skip, u64>,
    /// Remarks on the file.
    pub flags: Vec<Flag>,
    /// Columns, keys and series that were not understood or not counted.
    pub unused: Vec<String>,
    /// Values for a scenario, by link key; without the peak.
    pub values: Vec<Value>,
    /// Peak by each definition.
    pub peaks: Vec<(PeakChoice, Value)>,
    /// Input and output tokens per day, if the file counts them but no requests.
    #[serde(default)]
    pub tokens_per_day: Option<[f64; 2]>,
    /// Growth, if there are three whole weeks.
    pub growth: Option<Growth>,
    /// The load at the end of the file, where growth is told.
    #[serde(default)]
    pub level: Option<Level>,
    /// Days that may be cut off; neither load nor ranges count them.
    #[serde(default)]
    pub unfinished: Vec<Unfinished>,
    /// By which factor the load of a day may be away over as many coming days, nine times in ten.
    #[serde(default)]
    pub load_factor: Option<f64>,
    /// Weekdays and weekends apart, where the file has both.
    pub week: Option<Week>,
    /// Models called.
    #[serde(default)]
    pub called: Vec<Called>,
    /// Requests by model, if the file tells them.
    pub workloads: Vec<Workload>,
    /// Requests by key, if the file tells them.
    #[serde(default)]
    pub by_key: Vec<Workload>,
    /// Requests by tag, if the file tells them.
    #[serde(default)]
    pub by_tag: Vec<Workload>,
    /// Live and batch requests, if the file tells both.
    #[serde(default)]
    pub by_batch: Vec<Workload>,
    /// Share of requests that providers refused with 429.
    pub throttled_ratio: Option<f64>,
    /// Mean time to the whole answer, seconds.
    pub latency_s: Option<f64>,
    /// Mean time to the first token, seconds.
    pub first_token_s: Option<f64>,
    /// The busiest minutes.
    pub busiest: Busiest,
    /// The measured day.
    pub band: Option<Band>,
    /// Requests per minute of the fullest day; `None` for minutes that the file does not cover.
    pub fullest_day: Option<Vec<Option<f64>>>,
    /// Number of its minutes that are filled in from the observed part of their hour.
    #[serde(default)]
    pub filled_minutes: usize,
    /// Error of the fit on held-out data.
    pub held_out: Option<HeldOut>,
}

/// A value for a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Link key.
    pub key: String,
    /// Text in a link; `None` if the file lacks it.
    pub text: Option<String>,
    /// Certainty.
    pub status: Status,
    /// Whether it was derived from tokens, as requests are not counted.
    pub is_by_tokens: bool,
    /// Its 5 and 95 % points over the coming days, as a link writes them.
    #[serde(default)]
    pub range: Option<[f64; 2]>,
}

impl Value {
    fn of<T>(key: &str, text: Option<String>, measured: &Measured<T>) -> Self {
        Self {
            key: key.to_owned(),
            text,
            status: measured.status,
            is_by_tokens: measured.is_by_tokens,
            range: None,
        }
    }

    fn of_number(key: &str, measured: &Measured) -> Self {
        Self {
            range: ends(key, measured),
            ..Self::of(key, written(key, measured), measured)
        }
    }

    /// The same with its range in the place of the number, where it has one: `31000..40000..52000`.
    #[must_use]
    pub fn ranged(self) -> Self {
        let pair = self.range.zip(self.text.as_ref());
        let text = pair.map(|([low, high], value)| format!("{low}..{value}..{high}"));
        Self {
            text: text.or(self.text),
            ..self
        }
    }
}

impl Digest {
    /// Peak by a definition.
    pub fn peak(&self, choice: PeakChoice) -> Option<&Value> {
        let mut peaks = self.peaks.iter();
        peaks.find(|(each, _)| *each == choice).map(|(_, it)| it)
    }

    /// Whether a value has a range over the coming days; growth has one of its own.
    pub fn has_ranges(&self) -> bool {
        let mut all = self.values.iter().filter(|value| value.key != "growth");
        self.load_factor.is_some() || all.any(|value| value.range.is_some())
    }

    /// The workloads by a property.
    pub fn workloads_by(&self, by: By) -> &[Workload] {
        match by {
            By::Model => &self.workloads,
            By::Key => &self.by_key,
            By::Tag => &self.by_tag,
            By::Batch => &self.by_batch,
        }
    }

    /// All values with the peak by a definition, in the order of [`super::ScenarioValues`].
    pub fn values_with(&self, choice: PeakChoice) -> Vec<Value> {
        let peak = self.peak(choice);
        let value = |value: &Value| {
            peak.filter(|peak| peak.key == value.key)
                .unwrap_or(value)
                .clone()
        };
        self.values.iter().map(value).collect()
    }

    /// Requests per day that the file's tokens amount to, at a mean size; `None` if the file counts
    /// requests, or no tokens.
    pub fn requests_of(&self, tokens_per_request: f64) -> Option<f64> {
        let [input, output] = self.tokens_per_day?;
        let requests = (input + output) / tokens_per_request.max(1.0);
        Some(requests.max(f64::MIN_POSITIVE))
    }

    /// Load of a file with tokens only, for this many requests per day.
    pub fn of_requests(&self, requests: f64) -> Vec<Value> {
        let Some([input, output]) = self.tokens_per_day else {
            return Vec::new();
        };
        let each = [
            ("requests-per-day", requests),
            ("avg-input-tokens", input / requests),
            ("avg-output-tokens", output / requests),
        ];
        let value = |(key, value): (&str, f64)| {
            let measured = Measured::new(Some(value)).by_tokens(true);
            let factor = self.load_factor.filter(|_| key == "requests-per-day");
            let measured = measured.within(factor);
            Value {
                range: ends(key, &measured),
                ..Value::of(key, Some(format!("{value:.2}")), &measured)
            }
        };
        each.into_iter().map(value).collect()
    }

    /// All values with the peak by a definition; for files with tokens only, with requests of the
    /// given mean size.
    pub fn values_at(&self, choice: PeakChoice, tokens_per_request: f64) -> Vec<Value> {
        let mut values = self.values_with(choice);
        let requests = self.requests_of(tokens_per_request);
        for value in requests
            .map(|all| self.of_requests(all))
            .into_iter()
            .flatten()
        {
            if let Some(old) = values.iter_mut().find(|old| old.key == value.key) {
                *old = value;
            }
        }
        values
    }

    /// Requests of a mean day, if the file counts them.
    pub fn requests_per_day(&self) -> Option<f64> {
        let is_it = |value: &&Value| value.key == "requests-per-day";
        digits::read(self.values.iter().find(is_it)?.text.as_ref()?)
    }

    /// Share of requests in batches, of those that no cache answers, as in a scenario.
    fn batched_ratio(&self) -> f64 {
        let percent = |key: &str| {
            let value = self.values.iter().find(|value| value.key == key);
            let text = value.and_then(|value| value.text.as_ref());
            text.and_then(|text| digits::read(text)).unwrap_or(0.0)
        };
        (1.0 - percent("cache-hit") / 100.0) * percent("batch") / 100.0
    }

    /// Minutes of the fullest day for a day of `wanted` requests, with the factor applied. Unscaled
    /// if the file's mean day has as many. Otherwise a fully covered day is scaled to `wanted`, and
    /// any other by the ratio to the mean day. Batches, which a file has at other times than they
    /// were requested, are added in proportion to live requests.
    pub fn fullest_day_of(&self, wanted: f64) -> Option<(MeasuredDay, f64)> {
        let live_ratio = 1.0 - self.batched_ratio();
        let all = |live: f64| {
            if 0.0 < live_ratio {
                live / live_ratio
            } else {
                live
            }
        };
        let minutes = self.fullest_day.as_ref()?.iter();
        let day = MeasuredDay {
            minutes: minutes.map(|minute| minute.map(all)).collect(),
            filled: self.filled_minutes,
        };
        let mean = self.requests_per_day().filter(|mean| 0.0 < *mean);
        // Rounding on the way through the form is no other load.
        let is_mean = mean.is_some_and(|mean| (wanted / mean - 1.0).abs() < 1e-9);
        let sum: f64 = day.minutes.iter().flatten().sum();
        let is_covered = day.is_covered() && 0.0 < sum;
        let of = if is_covered { Some(sum) } else { mean };
        let times = of.filter(|_| !is_mean).map_or(1.0, |of| wanted / of);
        Some((day.times(times), times))
    }
}

/// Digest of a file, for days that begin `offset_min` minutes before those of UTC.
pub fn digest(of: &Observed, offset_min: i32) -> Digest {
    let facts = facts(of);
    let fit = fit(of, &facts, offset_min);
    let numbers = fit.values.numbers();
    let mut values: Vec<Value> = numbers
        .iter()
        .map(|(key, measured)| Value::of_number(key, measured))
        .collect();
    values.push(Value::of("shape", fit.shape_text(), &fit.values.shape));
    let peak = |choice: &PeakChoice| {
        let measured = fit.peaks.get(*choice);
        (*choice, Value::of_number("peak-multiplier", &measured))
    };
    let tokens = facts.per_day.tokens.map(|tokens| tokens * fit.load_ratio);
    let tokens = tokens.filter(|tokens| {
        !of.has_requests()
            && of.known.has(Known::INPUT)
            && of.known.has(Known::OUTPUT)
            && 0.0 < *tokens
    });
    let input_ratio = of.tokens.input / of.tokens.all();
    let day = fullest_day(of, offset_min);
    let (places, called): (Vec<usize>, Vec<Called>) = called(of).into_iter().unzip();
    Digest {
        format: of.format,
        from: facts.period.from,
        to: facts.period.to,
        rows: of.rows_read,
        skipped: of.rows_skipped.clone(),
        flags: of.flags.iter().copied().collect(),
        unused: of.unused.clone(),
        values,
        peaks: PeakChoice::ALL.iter().map(peak).collect(),
        tokens_per_day: tokens.map(|all| [all * input_ratio, all * (1.0 - input_ratio)]),
        growth: fit.growth,
        level: fit.level,
        unfinished: fit.unfinished,
        load_factor: fit.load_factor,
        week: fit.week,
        called,
        workloads: fit.workloads.models,
        by_key: fit.workloads.keys,
        by_tag: fit.workloads.tags,
        by_batch: fit.workloads.batches,
        throttled_ratio: facts.throttled_share,
        latency_s: facts.latency_s.map(|it| it.mean),
        first_token_s: facts.ttft_s.map(|it| it.mean),
        busiest: busiest(of, &places),
        band: band(of, offset_min),
        filled_minutes: day.as_ref().map_or(0, |day| day.filled),
        fullest_day: day.map(|day| day.minutes),
        held_out: held_out(of, offset_min),
    }
}
