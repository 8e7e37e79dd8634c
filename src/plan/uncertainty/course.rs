//! Lines of the charts in one future, stored as the few numbers that determine them: ten thousand
//! futures are kept this way and drawn on request.

use crate::model::day::{SAMPLES, day_profile, highest};
use crate::model::growth::growth_per_day_ratio;
use crate::model::storage::bytes_held;
use crate::plan::chapters::Chapters;
use crate::plan::cost::gateways_usd;
use crate::plan::curve::{Losses, sizes};
use crate::plan::storage::{days, held_with_growth};
use crate::scenario::Scenario;

/// Numbers that determine the lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    mean_tpm: f64,
    peak_multiplier: f64,
    headroom: f64,
    losses: Losses,
    /// Dollars a month for a gateway that runs all the time.
    gateway_usd: f64,
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
    pub(super) costs: Vec<f64>,
}

/// Places at which the lines are asked for.
pub(super) struct Places {
    hourly: [f64; 24],
    /// Days of the storage chart at the points.
    days: Vec<f64>,
    /// Numbers of gateways of the cost chart at the points.
    sizes: Vec<u32>,
}

impl Course {
    pub(super) fn of(scenario: &Scenario, chapters: &Chapters) -> Self {
        let (traffic, storage) = (&scenario.traffic, &chapters.storage);
        let demand = &chapters.demand;
        Self {
            mean_tpm: demand.mean_tpm,
            peak_multiplier: traffic.peak_multiplier,
            headroom: traffic.headroom,
            losses: Losses::of(scenario, chapters),
            gateway_usd: gateways_usd(scenario, &chapters.gateway, 1.0),
            bytes_per_day: storage.bytes_per_day,
            dead_ratio: storage.dead_ratio,
            retention_days: f64::from(scenario.storage.retention_days),
            growth_per_day: growth_per_day_ratio(traffic.growth_percent / 100.0),
        }
    }

    /// The lines over a day of this shape, on these days since the start, and for these numbers of
    /// gateways.
    fn lines(&self, places: &Places) -> Lines {
        let profile = day_profile(&places.hourly, self.peak_multiplier);
        let highest = highest(&profile);
        let rate_rps = self.losses.mean_rps * self.headroom;
        let rates = profile.iter().map(|x| rate_rps * x);
        let bytes = |day: &f64| {
            let held = bytes_held(self.bytes_per_day, self.retention_days, 0.0, *day);
            let (retention, growth) = (self.retention_days, self.growth_per_day);
            let per_day = (self.bytes_per_day, self.dead_ratio);
            held_with_growth(per_day, retention, growth, (*day, held))
        };
        let cost = |size: &u32| {
            let lost = self.losses.usd_of((&profile, highest), *size);
            f64::from(*size) * self.gateway_usd + lost
        };
        Lines {
            gateways: self.losses.sizing.instances_of(rates, highest * rate_rps),
            tokens: profile.iter().map(|x| x * self.mean_tpm).collect(),
            bytes: places.days.iter().map(bytes).collect(),
            costs: places.sizes.iter().map(cost).collect(),
        }
    }
}

/// Drawn lines, one column per point: seven digits of a value are more than any chart shows, and
/// take half the memory.
pub(super) struct Drawn {
    places: Places,
    pub(super) tokens: Vec<Vec<f32>>,
    pub(super) gateways: Vec<Vec<f32>>,
    pub(super) bytes: Vec<Vec<f32>>,
    pub(super) costs: Vec<Vec<f32>>,
    pub(super) futures: usize,
}

impl Drawn {
    /// Nothing yet, for the charts of a plan with so many gateways at its peak.
    pub(super) fn of(scenario: &Scenario, gateways: u32) -> Self {
        let (days, sizes) = (days(scenario), sizes(gateways));
        Self {
            tokens: vec![Vec::new(); SAMPLES],
            gateways: vec![Vec::new(); SAMPLES],
            bytes: vec![Vec::new(); days.len()],
            costs: vec![Vec::new(); sizes.len()],
            places: Places {
                hourly: scenario.traffic.shape.hourly(),
                days,
                sizes,
            },
            futures: 0,
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "digits that no chart shows, of values far below the largest"
    )]
    pub(super) fn push(&mut self, course: &Course) {
        let lines = course.lines(&self.places);
        let gateways = lines.gateways.into_iter().map(f64::from).collect();
        let pairs: [(&mut Vec<Vec<f32>>, Vec<f64>); 4] = [
            (&mut self.tokens, lines.tokens),
            (&mut self.gateways, gateways),
            (&mut self.bytes, lines.bytes),
            (&mut self.costs, lines.costs),
        ];
        for (columns, line) in pairs {
            for (column, value) in columns.iter_mut().zip(line) {
                column.push(value as f32);
            }
        }
        self.futures += 1;
    }
}
