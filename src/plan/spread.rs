//! Routing of requests to providers: by weight, by the bindings of workloads, and by order, where
//! requests refused by one place spill to the next.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use super::account::{is_one_limit, is_one_organization};
use super::admission::takes;
use super::allowed::Allowed;
use super::carried::Carried;
use super::counting::CountedRow;
use super::course::{Course, Member, Taken, parts};
use super::load::load_of_mate;
use super::recount::{recounted, taken};
use super::served;
use super::shares::{Parts, Spread};
use super::spill::{Behind, Earlier};
use super::standing::Beside;
use super::{Demand, LimitKind};
use crate::model::day::day_profile;
use crate::model::order::sorted_by;
use crate::model::routing;
use crate::scenario::{Scenario, Workload};

/// Days that the spread covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// All days of a month, including those after its allowances are spent.
    All,
    /// The days before any monthly allowance is spent.
    BeforeSpent,
}

/// Spreads the requests over the rows by their current weights.
pub(super) fn spread<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
) -> Spread<'r, 'a> {
    spread_on(scenario, demand, rows, Days::All)
}

/// Spreads the requests over the rows, on some days of a month.
pub(super) fn spread_on<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
    days: Days,
) -> Spread<'r, 'a> {
    // Without requests nothing is refused and nothing spills.
    if demand.requests_per_day <= 0.0 || is_plain(scenario, rows) {
        return by_weight(scenario, demand, rows);
    }
    let Some(by_place) = BY_PLACE.get() else {
        IS_MISSED.set(true);
        return by_weight(scenario, demand, rows);
    };
    by_place(scenario, demand, rows, days)
}

/// Installs the code that spreads requests place by place, in programs that load it later. Routing
/// by weight alone, as in the default and most links, does not need it.
pub fn bring() {
    BY_PLACE.set(Some(by_place));
}

/// Whether a plan since the last call needed code that was not loaded, and is therefore invalid.
pub fn is_missed() -> bool {
    IS_MISSED.take()
}

type Spreading = for<'r, 'a> fn(&Scenario, &Demand, &'r [CountedRow<'a>], Days) -> Spread<'r, 'a>;

thread_local! {
    static BY_PLACE: Cell<Option<Spreading>> =
        const { Cell::new(if cfg!(feature = "split") { None } else { Some(by_place) }) };
    static IS_MISSED: Cell<bool> = const { Cell::new(false) };
}

fn by_weight<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
) -> Spread<'r, 'a> {
    let weights: Vec<f64> = rows.iter().map(|row| row.weight).collect();
    let spread = Spread {
        rows: taken(scenario, demand, rows),
        shares: routing::shares(&weights),
        by_workload: None,
    };
    spread.with_mates(demand)
}

fn by_place<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
    days: Days,
) -> Spread<'r, 'a> {
    let mut spread = Places::new(scenario, rows, days);
    let orders = spread.carrying().map(|row| row.provider.order).collect();
    let mut places: Vec<u32> = sorted_by(orders, |order| (0, f64::from(*order)));
    places.dedup();
    for (index, place) in places.iter().enumerate() {
        spread.fill(scenario, demand, (index, *place));
    }
    spread.done(scenario, demand)
}

/// Whether all workloads go to all providers by weight alone.
pub(super) fn is_plain(scenario: &Scenario, rows: &[CountedRow<'_>]) -> bool {
    let is_free = scenario.workloads.iter().all(|workload| {
        let suited = rows.iter().filter(|row| workload.suits(row.kind)).count();
        workload.to.is_none() && (suited == 0 || suited == rows.len())
    });
    let mut orders = rows.iter().map(|row| row.provider.order);
    let first = orders.next();
    is_free && orders.all(|order| Some(order) == first)
}

/// Peak and day, place by place.
struct Places<'a> {
    rows: Vec<CountedRow<'a>>,
    /// Allowed routes, by row and workload.
    ways: Vec<Vec<bool>>,
    /// Share of each workload in all requests.
    weights: Vec<f64>,
    /// Remaining requests, hour by hour.
    course: Course,
    shares: Vec<f64>,
    /// Share of each workload's requests, by row.
    parts: Vec<Parts>,
    /// Rows of earlier places.
    earlier: Option<Rc<Earlier>>,
    days: Days,
}

/// Sum of the loads of several rows.
fn sum(rows: &[(usize, Beside)]) -> Beside {
    std::array::from_fn(|kind| rows.iter().map(|(_, loads)| loads[kind]).sum())
}

impl<'a> Places<'a> {
    fn new(scenario: &Scenario, rows: &[CountedRow<'a>], days: Days) -> Self {
        let traffic = &scenario.traffic;
        let day = day_profile(&traffic.shape.hourly(), traffic.peak_multiplier);
        let paces = day.iter().map(|pace| pace / traffic.peak_multiplier);
        let workloads = scenario.workloads.iter();
        let requests: Vec<f64> = workloads.map(Workload::requests_per_day).collect();
        let all: f64 = requests.iter().sum();
        let weights: Vec<f64> = requests.iter().map(|each| each / all).collect();
        Self {
            course: Course::new(paces, weights.clone()),
            parts: vec![Parts::none(weights.len()); rows.len()],
            shares: vec![0.0; rows.len()],
            ways: scenario.ways(),
            rows: rows.to_vec(),
            weights,
            earlier: None,
            days,
        }
    }

    fn carrying(&self) -> impl Iterator<Item = &CountedRow<'a>> {
        self.rows.iter().filter(|row| 0.0 < row.weight)
    }

    /// Share of all requests, from a share of each workload.
    fn of_all(&self, shares: &[f64]) -> f64 {
        let shares = self.weights.iter().zip(shares);
        shares.map(|(weight, share)| weight * share).sum()
    }

    /// Share of each workload that a row gets among those of its place.
    fn by_weight(&self, index: usize) -> Vec<f64> {
        let order = self.rows[index].provider.order;
        let members = || {
            let rows = self.rows.iter().zip(&self.ways);
            rows.filter(move |(row, _)| row.provider.order == order && 0.0 < row.weight)
        };
        let share = |(workload, may_go): (usize, &bool)| {
            let allowed = members().filter(|(_, ways)| ways[workload]);
            let sum: f64 = allowed.map(|(row, _)| row.weight).sum();
            if *may_go && 0.0 < sum {
                self.rows[index].weight / sum
            } else {
                0.0
            }
        };
        self.ways[index].iter().enumerate().map(share).collect()
    }

    /// Whether a later place takes a workload.
    fn has_later(&self, workload: usize, place: u32) -> bool {
        let mut rows = self.rows.iter().zip(&self.ways);
        rows.any(|(row, ways)| place < row.provider.order && 0.0 < row.weight && ways[workload])
    }

    /// Gives the rows of a place the requests left by earlier ones. Requests that no later place
    /// takes stay, and are refused as often as those that spill.
    fn fill(&mut self, scenario: &Scenario, demand: &Demand, (index, place): (usize, u32)) {
        let members = self.rows.iter().enumerate();
        let members = members.filter(|(_, row)| row.provider.order == place && 0.0 < row.weight);
        let members: Vec<usize> = members.map(|(index, _)| index).collect();
        let workloads = 0..self.weights.len();
        let moves: Vec<bool> = workloads.map(|it| self.has_later(it, place)).collect();
        let base = |row: &usize| {
            let mut base = self.by_weight(*row);
            // Requests refused for their size spill.
            for (part, (workload, moves)) in
                base.iter_mut().zip(scenario.workloads.iter().zip(&moves))
            {
                if *moves && !takes(workload, &self.rows[*row], demand) {
                    *part = 0.0;
                }
            }
            base
        };
        let bases: Vec<Vec<f64>> = members.iter().map(base).collect();
        let mut earlier = match &self.earlier {
            Some(earlier) => Earlier::clone(earlier),
            None => Earlier::of_day(self.course.at_scale(1.0, true)),
        };
        for (row, base) in members.into_iter().zip(bases) {
            let member = self.offer(scenario, demand, (row, base), &moves);
            let taken = self.course.take(&member, &moves);
            self.take(row, taken);
            if self.rows[row].at.spills {
                earlier.add((index, row), member, moves.clone());
            }
        }
        self.course.next_place();
        self.earlier = earlier.is_any().then(|| Rc::new(earlier));
    }

    /// Loads of other rows on the limits that a row shares: rows of its place by the part offered
    /// to them, rows of earlier places by what they take.
    fn mates(&self, demand: &Demand, index: usize) -> (Beside, Vec<(usize, Beside)>) {
        let row = &self.rows[index];
        let (mut in_place, mut earlier) = (Beside::default(), Vec::new());
        for (other, mate) in self.rows.iter().enumerate() {
            let is_later = row.provider.order < mate.provider.order || mate.weight <= 0.0;
            if is_later || !is_one_organization(row, mate) {
                continue;
            }
            let is_in_place = row.provider.order == mate.provider.order;
            let mut before = Beside::default();
            let (loads, share) = if is_in_place {
                (&mut in_place, self.of_all(&self.by_weight(other)))
            } else {
                (&mut before, self.shares[other])
            };
            for kind in LimitKind::ALL {
                if is_one_limit(row, mate, kind) {
                    loads[kind as usize] += load_of_mate(demand, (mate, share), row, kind);
                }
            }
            if !is_in_place {
                earlier.push((other, before));
            }
        }
        (in_place, earlier)
    }

    /// Counts a row for the requests offered to it.
    fn offer(
        &mut self,
        scenario: &Scenario,
        demand: &Demand,
        (index, base): (usize, Vec<f64>),
        moves: &[bool],
    ) -> Member {
        // If other rows are closed at times, the busiest stretch decides.
        let busiest = self
            .course
            .is_cut
            .then(|| self.course.offered_at_most(&base));
        let offered = busiest
            .flatten()
            .unwrap_or_else(|| self.course.offered_at_peak(&base));
        let share = self.of_all(&offered);
        let stays = parts(&offered, moves, false);
        let bound_share = self.of_all(&stays);
        let mix = if 0.0 < share { &offered } else { &base };
        let base_share = self.of_all(&base);
        let mut row = recounted(scenario, demand, &self.rows[index], mix);
        let can_move = bound_share < share || (share == 0.0 && moves.contains(&true));
        let (mut carried, mut allowed) = (Carried::default(), Allowed::default());
        let (in_place, before_by) = self.mates(demand, index);
        let before = sum(&before_by);
        if can_move {
            let with = |row: &mut CountedRow<'_>, share: f64| {
                // Loads of the same place grow with the row; those of earlier places come first.
                let part = if 0.0 < base_share {
                    share / base_share
                } else {
                    0.0
                };
                let own = in_place.map(|load| load * part);
                row.at.beside = std::array::from_fn(|kind| own[kind] + before[kind]);
                row.at.before = before;
            };
            with(&mut row, base_share);
            carried = served::carried(scenario, demand, &row, base_share);
            let day = self.course.day_of(&base);
            let mix = if 0.0 < share { &day } else { &base };
            let mut daily = recounted(scenario, demand, &row, mix);
            with(&mut daily, 1.0);
            allowed = served::allowed(scenario, demand, &daily);
            if self.days == Days::BeforeSpent {
                allowed.month = f64::INFINITY;
            }
        }
        (row.at.before, row.at.before_by) = (before, before_by);
        row.at.spills = can_move;
        row.at.ten_minutes = allowed.ten_minutes;
        row.at.offered_share = share;
        row.at.earlier = self.earlier.clone().map(|rows| rows as Rc<dyn Behind>);
        if can_move && 0.0 < bound_share {
            // The row itself is full once it refuses bound requests.
            row.at
                .earlier
                .get_or_insert_with(|| Rc::new(Earlier::of_day(self.course.at_scale(1.0, true))));
        }
        row.at.base.clone_from(&base);
        row.at.bound_share = bound_share;
        self.rows[index] = row;
        Member {
            base,
            carried,
            allowed,
        }
    }

    /// Records the requests that the row takes.
    fn take(&mut self, index: usize, taken: Taken) {
        // Shares sum to 1 up to rounding.
        self.shares[index] = taken.share.min(1.0);
        self.parts[index] = Parts {
            peak: taken.peak,
            day: taken.days,
        };
        let over_day = self.of_all(&self.parts[index].day);
        let row = &mut self.rows[index];
        if 0.0 < self.shares[index] {
            row.at.day_ratio = over_day / self.shares[index];
        }
        let ratio = taken.busiest / self.shares[index];
        if self.course.is_cut && ratio.is_finite() && 1e-9 < (ratio - 1.0).abs() {
            row.at.peak_ratio = ratio;
            // A closed row counts nothing, whatever is offered to it.
            if 0.0 < ratio {
                row.at.offered_share /= ratio;
            }
        }
    }

    fn done<'r>(mut self, scenario: &Scenario, demand: &Demand) -> Spread<'r, 'a> {
        for (index, Parts { day, .. }) in self.parts.iter().enumerate() {
            let over_day = self.of_all(day);
            let row = &mut self.rows[index];
            if 0.0 < over_day {
                // Daily amounts are counted for the day's own mix.
                let daily = recounted(scenario, demand, row, day).tokens;
                row.tokens.daily = daily.daily;
                (row.tokens.usd, row.tokens.batched) = (daily.usd, daily.batched);
                row.tokens.batched_requests = daily.batched_requests;
            }
        }
        let spread = Spread {
            rows: Cow::Owned(self.rows),
            shares: self.shares,
            by_workload: Some(self.parts),
        };
        spread.with_mates(demand)
    }
}
