//! Which requests go to which provider: by weight, as far as workloads are bound to some of
//! them, and by their order, where what one place refuses goes to the next.

use std::borrow::Cow;
use std::rc::Rc;

use super::carried::Carried;
use super::counting::{Beside, CountedRow, recounted};
use super::limits::{own_load, volume_ratio};
use super::served;
use super::spill::Earlier;
use super::{Demand, LimitKind};
use crate::model::day::day_profile;
use crate::model::order::sorted_by;
use crate::model::routing;
use crate::scenario::{Scenario, Scope, Workload};

/// The providers under their share of the requests.
pub(crate) struct Spread<'r, 'a> {
    /// The rows, counted for what goes to each.
    pub(super) rows: Cow<'r, [CountedRow<'a>]>,
    /// Share of all requests that goes to each at the peak.
    pub(super) shares: Vec<f64>,
    /// Share of each workload's requests of a day, by row; none where all workloads go alike.
    pub(super) by_workload: Option<Vec<Vec<f64>>>,
}

/// Whether rows spend under one limit: a vendor holds all models of an organization to it. Rows
/// with other limits are taken for another organization’s.
pub(super) fn is_one_organization(a: &CountedRow<'_>, b: &CountedRow<'_>) -> bool {
    let caps = |row: &CountedRow<'_>| (row.limits.usd_per_month, row.limits.usd_per_10_min);
    a.provider.id != b.provider.id
        && a.vendor.id == b.vendor.id
        && a.vendor.spend.is_some()
        && caps(a) == caps(b)
        && caps(a) != (None, None)
}

/// Whether rows of one organization count under one limit: of a model with the same tier and
/// limits, by whatever key.
pub(super) fn is_one_limit(a: &CountedRow<'_>, b: &CountedRow<'_>) -> bool {
    let has = |row: &CountedRow<'_>| (row.limits, row.units, row.provider.scope);
    a.provider.model == b.provider.model
        && a.provider.tier == b.provider.tier
        && has(a) == has(b)
        && a.units.is_none()
        && a.provider.scope == Scope::Provider
}

impl<'a> Spread<'_, 'a> {
    /// With the load of the other rows that limits of an organization hold together: its spending,
    /// and what rows of one model count.
    fn with_mates(mut self, demand: &Demand) -> Self {
        let others = |row: &CountedRow<'a>| {
            let mut sum = Beside::default();
            let rows = self.rows.iter().zip(&self.shares);
            for (mate, share) in rows.filter(|(mate, _)| is_one_organization(row, mate)) {
                let is_same = is_one_limit(row, mate);
                let shared =
                    |kind: LimitKind| kind.is_money() || is_same && kind.is_of_organization();
                for kind in LimitKind::ALL.into_iter().filter(|kind| shared(*kind)) {
                    sum[kind as usize] += own_load(demand, mate, *share, kind);
                }
            }
            sum
        };
        let beside: Vec<Beside> = self.rows.iter().map(others).collect();
        let bits = |loads: &Beside| loads.map(f64::to_bits);
        let is_changed =
            |(row, beside): (&CountedRow<'_>, &Beside)| bits(&row.beside) != bits(beside);
        if self.rows.iter().zip(&beside).any(is_changed) {
            for (row, beside) in self.rows.to_mut().iter_mut().zip(beside) {
                row.beside = beside;
            }
        }
        self
    }

    /// Share of a workload's requests of a day that goes to a row.
    pub(super) fn day_share(&self, row: usize, workload: usize) -> f64 {
        match &self.by_workload {
            Some(shares) => shares[row][workload],
            None => self.shares[row],
        }
    }
}

/// Spreads the requests over rows by their weights as they stand.
pub(super) fn spread<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
) -> Spread<'r, 'a> {
    // Without requests there is nothing to refuse, and nothing to pass on.
    if demand.requests_per_day <= 0.0 || is_plain(scenario, rows) {
        let weights: Vec<f64> = rows.iter().map(|row| row.weight).collect();
        let spread = Spread {
            rows: Cow::Borrowed(rows),
            shares: routing::shares(&weights),
            by_workload: None,
        };
        return spread.with_mates(demand);
    }
    let mut course = Course::new(scenario, rows);
    let orders = course.carrying().map(|row| row.provider.order).collect();
    let mut places: Vec<u32> = sorted_by(orders, |order| (0, f64::from(*order)));
    places.dedup();
    for (index, place) in places.iter().enumerate() {
        course.fill(scenario, demand, (index, *place));
    }
    course.done(scenario, demand)
}

/// Whether all workloads go to all providers by weight alone.
pub(super) fn is_plain(scenario: &Scenario, rows: &[CountedRow<'_>]) -> bool {
    let is_free = scenario.workloads.iter().all(|row| row.to.is_none());
    let mut orders = rows.iter().map(|row| row.provider.order);
    let first = orders.next();
    is_free && orders.all(|order| Some(order) == first)
}

/// The peak and the day, place by place.
struct Course<'a> {
    rows: Vec<CountedRow<'a>>,
    ids: Vec<String>,
    /// Requests a day of each workload, and of all.
    requests: Vec<f64>,
    all: f64,
    /// The peak, then the samples of the day, as multiples of the peak.
    times: Vec<f64>,
    /// Share of each workload's requests that is left, time by time.
    left: Vec<f64>,
    shares: Vec<f64>,
    /// Requests of each row and workload over the day, in samples of the peak.
    days: Vec<Vec<f64>>,
    /// The rows of earlier places.
    earlier: Option<Rc<Earlier>>,
}

impl<'a> Course<'a> {
    fn new(scenario: &Scenario, rows: &[CountedRow<'a>]) -> Self {
        let traffic = &scenario.traffic;
        let day = day_profile(&traffic.shape.hourly(), traffic.peak_multiplier);
        let day = day.into_iter().map(|x| x / traffic.peak_multiplier);
        let times: Vec<f64> = std::iter::once(1.0).chain(day).collect();
        let workloads = scenario.workloads.iter();
        let requests: Vec<f64> = workloads.map(Workload::requests_per_day).collect();
        Self {
            left: vec![1.0; requests.len() * times.len()],
            days: vec![vec![0.0; requests.len()]; rows.len()],
            shares: vec![0.0; rows.len()],
            ids: scenario.target_ids(),
            rows: rows.to_vec(),
            all: requests.iter().sum(),
            requests,
            times,
            earlier: None,
        }
    }

    fn carrying(&self) -> impl Iterator<Item = &CountedRow<'a>> {
        self.rows.iter().filter(|row| 0.0 < row.weight)
    }

    /// Share of all requests, where each workload has a share of its own.
    fn of_all(&self, shares: impl IntoIterator<Item = f64>) -> f64 {
        let shares = self.requests.iter().zip(shares);
        let sum: f64 = shares.map(|(requests, share)| requests * share).sum();
        if 0.0 < self.all { sum / self.all } else { 0.0 }
    }

    /// Parts of what is left of the workloads at a time.
    fn offered(&self, at: usize, base: &[f64]) -> impl Iterator<Item = f64> {
        let first = at * self.requests.len();
        let left = &self.left[first..first + self.requests.len()];
        left.iter().zip(base).map(|(left, part)| left * part)
    }

    /// Share of each workload that falls to a row among those of its place.
    fn by_weight(&self, scenario: &Scenario, index: usize) -> Vec<f64> {
        let order = self.rows[index].provider.order;
        let members = || {
            let rows = self.rows.iter().zip(&self.ids);
            rows.filter(move |(row, _)| row.provider.order == order && 0.0 < row.weight)
        };
        let share = |workload: &Workload| {
            let allowed = members().filter(|(_, id)| workload.may_go(id));
            let sum: f64 = allowed.map(|(row, _)| row.weight).sum();
            if workload.may_go(&self.ids[index]) && 0.0 < sum {
                self.rows[index].weight / sum
            } else {
                0.0
            }
        };
        scenario.workloads.iter().map(share).collect()
    }

    /// Whether a later place takes a workload.
    fn has_later(&self, workload: &Workload, place: u32) -> bool {
        let mut rows = self.rows.iter().zip(&self.ids);
        rows.any(|(row, id)| place < row.provider.order && 0.0 < row.weight && workload.may_go(id))
    }

    /// Gives the rows of a place what the earlier ones left; what no later place takes stays.
    fn fill(&mut self, scenario: &Scenario, demand: &Demand, (index, place): (usize, u32)) {
        let members = self.rows.iter().enumerate();
        let members = members.filter(|(_, row)| row.provider.order == place && 0.0 < row.weight);
        let members: Vec<usize> = members.map(|(index, _)| index).collect();
        let workloads = scenario.workloads.iter();
        let moves: Vec<bool> = workloads.map(|it| self.has_later(it, place)).collect();
        let bases: Vec<Vec<f64>> = members
            .iter()
            .map(|index| self.by_weight(scenario, *index))
            .collect();
        let mut gone = vec![0.0; self.left.len()];
        let mut earlier = self.earlier.as_deref().cloned().unwrap_or_default();
        for (member, base) in members.iter().zip(&bases) {
            let offered: Vec<f64> = self.offered(0, base).collect();
            let share = self.of_all(offered.iter().copied());
            let parts = offered.iter().zip(&moves);
            let stays = parts.map(|(part, moves)| if *moves { 0.0 } else { *part });
            let bound_share = self.of_all(stays);
            let mix = if 0.0 < share { &offered } else { base };
            let base_share = self.of_all(base.iter().copied());
            let mut row = recounted(scenario, demand, &self.rows[*member], mix);
            let can_move = bound_share < share || (share == 0.0 && moves.contains(&true));
            let carried = if can_move {
                served::carried(scenario, demand, &row, base_share)
            } else {
                Carried::default()
            };
            row.spills = can_move;
            row.offered_share = share;
            row.earlier.clone_from(&self.earlier);
            row.base_share = base_share;
            row.bound_share = bound_share;
            self.shares[*member] = carried.of(share).max(bound_share);
            let taken = self.take((*member, base, &moves), &carried);
            row.day_ratio = self.day_ratio(*member);
            // A day or a month that is used up leaves the rest of it to the next place.
            let part = if can_move {
                volume_ratio(scenario, demand, &row, self.shares[*member])
            } else {
                1.0
            };
            self.shares[*member] *= part;
            self.days[*member].iter_mut().for_each(|day| *day *= part);
            for (gone, taken) in gone.iter_mut().zip(taken) {
                *gone += taken * part;
            }
            self.rows[*member] = row;
            if can_move {
                earlier.add(index, base_share, part, carried);
            }
        }
        self.earlier = earlier.is_any().then(|| Rc::new(earlier));
        for (left, gone) in self.left.iter_mut().zip(gone) {
            *left = (*left - gone).max(0.0);
        }
    }

    /// Share of a day's requests that a row takes, over its share of the peak's.
    fn day_ratio(&self, index: usize) -> f64 {
        let all: f64 = self.times[1..].iter().sum();
        let over_day = self.of_all(self.days[index].iter().copied());
        let share = self.shares[index];
        if 0.0 < share && 0.0 < all {
            over_day / all / share
        } else {
            1.0
        }
    }

    /// Lets a row take its part of each workload, as far as its limits take it, and all of what no
    /// later place takes; says what it took, time by time.
    fn take(
        &mut self,
        (index, base, moves): (usize, &[f64], &[bool]),
        carried: &Carried,
    ) -> Vec<f64> {
        let width = self.requests.len();
        let mut all_taken = vec![0.0; self.left.len()];
        for (at, multiple) in self.times.iter().enumerate() {
            let offered: Vec<f64> = self.offered(at, base).collect();
            let load_of = |moving: bool| {
                let parts = offered.iter().zip(moves);
                let parts = parts.map(|(part, moves)| if *moves == moving { *part } else { 0.0 });
                multiple * self.of_all(parts)
            };
            let (bound, free) = (load_of(false), load_of(true));
            let room = (carried.of(bound + free) - bound).max(0.0);
            let taken = if room < free { room / free } else { 1.0 };
            // The first time is the peak, not a part of the day.
            let counted = if 0 < at { *multiple } else { 0.0 };
            let cells = all_taken[at * width..(at + 1) * width].iter_mut();
            let days = self.days[index].iter_mut();
            for (((part, moves), cell), day) in offered.iter().zip(moves).zip(cells).zip(days) {
                let part = if *moves { part * taken } else { *part };
                *cell = part;
                *day += counted * part;
            }
        }
        all_taken
    }

    fn done<'r>(mut self, scenario: &Scenario, demand: &Demand) -> Spread<'r, 'a> {
        let all: f64 = self.times[1..].iter().sum();
        let day = |part: &f64| if 0.0 < all { part / all } else { 0.0 };
        let days: Vec<Vec<f64>> = self
            .days
            .iter()
            .map(|row| row.iter().map(day).collect())
            .collect();
        for (index, day) in days.iter().enumerate() {
            let (share, over_day) = (self.shares[index], self.of_all(day.iter().copied()));
            let row = &mut self.rows[index];
            if 0.0 < over_day {
                // What a day counts is counted for the day's own mix.
                let daily = recounted(scenario, demand, row, day).tokens;
                row.tokens.daily = daily.daily;
                (row.tokens.usd, row.tokens.batched) = (daily.usd, daily.batched);
            }
            row.day_ratio = if 0.0 < share { over_day / share } else { 1.0 };
        }
        let spread = Spread {
            rows: Cow::Owned(self.rows),
            shares: self.shares,
            by_workload: Some(days),
        };
        spread.with_mates(demand)
    }
}
