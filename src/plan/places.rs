//! Requests that are spread place by place: what one place refuses goes to the next, at each hour
//! of a day. Batches know no hours: they go to the first place that may take them, and on where too
//! many of them wait.

use std::borrow::Cow;
use std::rc::Rc;

use super::account::is_one_organization;
use super::admission::{takes, takes_in_batch};
use super::allowed::Allowed;
use super::carried::Carried;
use super::counting::CountedRow;
use super::course::Course;
use super::member::{ByPods, Member, Taken};
use super::recount::recounted;
use super::served;
use super::settled::{Comes, settled};
use super::shares::{Parts, Spread};
use super::spill::{Behind, Earlier};
use super::standing::{Beside, Standing, of_kind};
use super::streams::{Streams, parts};
use super::stretch::by_stretch;
use super::{Demand, LimitKind, mates};
use crate::model::day::day_profile;
use crate::model::order::sorted_by;
use crate::scenario::{Scenario, Scope};

/// Which days are gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// All of a month, also those after its allowances are spent.
    All,
    /// Those before any allowance of a month is spent.
    BeforeSpent,
}

/// Spreads the requests over rows by their order, and by their weights in each place.
pub(super) fn by_place<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
    days: Days,
) -> Spread<'r, 'a> {
    let mut places = Places::new(scenario, demand, rows, days);
    let orders = places.carrying().map(|(_, row)| row.provider.order);
    let mut orders = sorted_by(orders.collect(), |order| (0, f64::from(*order)));
    orders.dedup();
    for place in orders.into_iter().enumerate() {
        places.fill(place);
    }
    places.done()
}

/// The peak and the day, place by place.
struct Places<'s, 'a> {
    streams: Streams<'s>,
    rows: Vec<CountedRow<'a>>,
    /// Who may go where, by row and workload.
    ways: Vec<Vec<bool>>,
    /// What is left of the requests, hour by hour.
    course: Course,
    shares: Vec<f64>,
    /// Share of each stream of requests, by row.
    parts: Vec<Parts>,
    /// The rows of earlier places.
    earlier: Option<Rc<Earlier>>,
    days: Days,
}

impl<'s, 'a> Places<'s, 'a> {
    fn new(
        scenario: &'s Scenario,
        demand: &'s Demand,
        rows: &[CountedRow<'a>],
        days: Days,
    ) -> Self {
        let traffic = &scenario.traffic;
        let day = day_profile(&traffic.shape.hourly(), traffic.peak_multiplier);
        let rates = day.iter().map(|rate| rate / traffic.peak_multiplier);
        let streams = Streams::of(scenario, demand);
        let (weights, live) = (&streams.weights, streams.live);
        let mut places = Self {
            course: Course::new(rates, (weights.clone(), live)),
            parts: vec![Parts::none(weights.len(), live); rows.len()],
            shares: vec![0.0; rows.len()],
            ways: scenario.ways(),
            rows: rows.to_vec(),
            streams,
            earlier: None,
            days,
        };
        if places.has_mates() {
            places.course.keep();
        }
        places
    }

    fn carrying(&self) -> impl Iterator<Item = (usize, &CountedRow<'a>)> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| 0.0 < row.weight)
    }

    /// Whether limits hold rows of several places together.
    fn has_mates(&self) -> bool {
        self.carrying().any(|(_, row)| {
            self.carrying().any(|(_, mate)| {
                row.provider.order < mate.provider.order && is_one_organization(row, mate)
            })
        })
    }

    /// Share of each stream that falls to a row among those of its place.
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
        let shares: Vec<f64> = self.ways[index].iter().enumerate().map(share).collect();
        // Batches may go where the others go.
        shares.repeat(self.streams.weights.len() / self.streams.live)
    }

    /// Whether a later place takes a workload.
    fn has_later(&self, workload: usize, place: u32) -> bool {
        let mut rows = self.carrying();
        rows.any(|(index, row)| place < row.provider.order && self.ways[index][workload])
    }

    /// Whether a row takes the requests of a stream, as far as their size goes.
    fn takes(&self, row: usize, stream: usize) -> bool {
        let workload = &self.streams.scenario.workloads[stream % self.streams.live];
        if stream < self.streams.live {
            takes(workload, &self.rows[row], self.streams.demand)
        } else {
            takes_in_batch(workload, &self.rows[row], self.streams.demand)
        }
    }

    /// Gives the rows of a place what the earlier ones left; what no later place takes stays, and
    /// is refused as often as what goes on.
    fn fill(&mut self, (index, place): (usize, u32)) {
        let members = self
            .carrying()
            .filter(|(_, row)| row.provider.order == place);
        let members: Vec<usize> = members.map(|(index, _)| index).collect();
        let streams = 0..self.streams.weights.len();
        let moves: Vec<bool> = streams
            .map(|it| self.has_later(it % self.streams.live, place))
            .collect();
        let base = |row: &usize| {
            let mut base = self.by_weight(*row);
            // What a row refuses for its size alone goes on.
            for (stream, part) in base.iter_mut().enumerate() {
                if moves[stream] && !self.takes(*row, stream) {
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
            let comes = self.comes(&base, &moves);
            let member = self.offer(row, (base, moves.clone()), &comes);
            let taken = self.course.take(&member);
            self.settle(&member, &comes, taken);
            if self.rows[row].at.spills || self.course.keeps() {
                earlier.add(index, member);
            }
        }
        self.course.next_place();
        self.earlier = earlier.is_any().then(|| Rc::new(earlier));
    }

    /// What comes to a row that is offered a part of each stream.
    fn comes(&self, base: &[f64], moves: &[bool]) -> Comes {
        // Once others are closed for a time, that is the time to judge by.
        let is_cut = self.course.is_cut;
        let busiest = is_cut.then(|| self.course.offered_at_most(base));
        let peak = busiest.flatten();
        let peak = peak.unwrap_or_else(|| self.course.offered_at_peak(base));
        let day = self.course.day_of(base);
        let stays = self.streams.of_all(&parts(&peak, moves, false));
        let batches_stay = self.streams.in_batches(&parts(&day, moves, false));
        Comes {
            live: (self.streams.of_all(&peak), stays),
            batched: (self.streams.in_batches(&day), batches_stay),
            peak,
            day,
        }
    }

    /// What other rows count of the limits that a row shares with them: those of its place under
    /// the part of it that they are offered, and those of earlier places under what they take.
    fn mates(&self, index: usize) -> (Beside, Vec<(usize, Vec<Beside>)>) {
        let row = &self.rows[index];
        let (mut in_place, mut earlier) = (Beside::default(), Vec::new());
        for (other, mate) in self.carrying() {
            let is_later = row.provider.order < mate.provider.order;
            if is_later || !is_one_organization(row, mate) {
                continue;
            }
            if row.provider.order == mate.provider.order {
                let base = self.by_weight(other);
                let offered = recounted(self.streams.scenario, self.streams.demand, mate, &base);
                let loads = mates::loads(
                    self.streams.demand,
                    row,
                    (&offered, self.streams.of_all(&base)),
                );
                in_place = std::array::from_fn(|kind| in_place[kind] + loads[kind]);
            } else {
                earlier.push((other, mates::loads_by_stream(&self.streams, row, mate)));
            }
        }
        (in_place, earlier)
    }

    /// What rows of earlier places count, where the row is busiest, or over a day.
    fn before(&self, base: &[f64], rows: &[(usize, Vec<Beside>)]) -> Beside {
        let mut before = Beside::default();
        if rows.is_empty() {
            return before;
        }
        let none = vec![0.0; base.len()];
        for kind in LimitKind::ALL {
            let of_kind = of_kind(rows, kind);
            before[kind as usize] = if kind.is_of_volume() {
                self.course.over_day(&of_kind, (&none, &none))
            } else {
                self.course.counted_beside(base, &of_kind)
            };
        }
        before
    }

    /// Counts a row for what comes to it.
    fn offer(&mut self, index: usize, split: (Vec<f64>, Vec<bool>), comes: &Comes) -> Member {
        let (base, moves) = split;
        let (in_place, before_by) = self.mates(index);
        let before = self.before(&base, &before_by);
        let spills = comes.can_move(&moves);
        let (mut carried, mut allowed) = (Carried::default(), Allowed::default());
        let mut by_pods = None;
        if spills {
            let limits = |row: &CountedRow<'_>, scopes: &[Scope]| {
                self.limits((row, scopes), &base, comes, (&in_place, &before))
            };
            let row = &self.rows[index];
            (carried, allowed) = limits(row, served::ALL_SCOPES);
            by_pods = by_pods_of(row, limits).map(Rc::new);
        }
        let mut earlier = self.earlier.clone();
        if spills && 0.0 < comes.live.1 + comes.batched.1 {
            // Its own refusals tell when it is full: those of what stays.
            earlier
                .get_or_insert_with(|| Rc::new(Earlier::of_day(self.course.at_scale(1.0, true))));
        }
        self.rows[index].at = Standing {
            spills,
            moves: moves.clone(),
            earlier: earlier.map(|rows| rows as Rc<dyn Behind>),
            base: base.clone(),
            bound_share: comes.live.1,
            bound_batches: comes.batched.1,
            ten_minutes: allowed.ten_minutes,
            before,
            before_by,
            ..Standing::default()
        };
        Member {
            row: index,
            base,
            moves,
            carried,
            allowed,
            by_pods,
        }
    }

    /// What the limits of a row take of what comes at once, and allow of all that comes.
    fn limits(
        &self,
        (counted, scopes): (&CountedRow<'_>, &[Scope]),
        base: &[f64],
        comes: &Comes,
        (in_place, before): (&Beside, &Beside),
    ) -> (Carried, Allowed) {
        let (live, batches) = self.streams.apart(base);
        let row = |offered: &[f64], or_else: &[f64], share: f64| {
            let mix = if offered.iter().any(|part| 0.0 < *part) {
                offered
            } else {
                or_else
            };
            let mut row = recounted(self.streams.scenario, self.streams.demand, counted, mix);
            // Those of its own place grow with the row, those of earlier ones came first. A month's
            // dollars are spent by live requests and batches together.
            let part = |of: &[f64]| {
                let all = self.streams.of_all(of);
                if 0.0 < all { share / all } else { 0.0 }
            };
            let (of_stream, of_both) = (part(or_else), part(base));
            let mut own = in_place.map(|load| load * of_stream);
            let money = LimitKind::SpendMonth as usize;
            own[money] = in_place[money] * of_both;
            row.at.beside = std::array::from_fn(|kind| own[kind] + before[kind]);
            row.at.before = *before;
            row
        };
        let (demand, live_share) = (self.streams.demand, self.streams.of_all(&live));
        let at_peak = row(&comes.peak, &live, live_share);
        let carried = served::carried(
            self.streams.scenario,
            demand,
            (&at_peak, scopes),
            live_share,
        );
        let (by_day, in_batches) = self.streams.apart(&comes.day);
        let daily = row(&by_day, &live, 1.0);
        let queued = (0.0 < comes.batched.0).then(|| row(&in_batches, &batches, 1.0));
        let both = (&daily, queued.as_ref());
        let mut allowed = served::allowed(self.streams.scenario, demand, both, scopes);
        if self.days == Days::BeforeSpent {
            allowed.month = f64::INFINITY;
            allowed.spending = (f64::INFINITY, f64::INFINITY);
        }
        (carried, allowed)
    }

    /// Counts a row for what it takes.
    fn settle(&mut self, member: &Member, comes: &Comes, taken: Taken) {
        let row = &self.rows[member.row];
        let is_cut = self.course.is_cut;
        let settled = settled(&self.streams, (row, is_cut), &member.base, comes, taken);
        self.rows[member.row] = settled.row;
        // Shares sum to one but for rounding.
        self.shares[member.row] = settled.share.min(1.0);
        self.parts[member.row] = settled.parts;
    }

    fn done<'r>(mut self) -> Spread<'r, 'a> {
        for (index, Parts { day, .. }) in self.parts.iter().enumerate() {
            let over_day = self.streams.of_all(day);
            let row = &mut self.rows[index];
            if 0.0 < over_day {
                // What a day counts is counted for the day's own mix.
                let daily = recounted(self.streams.scenario, self.streams.demand, row, day).tokens;
                row.tokens.daily = daily.daily;
                row.tokens.daily_calls = daily.daily_calls;
                (row.tokens.usd, row.tokens.batched) = (daily.usd, daily.batched);
                row.tokens.batched_requests = daily.batched_requests;
            }
        }
        let spread = Spread {
            rows: Cow::Owned(self.rows),
            shares: self.shares,
            by_stream: Some(self.parts),
        };
        let mut spread = spread.with_mates(self.streams.demand);
        if self.course.keeps() {
            by_stretch(&self.streams, &mut spread, &self.course);
        }
        spread
    }
}

/// The limits of a row with any number of pods, if pods count one of them.
fn by_pods_of(
    row: &CountedRow<'_>,
    limits: impl Fn(&CountedRow<'_>, &[Scope]) -> (Carried, Allowed),
) -> Option<ByPods> {
    let is_counted = LimitKind::ALL
        .into_iter()
        .any(|kind| row.limit(kind).is_some() && row.scope_of(kind) != Scope::Provider);
    if !is_counted || !row.pods.is_variable() {
        return None;
    }
    let mut all = row.clone();
    all.pods.running = row.pods.most;
    Some(ByPods {
        pods: row.pods,
        own: limits(row, served::OF_PODS),
        at_most: limits(&all, served::ALL_SCOPES),
    })
}
