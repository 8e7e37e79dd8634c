//! The lines of the charts in one future, by the few numbers that they follow from: ten thousand
//! futures are kept as these, and drawn once they are wanted.

use crate::model::day::{day_profile, highest};
use crate::model::growth::growth_per_day_ratio;
use crate::model::storage::bytes_held;
use crate::plan::chapters::Chapters;
use crate::plan::sizing::Sizing;
use crate::plan::storage::held_with_growth;
use crate::scenario::Scenario;

/// Numbers that the lines follow from.
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

/// The lines themselves.
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
