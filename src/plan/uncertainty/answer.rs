//! Results from the draws.

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

/// Results for a scenario with ranges.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// Number of futures drawn.
    pub draws: u32,
    /// The inputs with ranges.
    pub inputs: Vec<Input>,
    /// Share of futures in which today's peak fits; `None` if a limit is unknown.
    pub fits_ratio: Option<f64>,
    /// Date until which it fits; `None` if no future ends by growth or filling.
    pub until: Option<Until>,
    /// Limits exceeded in some future, the likeliest first.
    pub over: Vec<LimitChance>,
    /// Share of futures in which the queue grows without bound at the peak.
    pub queue_over_ratio: f64,
    /// First constraints to give way, the likeliest first.
    pub first: Vec<WayFirst>,
    /// Gateways that suffice at the peak in 95 % of futures, headroom included.
    pub gateways_p95: Option<u32>,
    /// Maximum of the deployed autoscaler.
    pub gateways_max: u32,
    /// Interval of each figure.
    pub figures: Vec<Interval>,
    /// 5 % point, median and 95 % point of the multiple of today's load that fits; `None` if some
    /// future is unbounded.
    pub room: Option<[f64; 3]>,
    /// Sensitivity of each outcome to the inputs.
    pub tornados: Vec<Tornado>,
}

/// Distribution of a figure over the futures.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The figure.
    pub id: FigureId,
    /// Value with all inputs at their points.
    pub point: f64,
    /// 5 % point.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95 % point.
    pub p95: f64,
}

/// Dates until which the load fits, as quantiles; a date beyond the horizon is absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Until {
    /// 5 % point.
    pub p05: Option<Date>,
    /// Median.
    pub p50: Option<Date>,
    /// 95 % point.
    pub p95: Option<Date>,
    /// Last days to order, by the share of futures in which the order is in time.
    pub orders: [OrderBy; 5],
    /// Share of futures in which an order today is too late.
    pub late_ratio: f64,
    /// Share of the futures that fail today.
    pub fails_ratio: f64,
    /// Share of futures without an end in sight.
    pub endless_ratio: f64,
}

/// Last day to order in time, in a share of the futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderBy {
    /// Share of futures.
    pub share: f64,
    /// The day, today if it has passed; absent beyond the horizon.
    pub day: Option<Date>,
    /// Whether the day has passed: what is ordered today comes in time in fewer futures.
    pub is_late: bool,
}

impl Uncertainty {
    /// Autoscaler maximum that suffices in 95 % of futures, if the deployed one does not; `None`
    /// beyond the range of the field.
    pub fn raised(&self) -> Option<u32> {
        let is_higher = |count: &u32| self.gateways_max < *count;
        let is_taken = |count: &u32| f64::from(*count) <= HPA_MAX.high;
        self.gateways_p95.filter(is_higher).filter(is_taken)
    }
}

impl Until {
    /// Last day to order in time in 95 % of futures; today if it has passed.
    pub fn order_by(&self) -> Option<Date> {
        self.sure().and_then(|order| order.day)
    }

    /// Whether that day has passed.
    pub fn is_late(&self) -> bool {
        self.sure().is_some_and(|order| order.is_late)
    }

    fn sure(&self) -> Option<&OrderBy> {
        self.orders.iter().find(|order| order.share <= SURE)
    }
}

/// Shares of futures for which a last day to order is reported, descending.
const SHARES: [f64; 5] = [0.99, SURE, 0.9, 0.8, 0.5];
/// Share for which a single day is reported.
const SURE: f64 = 0.95;

/// Probability that a provider's limit is exceeded at the peak.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitChance {
    /// Index of the provider.
    pub provider: usize,
    /// Name of the provider.
    pub name: String,
    /// Kind of limit.
    pub limit: LimitKind,
    /// Whether it is the organization's limit, next to one of the row's own.
    pub of_organization: bool,
    /// Share of futures.
    pub ratio: f64,
}

/// Results of all draws at once; `None` if no number is a range.
pub fn uncertainty(scenario: &Scenario, today: Date, draws: u32) -> Option<Uncertainty> {
    let mut all = Draws::begin(scenario, today)?;
    all.step(draws);
    Some(all.answer())
}

impl Plan {
    /// Results for the ranges of this plan's scenario.
    pub fn uncertainty(&self, scenario: &Scenario) -> Option<Uncertainty> {
        uncertainty(scenario, self.today, DRAWS)
    }
}

impl Draws {
    /// Results from the draws so far.
    pub fn answer(&self) -> Uncertainty {
        self.answer_with(self.tornados())
    }

    /// Results from the draws so far, with sensitivities computed before.
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

/// Quantiles that are reported.
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
    // A figure that is missing in some futures has no interval.
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
    // Without a future that ends later than today there is no date.
    let is_dated = |days: &f64| 0.0 < *days && days.is_finite();
    days.iter().any(is_dated).then_some(())?;
    let today = draws.today;
    let dates = rank::points(days, POINTS)?.map(|days| date_in(today, days / DAYS_PER_MONTH));
    let [p05, p50, p95] = dates;
    // An order today arrives after each future's own lead time.
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
