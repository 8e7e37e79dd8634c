//! Lines of the charts in one future, stored as the few numbers that determine them: ten thousand
//! futures are kept this way and drawn on request.

use crate::model::day::{SAMPLES, day_profile, highest};
use crate::model::growth::growth_per_day_ratio;
use crate::model::storage::bytes_held;
use crate::plan::chapters::Chapters;
use crate::plan::sizing::Sizing;
use crate::plan::storage::{days, held_with_growth};
use crate::scenario::Scenario;

/// Numbers that determine the lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    mean_tpm: f64,
    peak_multiplier: f64,
    /// Requests per second, headroom included.
    rate_rps: f64,
    sizing: Sizing,
    bytes_per_day: f64,
    dead_ratio: f64,
    retention_days: f64,
    growth_per_day: f64,
}

/// The lines of the charts.
pub(super) struct Lines {
    pub(super) tokens: Vec<f64>,
    pub(super) gateways: Vec<u32>,
    pub(super) bytes: Vec<f64>,
}

impl Course {
    pub(super) fn of(scenario: &Scenario, chapters: &Chapters) -> Self {
        let (traffic, storage) = (&scenario.traffic, &chapters.storage);
        let demand = &chapters.demand;
        let times = chapters.gateway.times();
        Self {
            mean_tpm: demand.mean_tpm,
            peak_multiplier: traffic.peak_multiplier,
            rate_rps: demand.mean_rps * traffic.headroom,
            sizing: Sizing::of(&scenario.gateway, traffic, demand, times),
            bytes_per_day: storage.bytes_per_day,
            dead_ratio: storage.dead_ratio,
            retention_days: f64::from(scenario.storage.retention_days),
            growth_per_day: growth_per_day_ratio(traffic.growth_percent / 100.0),
        }
    }

    /// The lines over a day of this shape, and on these days since the start.
    pub(super) fn lines(&self, hourly: &[f64; 24], days: &[f64]) -> Lines {
        let profile = day_profile(hourly, self.peak_multiplier);
        let rates = profile.iter().map(|x| self.rate_rps * x);
        let most = highest(&profile) * self.rate_rps;
        let bytes = |day: &f64| {
            let held = bytes_held(self.bytes_per_day, self.retention_days, 0.0, *day);
            let (retention, growth) = (self.retention_days, self.growth_per_day);
            let per_day = (self.bytes_per_day, self.dead_ratio);
            held_with_growth(per_day, retention, growth, (*day, held))
        };
        Lines {
            gateways: self.sizing.instances_of(rates, most),
            tokens: profile.iter().map(|x| x * self.mean_tpm).collect(),
            bytes: days.iter().map(bytes).collect(),
        }
    }
}

/// Drawn lines, one column per point: seven digits of a value are more than any chart shows, and
/// take half the memory.
pub(super) struct Drawn {
    hourly: [f64; 24],
    /// Days of the storage chart.
    days: Vec<f64>,
    pub(super) tokens: Vec<Vec<f32>>,
    pub(super) gateways: Vec<Vec<f32>>,
    pub(super) bytes: Vec<Vec<f32>>,
    pub(super) futures: usize,
}

impl Drawn {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let days = days(scenario);
        Self {
            hourly: scenario.traffic.shape.hourly(),
            tokens: vec![Vec::new(); SAMPLES],
            gateways: vec![Vec::new(); SAMPLES],
            bytes: vec![Vec::new(); days.len()],
            days,
            futures: 0,
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "digits that no chart shows, of values far below the largest"
    )]
    pub(super) fn push(&mut self, course: &Course) {
        let lines = course.lines(&self.hourly, &self.days);
        let gateways = lines.gateways.into_iter().map(f64::from).collect();
        let (tokens, bytes) = (lines.tokens, lines.bytes);
        let pairs: [(&mut Vec<Vec<f32>>, Vec<f64>); 3] = [
            (&mut self.tokens, tokens),
            (&mut self.gateways, gateways),
            (&mut self.bytes, bytes),
        ];
        for (columns, line) in pairs {
            for (column, value) in columns.iter_mut().zip(line) {
                column.push(value as f32);
            }
        }
        self.futures += 1;
    }
}
