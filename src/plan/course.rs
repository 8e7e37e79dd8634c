//! The course of a day, place by place: who takes a request at which hour, and what is left to
//! the next place once a day, a month or ten minutes allow no more.
//!
//! The providers' day begins at midnight, with that of the traffic. A month is a day over and
//! over; once it is spent, all its other days go elsewhere.

use super::carried::Carried;

/// Stretches beyond which one that is open for a part is no longer cut in two.
const MOST: usize = 2_304;
/// Share by which an allowance may be exceeded before it is spent: room for rounding.
const ROUNDING: f64 = 1e-9;

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

/// Shares of the requests at which what is allowed is spent, without end where nothing is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Allowed {
    /// Of the peak: in any ten minutes.
    pub(super) ten_minutes: f64,
    /// Of a day's.
    pub(super) day: f64,
    /// Of a month's.
    pub(super) month: f64,
    /// Of a day's: what waits in batches, which keeps out no other hour.
    pub(super) batches: f64,
}

impl Default for Allowed {
    fn default() -> Self {
        Self {
            ten_minutes: f64::INFINITY,
            day: f64::INFINITY,
            month: f64::INFINITY,
            batches: f64::INFINITY,
        }
    }
}

impl Allowed {
    /// Whether anything is.
    pub(super) fn is_any(&self) -> bool {
        *self != Self::default()
    }
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

/// A stretch of before, or a part of it.
#[derive(Debug, Clone, Copy)]
struct Piece {
    of: usize,
    length: f64,
    begins: bool,
    /// Shares of the peak that come in it: what only this row takes, and what may go elsewhere.
    bound: f64,
    free: f64,
    /// Part of the second that is taken.
    open: f64,
}

/// The stretches of all days, and what is left of the requests in each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    moments: Vec<Moment>,
    /// Share of all requests that each workload has.
    weights: Vec<f64>,
    /// Mean pace.
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

    /// The same day under a multiple of its load; shares stay those of today's.
    pub(super) fn scaled(&self, scale: f64) -> Self {
        let mut scaled = self.clone();
        for moment in &mut scaled.moments {
            moment.pace *= scale;
        }
        scaled
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

    /// Largest share of the peak that is left in any stretch.
    pub(super) fn left_at_most(&self) -> f64 {
        let all = vec![1.0; self.weights.len()];
        let at = self.busiest(&all);
        at.map_or(0.0, |at| self.load(at, &all))
    }

    /// Share of a day's requests, in today's, that is left over all days.
    pub(super) fn left_over_days(&self) -> f64 {
        let all = vec![1.0; self.weights.len()];
        let loads = self.moments.iter().enumerate();
        let sum: f64 = loads.map(|(at, it)| it.length * self.load(at, &all)).sum();
        sum / self.mean
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

    /// Lets a row take its part of what is left: all of what no later place takes, and of the
    /// rest as much as it may.
    pub(super) fn take(&mut self, member: &Member, moves: &[bool]) -> Taken {
        let stays = parts(&member.base, moves, false);
        let goes = parts(&member.base, moves, true);
        let moments = 0..self.moments.len();
        let loads = moments.map(|at| {
            let (bound, free) = (self.load(at, &stays), self.load(at, &goes));
            let room = (member.carried.of(bound + free) - bound).max(0.0);
            (bound, free.min(room))
        });
        let loads: Vec<(f64, f64)> = loads.collect();
        let mut part = 1.0;
        let mut open = Vec::new();
        if member.allowed.is_any() {
            let pieces;
            (part, pieces) = self.pieces(&loads, &member.allowed);
            open = pieces.iter().map(|piece| piece.open).collect();
            self.cut(&pieces);
        }
        let mut taken = Taken {
            days: vec![0.0; self.weights.len()],
            part,
            busiest: 0.0,
        };
        for at in 0..self.moments.len() {
            let (bound, free) = (self.load(at, &stays), self.load(at, &goes));
            let room = (member.carried.of(bound + free) - bound).max(0.0);
            let rate = if room < free { room / free } else { 1.0 };
            let open = rate * open.get(at).copied().unwrap_or(1.0);
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
            self.next[cell] = (self.next[cell] - part).max(0.0);
            *day += of_day * part;
        }
    }

    /// All rows of a place have taken their parts.
    pub(super) fn next_place(&mut self) {
        self.left.clone_from(&self.next);
    }

    /// The stretches in which a row is open, and those in which it is not; and the part that is
    /// left of what it would take with only its limit of ten minutes.
    fn pieces(&self, loads: &[(f64, f64)], allowed: &Allowed) -> (f64, Vec<Piece>) {
        let pieces = self.ten_minutes(loads, allowed.ten_minutes);
        let (before, all) = (self.taken(&pieces, false), self.taken(&pieces, true));
        let mut pieces = self.day(pieces, allowed.day);
        if all * (1.0 - ROUNDING) > allowed.batches {
            for piece in &mut pieces {
                piece.open *= allowed.batches / all;
            }
        }
        let pieces = self.month(pieces, allowed.month);
        let after = self.taken(&pieces, false);
        let part = if 0.0 < before { after / before } else { 1.0 };
        (part.min(1.0), pieces)
    }

    /// Shares of a day's requests that are taken, with or without those that nobody else takes.
    fn taken(&self, pieces: &[Piece], with_bound: bool) -> f64 {
        let one = |piece: &Piece| {
            let bound = if with_bound { piece.bound } else { 0.0 };
            piece.length * (bound + piece.free * piece.open)
        };
        pieces.iter().map(one).sum::<f64>() / self.mean
    }

    /// The stretches, in two pieces where ten minutes are spent before they are over.
    fn ten_minutes(&self, loads: &[(f64, f64)], allowed: f64) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(loads.len());
        for (of, (moment, (bound, free))) in self.moments.iter().zip(loads).enumerate() {
            let piece = Piece {
                of,
                length: moment.length,
                begins: moment.begins,
                bound: *bound,
                free: *free,
                open: 1.0,
            };
            let room = (allowed - bound).max(0.0);
            if *free <= room * (1.0 + ROUNDING) {
                pieces.push(piece);
            } else if loads.len() < MOST {
                piece.split(room / free, &mut pieces);
            } else {
                pieces.push(Piece {
                    open: room / free,
                    ..piece
                });
            }
        }
        pieces
    }

    /// The same, closed from the moment in which what a day allows is spent.
    fn day(&self, pieces: Vec<Piece>, allowed: f64) -> Vec<Piece> {
        if allowed.is_infinite() {
            return pieces;
        }
        let mut closed = Vec::with_capacity(pieces.len() + 1);
        for day in pieces.chunk_by(|_, next| !next.begins) {
            let length: f64 = day.iter().map(|piece| piece.length).sum();
            let most = allowed * length;
            let is_spent = most * (1.0 + ROUNDING) < self.taken(day, true);
            let mut left = if is_spent {
                most * self.mean
            } else {
                f64::INFINITY
            };
            for piece in day {
                let taken = piece.length * (piece.bound + piece.free * piece.open);
                if taken <= left {
                    left -= taken;
                    closed.push(*piece);
                } else {
                    piece.split(left / taken, &mut closed);
                    left = 0.0;
                }
            }
        }
        closed
    }

    /// The same, closed on all days after that on which what a month allows is spent.
    fn month(&self, pieces: Vec<Piece>, allowed: f64) -> Vec<Piece> {
        if self.taken(&pieces, true) <= allowed * (1.0 + ROUNDING) {
            return pieces;
        }
        let mut closed = Vec::with_capacity(pieces.len() * 2);
        let mut left = allowed;
        for days in pieces.chunk_by(|_, next| !next.begins) {
            let taken = self.taken(days, true);
            let open = if left < taken { left / taken } else { 1.0 };
            left = (left - taken).max(0.0);
            let parts = [(open, 1.0), (1.0 - open, 0.0)];
            for (length, open) in parts.into_iter().filter(|(length, _)| 0.0 < *length) {
                closed.extend(days.iter().map(|piece| Piece {
                    length: piece.length * length,
                    open: piece.open * open,
                    ..*piece
                }));
            }
        }
        closed
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

impl Piece {
    /// Adds the part in which the row is open, and the rest in which it is closed.
    fn split(self, open: f64, pieces: &mut Vec<Self>) {
        if 0.0 < open {
            pieces.push(Self {
                length: self.length * open,
                ..self
            });
        }
        if open < 1.0 {
            pieces.push(Self {
                length: self.length * (1.0 - open),
                begins: self.begins && open <= 0.0,
                open: 0.0,
                ..self
            });
        }
    }
}

/// Those of the parts that may go on to a later place, or the others.
pub(super) fn parts(all: &[f64], moves: &[bool], moving: bool) -> Vec<f64> {
    let parts = all.iter().zip(moves);
    let part = |(part, moves): (&f64, &bool)| if *moves == moving { *part } else { 0.0 };
    parts.map(part).collect()
}
