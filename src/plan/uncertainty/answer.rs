//! The answers from the draws.

use super::draws::{DRAWS, Draws};
use super::input::Input;
use super::sample::OverLimit;
use super::tornado::{Matters, Tornado};
use super::way::WayFirst;
use crate::catalog::date::{Date, date_in};
use crate::model::fleet::whole;
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::rank;
use crate::plan::{FigureId, LimitKind, Plan};
use crate::scenario::Scenario;
use crate::scenario::property::HPA_MAX;

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
    /// The last day to order, by how many futures it comes in time in.
    pub orders: [OrderBy; 5],
    /// Share of the futures in which what is ordered today comes too late.
    pub late_ratio: f64,
    /// Share of the futures that fail today.
    pub fails_ratio: f64,
    /// Share of the futures in which no end is in sight.
    pub endless_ratio: f64,
}

/// The last day to order, so that it comes in time in a share of the futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderBy {
    /// The share.
    pub share: f64,
    /// The day, today if it has passed; absent where it is not in sight.
    pub day: Option<Date>,
    /// Whether the day has passed: what is ordered today comes in time in fewer futures.
    pub is_late: bool,
}

impl Uncertainty {
    /// The autoscaler's maximum that is enough in 95 of 100 futures, where the deployed one is not;
    /// none beyond those that the field takes.
    pub fn raised(&self) -> Option<u32> {
        let is_higher = |count: &u32| self.gateways_max < *count;
        let is_taken = |count: &u32| f64::from(*count) <= HPA_MAX.high;
        self.gateways_p95.filter(is_higher).filter(is_taken)
    }
}

impl Until {
    /// The last day to order, so that it comes in time in 95 of 100 futures; today if that has
    /// passed.
    pub fn order_by(&self) -> Option<Date> {
        let sure = self.orders.iter().find(|order| order.share <= SURE);
        sure.and_then(|order| order.day)
    }
}

/// Shares of the futures for which a last day to order is told, the highest first.
const SHARES: [f64; 5] = [0.99, SURE, 0.9, 0.8, 0.5];
/// The share where one day stands for all.
const SURE: f64 = 0.95;

/// How likely a provider refuses for a limit at the peak.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitChance {
    /// Place of the provider.
    pub provider: usize,
    /// Its name.
    pub name: String,
    /// What is limited.
    pub limit: LimitKind,
    /// Whether it is the organization's, beside one of the row's own.
    pub of_organization: bool,
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
    fn tornados(&self) -> Vec<Tornado> {
        let mut matters = Matters::default();
        while self.weigh(&mut matters) {}
        matters.tornados()
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
    // A figure that some futures do not have has no interval.
    let columns = draws.point.figures.iter().zip(&draws.figures);
    let columns = columns.filter(|(_, column)| column.len() == draws.taken as usize);
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
    let room = &draws.samples.room;
    let is_ended = draws.samples.unknown == 0
        && room.len() == draws.taken as usize
        && room.iter().all(|room| room.is_finite());
    is_ended.then(|| rank::points(room, POINTS)).flatten()
}

fn until(draws: &Draws) -> Option<Until> {
    let days = &draws.samples.days;
    // All of them fail today, or none ever: then there is no date.
    let is_dated = |days: &f64| 0.0 < *days && days.is_finite();
    days.iter().any(is_dated).then_some(())?;
    let today = draws.today;
    let dates = rank::points(days, POINTS)?.map(|days| date_in(today, days / DAYS_PER_MONTH));
    let [p05, p50, p95] = dates;
    // What is ordered today comes after each future's own time.
    let days_left = &draws.samples.spare_days;
    let left = rank::points(days_left, SHARES.map(|share| 1.0 - share))?;
    let orders = std::array::from_fn(|at| OrderBy {
        share: SHARES[at],
        day: date_in(today, left[at].max(0.0) / DAYS_PER_MONTH),
        is_late: left[at] < 0.0,
    });
    let share = |values: &[f64], is_counted: &dyn Fn(f64) -> bool| {
        let counted = values.iter().filter(|days| is_counted(**days));
        counted.count() as f64 / values.len().max(1) as f64
    };
    Some(Until {
        p05,
        p50,
        p95,
        orders,
        late_ratio: share(days_left, &|days| days < 0.0),
        fails_ratio: share(days, &|days| days <= 0.0),
        endless_ratio: share(days, &f64::is_infinite),
    })
}

fn over(draws: &Draws, share: impl Fn(u32) -> f64) -> Vec<LimitChance> {
    let chance = |(limit, futures): &(OverLimit, u32)| LimitChance {
        provider: limit.provider,
        name: draws.base.providers[limit.provider].name.clone(),
        limit: limit.kind,
        of_organization: limit.of_organization,
        ratio: share(*futures),
    };
    let mut found: Vec<LimitChance> = draws.samples.over.iter().map(chance).collect();
    found.sort_by(|a, b| b.ratio.total_cmp(&a.ratio));
    found
}
