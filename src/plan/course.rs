//! The course of a day, place by place: who takes a request at which hour, and what is left to
//! the next place once a day, a month or ten minutes allow no more.
//!
//! At any multiple of today's load the same day is gone through again. The providers' day begins at midnight, with that of the traffic. A month is a day over and
//! over; once it is spent, all its other days go elsewhere.

use super::allowed::{Allowed, Piece, closed};
use super::carried::Carried;

/// A share below which there is nothing: a tenth of a request a day of the most that may be asked
/// for.
const NOTHING: f64 = 1e-13;

/// A stretch of a day in which requests come at one pace and find the same providers open.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moment {
    /// Its part of all days.
    length: f64,
    /// Its pace as a multiple of today's peak.
    pace: f64,
    /// Whether a day begins with it, so that what a day allows is there again.
    begins: bool,
}

/// A row of a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    /// Part of what comes to the place that it is offered, by workload.
    pub(super) base: Vec<f64>,
    /// What its limits of a rate take.
    pub(super) carried: Carried,
    pub(super) allowed: Allowed,
}

/// What a row takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    /// Requests of each workload over a day, as shares of its own.
    pub(super) days: Vec<f64>,
    /// What its day or month leaves of what it would take else.
    pub(super) part: f64,
    /// The share of the peak that it takes in its busiest stretch.
    pub(super) busiest: f64,
}

/// The stretches of all days, and what is left of the requests in each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    moments: Vec<Moment>,
    /// Share of all requests that each workload has.
    weights: Vec<f64>,
    /// Mean pace of today.
    mean: f64,
    /// Share of each workload that is left, stretch by stretch.
    left: Vec<f64>,
    /// The same that the rows of this place have not taken yet.
    next: Vec<f64>,
    /// Whether a provider was closed in any stretch.
    pub(super) is_cut: bool,
}

impl Course {
    /// A day of these paces.
    pub(super) fn new(paces: impl Iterator<Item = f64>, weights: Vec<f64>) -> Self {
        let mut moments: Vec<Moment> = paces
            .map(|pace| Moment {
                length: 1.0,
                pace,
                begins: false,
            })
            .collect();
        let count = moments.len() as f64;
        let mut sum = 0.0;
        for moment in &mut moments {
            moment.length = 1.0 / count;
            sum += moment.pace;
        }
        if let Some(first) = moments.first_mut() {
            first.begins = true;
        }
        let left = vec![1.0; moments.len() * weights.len()];
        Self {
            next: left.clone(),
            mean: sum / count,
            moments,
            weights,
            left,
            is_cut: false,
        }
    }

    /// What is left of the workloads in a stretch.
    fn left_at(&self, at: usize) -> &[f64] {
        let width = self.weights.len();
        &self.left[at * width..(at + 1) * width]
    }

    /// Share of the peak that parts of the workloads are in a stretch.
    fn load(&self, at: usize, base: &[f64]) -> f64 {
        let parts = self.left_at(at).iter().zip(base).zip(&self.weights);
        let sum: f64 = parts
            .map(|((left, part), weight)| left * part * weight)
            .sum();
        self.moments[at].pace * sum
    }

    /// The busiest stretch for these parts of what is left.
    fn busiest(&self, base: &[f64]) -> Option<usize> {
        let mut found: Option<(f64, usize)> = None;
        for at in 0..self.moments.len() {
            let load = self.load(at, base);
            if found.is_none_or(|(most, _)| most < load) {
                found = Some((load, at));
            }
        }
        found.map(|(_, at)| at)
    }

    /// What comes to a row in its busiest stretch, workload by workload, as shares of the peak's.
    pub(super) fn offered_at_most(&self, base: &[f64]) -> Option<Vec<f64>> {
        let at = self.busiest(base)?;
        let pace = self.moments[at].pace;
        let parts = self.left_at(at).iter().zip(base);
        Some(parts.map(|(left, part)| pace * left * part).collect())
    }

    /// Shares of a day's requests of each workload that come to a row.
    pub(super) fn day_of(&self, base: &[f64]) -> Vec<f64> {
        let mut days = vec![0.0; self.weights.len()];
        for (at, moment) in self.moments.iter().enumerate() {
            let parts = self.left_at(at).iter().zip(base);
            for (day, (left, part)) in days.iter_mut().zip(parts) {
                *day += moment.length * moment.pace * left * part / self.mean;
            }
        }
        days
    }

    /// The same day under a multiple of its load, before anybody has taken of it. Of limits that
    /// know no hours the busiest stretch alone tells.
    pub(super) fn at_scale(&self, scale: f64, knows_hours: bool) -> Self {
        let mut moments = self.moments.clone();
        if !knows_hours {
            let busiest = moments.iter().map(|moment| moment.pace).fold(0.0, f64::max);
            moments.truncate(1);
            moments.iter_mut().for_each(|moment| moment.pace = busiest);
        }
        moments.iter_mut().for_each(|moment| moment.pace *= scale);
        let left = vec![1.0; moments.len() * self.weights.len()];
        Self {
            next: left.clone(),
            moments,
            left,
            weights: self.weights.clone(),
            ..*self
        }
    }

    /// Lets a row take its part of what is left. Its limits take what comes first, whether a later
    /// place takes the rest or not; what none takes stays and is refused.
    pub(super) fn take(&mut self, member: &Member, moves: &[bool]) -> Taken {
        let stays = parts(&member.base, moves, false);
        let goes = parts(&member.base, moves, true);
        let mut rates = Vec::with_capacity(self.moments.len());
        let mut pieces = Vec::with_capacity(self.moments.len());
        for (of, moment) in self.moments.iter().enumerate() {
            let (bound, free) = (self.load(of, &stays), self.load(of, &goes));
            let taken = member.carried.of(bound + free);
            let rate = if taken < bound + free {
                taken / (bound + free)
            } else {
                1.0
            };
            rates.push((bound, free, rate));
            pieces.push(Piece {
                of,
                length: moment.length,
                begins: moment.begins,
                taken,
                open: 1.0,
            });
        }
        let mut taken = Taken {
            days: vec![0.0; self.weights.len()],
            part: 1.0,
            busiest: 0.0,
        };
        if member.allowed.is_any() {
            (taken.part, pieces) = closed(pieces, self.mean, &member.allowed);
            self.cut(&pieces);
        }
        for (at, piece) in pieces.iter().enumerate() {
            let (bound, free, rate) = rates[piece.of];
            let open = rate * piece.open;
            taken.busiest = taken.busiest.max(bound + free * open);
            self.give(at, (&member.base, moves), open, &mut taken.days);
        }
        taken
    }

    /// Gives a row its parts of what is left in a stretch.
    fn give(&mut self, at: usize, (base, moves): (&[f64], &[bool]), open: f64, days: &mut [f64]) {
        let width = self.weights.len();
        let of_day = self.moments[at].length * self.moments[at].pace / self.mean;
        for (w, day) in days.iter_mut().enumerate() {
            let cell = at * width + w;
            let part = self.left[cell] * base[w] * if moves[w] { open } else { 1.0 };
            self.next[cell] = left_after(self.next[cell], part);
            *day += of_day * part;
        }
    }

    /// All rows of a place have taken their parts.
    pub(super) fn next_place(&mut self) {
        self.left.clone_from(&self.next);
    }

    /// Makes the pieces the stretches of all rows.
    fn cut(&mut self, pieces: &[Piece]) {
        if pieces.iter().all(|piece| 0.0 < piece.open) {
            return;
        }
        self.is_cut = true;
        let width = self.weights.len();
        let cells = |cells: &[f64]| {
            let mut cut = Vec::with_capacity(pieces.len() * width);
            for piece in pieces {
                cut.extend_from_slice(&cells[piece.of * width..(piece.of + 1) * width]);
            }
            cut
        };
        (self.left, self.next) = (cells(&self.left), cells(&self.next));
        let moments = pieces.iter().map(|piece| Moment {
            length: piece.length,
            pace: self.moments[piece.of].pace,
            begins: piece.begins,
        });
        self.moments = moments.collect();
    }
}

/// What is left of a share once a part is taken. What rounding leaves over comes to nobody, or a
/// later place that is closed would refuse it.
pub(super) fn left_after(share: f64, part: f64) -> f64 {
    let left = share - part;
    if left < NOTHING { 0.0 } else { left }
}

/// Those of the parts that may go on to a later place, or the others.
pub(super) fn parts(all: &[f64], moves: &[bool], moving: bool) -> Vec<f64> {
    let parts = all.iter().zip(moves);
    let part = |(part, moves): (&f64, &bool)| if *moves == moving { *part } else { 0.0 };
    parts.map(part).collect()
}
