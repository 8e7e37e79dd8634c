//! The answers from the draws.

use chrono::Days;

use super::draws::{DRAWS, Draws};
use super::input::Input;
use super::tornado::{self, Tornado};
use super::way::WayFirst;
use crate::catalog::date::{Date, date_in};
use crate::model::fleet::whole;
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::rank;
use crate::plan::{FigureId, LimitKind, Plan};
use crate::scenario::Scenario;

/// What is known where numbers are ranges.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// Futures that were drawn.
    pub draws: u32,
    /// The ranges.
    pub inputs: Vec<Input>,
    /// Share of the futures in which today's peak fits; none where a limit is unknown.
    pub fits_ratio: Option<f64>,
    /// Until when it fits; none where growth and filling end nothing in any future.
    pub until: Option<Until>,
    /// Limits that some future asks too much of, the likeliest first.
    pub over: Vec<LimitChance>,
    /// Share of the futures in which the queue grows without end at the peak.
    pub queue_over_ratio: f64,
    /// What gives way first, the likeliest first.
    pub first: Vec<WayFirst>,
    /// Gateways that are enough at the peak in 95 of 100 futures, headroom included.
    pub gateways_p95: Option<u32>,
    /// Most gateways that the deployed autoscaler runs.
    pub gateways_max: u32,
    /// Each figure.
    pub figures: Vec<Interval>,
    /// 5 % point, median and 95 % point of the multiple of today's load that fits; none where
    /// nothing ends it in some future.
    pub room: Option<[f64; 3]>,
    /// What matters most, for each outcome.
    pub tornados: Vec<Tornado>,
}

/// A figure over the futures.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Which.
    pub id: FigureId,
    /// Its value at the points.
    pub point: f64,
    /// 5 % point.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95 % point.
    pub p95: f64,
}

/// Until when it fits: dates that shares of the futures end before; a date is absent where it is
/// not in sight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Until {
    /// 5 % point.
    pub p05: Option<Date>,
    /// Median.
    pub p50: Option<Date>,
    /// 95 % point.
    pub p95: Option<Date>,
    /// The last day to order, so that it comes in time in 95 of 100 futures; today if that has
    /// passed.
    pub order_by: Option<Date>,
    /// Share of the futures in which what is ordered today comes too late.
    pub late_ratio: f64,
    /// Share of the futures that fail today.
    pub fails_ratio: f64,
    /// Share of the futures in which no end is in sight.
    pub endless_ratio: f64,
}

/// How likely a provider refuses for a limit at the peak.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitChance {
    /// Place of the provider.
    pub provider: usize,
    /// Its name.
    pub name: String,
    /// What is limited.
    pub limit: LimitKind,
    /// Share of the futures.
    pub ratio: f64,
}

/// All draws at once; none where no number is a range.
pub fn uncertainty(scenario: &Scenario, today: Date, draws: u32) -> Option<Uncertainty> {
    let mut all = Draws::begin(scenario, today)?;
    all.step(draws);
    Some(all.answer())
}

impl Plan {
    /// The plan with what follows from its ranges, for those who hold both.
    pub fn uncertainty(&self, scenario: &Scenario) -> Option<Uncertainty> {
        uncertainty(scenario, self.today, DRAWS)
    }
}

impl Draws {
    /// The answers from the draws so far.
    pub fn answer(&self) -> Uncertainty {
        self.answer_with(self.tornados())
    }

    /// The same with what matters most, which was worked out before.
    pub fn answer_with(&self, tornados: Vec<Tornado>) -> Uncertainty {
        answer(self, tornados)
    }

    /// What matters most, from the draws so far.
    pub fn tornados(&self) -> Vec<Tornado> {
        tornado::tornados(self)
    }
}

/// The shares whose points are told.
pub(super) const POINTS: [f64; 3] = [0.05, 0.5, 0.95];

fn answer(draws: &Draws, tornados: Vec<Tornado>) -> Uncertainty {
    let counted = &draws.samples;
    let all = f64::from(draws.taken.max(1));
    let share = |count: u32| f64::from(count) / all;
    let mut first = counted.first.clone();
    first.sort_by_key(|way| std::cmp::Reverse(way.futures));
    let figures = figures(draws);
    let gateways = figures.iter().find(|one| one.id == FigureId::Gateways);
    let hpa = &draws.base.gateway.hpa;
    Uncertainty {
        draws: draws.taken,
        inputs: draws.inputs.clone(),
        fits_ratio: (counted.unknown == 0 && 0 < draws.taken).then(|| share(counted.fits)),
        until: until(draws),
        over: over(draws, share),
        queue_over_ratio: share(counted.queue_over),
        first,
        gateways_p95: gateways.map(|one| whole(one.p95)),
        gateways_max: hpa.replicas_max.unwrap_or(1),
        figures,
        room: room(draws),
        tornados,
    }
}

fn figures(draws: &Draws) -> Vec<Interval> {
    let columns = draws.point.figures.iter().zip(&draws.figures);
    let intervals = columns.filter_map(|(figure, column)| {
        let points = if figure.id.is_whole() {
            rank::observed(column, POINTS)
        } else {
            rank::points(column, POINTS)
        };
        let [p05, p50, p95] = points?;
        Some(Interval {
            id: figure.id.clone(),
            point: figure.result,
            p05,
            p50,
            p95,
        })
    });
    intervals.collect()
}

fn room(draws: &Draws) -> Option<[f64; 3]> {
    let is_ended = draws.samples.unknown == 0 && draws.room.len() == draws.taken as usize;
    is_ended
        .then(|| rank::points(&draws.room, POINTS))
        .flatten()
}

fn until(draws: &Draws) -> Option<Until> {
    let days = &draws.samples.days;
    // All of them fail today, or none ever: then there is no date.
    let is_dated = |days: &f64| 0.0 < *days && days.is_finite();
    days.iter().any(is_dated).then_some(())?;
    let today = draws.today;
    let dates = rank::points(days, POINTS)?.map(|days| date_in(today, days / DAYS_PER_MONTH));
    let [p05, p50, p95] = dates;
    let lead_days = draws.base.traffic.lead_days;
    let lead = Days::new(u64::from(lead_days));
    let share = |is_counted: &dyn Fn(f64) -> bool| {
        let counted = days.iter().filter(|days| is_counted(**days));
        counted.count() as f64 / days.len().max(1) as f64
    };
    let order_by = p05.and_then(|day| day.checked_sub_days(lead));
    Some(Until {
        p05,
        p50,
        p95,
        order_by: order_by.map(|day| day.max(today)),
        late_ratio: share(&|days| days < f64::from(lead_days)),
        fails_ratio: share(&|days| days <= 0.0),
        endless_ratio: share(&f64::is_infinite),
    })
}

fn over(draws: &Draws, share: impl Fn(u32) -> f64) -> Vec<LimitChance> {
    let mut found = Vec::new();
    for (provider, counts) in draws.samples.over.iter().enumerate() {
        for (place, count) in counts.iter().enumerate().filter(|(_, count)| 0 < **count) {
            let kinds = draws.point.kinds.get(provider);
            if let Some(limit) = kinds.and_then(|kinds| kinds.get(place)) {
                found.push(LimitChance {
                    provider,
                    name: draws.base.providers[provider].name.clone(),
                    limit: *limit,
                    ratio: share(*count),
                });
            }
        }
    }
    found.sort_by(|a, b| b.ratio.total_cmp(&a.ratio));
    found
}
