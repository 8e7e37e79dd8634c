//! The course of a day, place by place: the provider that takes a request at each hour, and the
//! rest for the next place once allowances per day, month or ten minutes are spent.
//!
//! The day is replayed at any multiple of today's load. The providers' day begins at midnight, as
//! does that of the traffic. A month repeats one day; once its allowance is spent, all further days
//! go elsewhere.

use super::allowed::{Allowed, Piece, closed};
use super::carried::Carried;

/// Share that counts as 0: a tenth of a request per day at the highest load that can be entered.
const NOTHING: f64 = 1e-13;

/// A stretch of a day with a constant rate and the same open providers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moment {
    /// Part of all days.
    length: f64,
    /// Rate as a multiple of today's peak.
    pace: f64,
    /// Index of its ten minutes.
    window: usize,
    /// Whether a day begins with it, which restores daily allowances.
    begins: bool,
}

/// A row of a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    /// Part of the place's requests that the row is offered, by workload.
    pub(super) base: Vec<f64>,
    /// Load that its rate limits accept.
    pub(super) carried: Carried,
    pub(super) allowed: Allowed,
}

/// Requests that a row takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    /// Shares of each workload's daily requests.
    pub(super) days: Vec<f64>,
    /// Shares of each workload at the peak, averaged over all days and hours.
    pub(super) peak: Vec<f64>,
    /// Share of the peak, averaged over all days and hours.
    pub(super) share: f64,
    /// Share of the peak in its busiest stretch.
    pub(super) busiest: f64,
}

/// Remaining requests by stretch.
#[derive(Debug, Clone, PartialEq)]
struct Left {
    /// Remaining share per workload at the start of this place.
    now: Vec<f64>,
    /// Remaining share per workload after the rows of this place processed so far.
    next: Vec<f64>,
}

/// The stretches of all days, with the remaining requests in each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    moments: Vec<Moment>,
    /// Share of each workload in all requests.
    weights: Vec<f64>,
    /// Mean rate of today.
    mean: f64,
    left: Left,
    /// Remaining requests if the peak came in each stretch: one state for all until a provider is
    /// closed in any. `None` at other multiples than today's.
    at_peak: Option<Left>,
    /// Whether a provider was closed in any stretch.
    pub(super) is_cut: bool,
}

impl Left {
    fn all(cells: usize) -> Self {
        Self {
            now: vec![1.0; cells],
            next: vec![1.0; cells],
        }
    }

    /// Parts of the remaining workloads in a stretch.
    fn parts<'a>(&'a self, at: usize, base: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        let width = base.len();
        let left = &self.now[at * width..(at + 1) * width];
        left.iter().zip(base).map(|(left, part)| left * part)
    }

    /// Share of these parts in all requests.
    fn share(&self, at: usize, base: &[f64], weights: &[f64]) -> f64 {
        let parts = self.parts(at, base).zip(weights);
        parts.map(|(part, weight)| part * weight).sum()
    }

    /// Gives a row its part of a remaining workload in a stretch.
    fn give(&mut self, cell: usize, part: f64) -> f64 {
        let part = self.now[cell] * part;
        self.next[cell] = left_after(self.next[cell], part);
        part
    }

    fn next_place(&mut self) {
        self.now.clone_from(&self.next);
    }

    /// Repeats this state for `stretches` intervals.
    fn alike(&self, stretches: usize) -> Self {
        Self {
            now: self.now.repeat(stretches),
            next: self.next.repeat(stretches),
        }
    }

    /// Replaces the stretches by the pieces.
    fn cut(&mut self, pieces: &[Piece], width: usize) {
        for cells in [&mut self.now, &mut self.next] {
            let mut cut = Vec::with_capacity(pieces.len() * width);
            for piece in pieces {
                cut.extend_from_slice(&cells[piece.of * width..(piece.of + 1) * width]);
            }
            *cells = cut;
        }
    }
}

impl Course {
    /// A day with these rates.
    pub(super) fn new(paces: impl ExactSizeIterator<Item = f64>, weights: Vec<f64>) -> Self {
        let count = paces.len() as f64;
        let moment = |(window, pace)| Moment {
            length: 1.0 / count,
            pace,
            window,
            begins: window == 0,
        };
        let moments: Vec<Moment> = paces.enumerate().map(moment).collect();
        Self {
            mean: moments.iter().map(|moment| moment.pace).sum::<f64>() / count,
            left: Left::all(moments.len() * weights.len()),
            at_peak: Some(Left::all(weights.len())),
            moments,
            weights,
            is_cut: false,
        }
    }

    /// Load of parts of the workloads in a stretch, as a share of the peak.
    fn load(&self, at: usize, base: &[f64]) -> f64 {
        self.moments[at].pace * self.left.share(at, base, &self.weights)
    }

    /// Part of a day's requests in a stretch.
    fn of_day(&self, at: usize) -> f64 {
        let moment = &self.moments[at];
        moment.length * moment.pace / self.mean
    }

    /// The stretch with the highest load of these parts.
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

    /// Requests offered to a row in its busiest stretch by workload, as shares of the peak's.
    pub(super) fn offered_at_most(&self, base: &[f64]) -> Option<Vec<f64>> {
        let at = self.busiest(base)?;
        let pace = self.moments[at].pace;
        Some(self.left.parts(at, base).map(|part| pace * part).collect())
    }

    /// Requests offered to a row at the peak by workload, averaged over all days and hours.
    pub(super) fn offered_at_peak(&self, base: &[f64]) -> Vec<f64> {
        match &self.at_peak {
            Some(left) if self.is_cut => self.summed(left, base),
            Some(left) => left.parts(0, base).collect(),
            None => Vec::new(),
        }
    }

    /// Shares of each workload's daily requests that are offered to a row.
    pub(super) fn day_of(&self, base: &[f64]) -> Vec<f64> {
        self.summed(&self.left, base)
    }

    /// Share of all requests, from shares of the workloads.
    pub(super) fn of_all(&self, shares: &[f64]) -> f64 {
        let parts = shares.iter().zip(&self.weights);
        parts.map(|(share, weight)| share * weight).sum()
    }

    /// Parts of the remaining requests, summed over a day.
    fn summed(&self, left: &Left, base: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; base.len()];
        for at in 0..self.moments.len() {
            let of_day = self.of_day(at);
            for (sum, part) in sums.iter_mut().zip(left.parts(at, base)) {
                *sum += of_day * part;
            }
        }
        sums
    }

    /// The day at a multiple of its load, before any row has taken requests. For limits that ignore
    /// hours, only the busiest stretch is kept.
    pub(super) fn at_scale(&self, scale: f64, knows_hours: bool) -> Self {
        let mut moments = self.moments.clone();
        if !knows_hours {
            let busiest = moments.iter().map(|moment| moment.pace).fold(0.0, f64::max);
            moments.truncate(1);
            for moment in &mut moments {
                moment.pace = busiest;
            }
        }
        for moment in &mut moments {
            moment.pace *= scale;
        }
        Self {
            left: Left::all(moments.len() * self.weights.len()),
            moments,
            weights: self.weights.clone(),
            at_peak: None,
            ..*self
        }
    }

    /// Lets a row take its part of the remaining requests. Its limits accept requests regardless of
    /// later places; requests that no row takes stay and are refused.
    pub(super) fn take(&mut self, member: &Member, moves: &[bool]) -> Taken {
        let stays = parts(&member.base, moves, false);
        let goes = parts(&member.base, moves, true);
        let mut rates = Vec::with_capacity(self.moments.len());
        let mut pieces = Vec::with_capacity(self.moments.len());
        for (of, moment) in self.moments.iter().enumerate() {
            let (bound, free) = (self.load(of, &stays), self.load(of, &goes));
            let taken = member.carried.of(bound + free);
            rates.push((bound, free, part_of(taken, bound + free)));
            pieces.push(Piece {
                of,
                length: moment.length,
                window: moment.window,
                begins: moment.begins,
                taken,
                open: 1.0,
                open_by_days: 1.0,
            });
        }
        if member.allowed.is_any() {
            pieces = closed(pieces, self.mean, &member.allowed);
            self.cut(&pieces);
        }
        let mut taken = Taken {
            days: vec![0.0; self.weights.len()],
            peak: vec![0.0; self.weights.len()],
            share: 0.0,
            busiest: 0.0,
        };
        for (at, piece) in pieces.iter().enumerate() {
            let (bound, free, rate) = rates[piece.of];
            let open = rate * piece.open;
            taken.busiest = taken.busiest.max(bound + free * open);
            let of_day = self.of_day(at);
            for (w, day) in taken.days.iter_mut().enumerate() {
                let part = member.base[w] * if moves[w] { open } else { 1.0 };
                *day += of_day * self.left.give(at * member.base.len() + w, part);
            }
            // Until a provider is closed in any stretch, one stretch stands for all.
            let part = if self.is_cut {
                Some(of_day)
            } else {
                (at == 0).then_some(1.0)
            };
            if let Some(part) = part {
                let peak = (part, taken.peak.as_mut_slice());
                taken.share += part * self.take_at_peak((at, piece), member, moves, peak);
            }
        }
        taken
    }

    /// Share of the peak that a row takes if the peak came in a stretch; adds a part of it to the
    /// workloads' shares.
    fn take_at_peak(
        &mut self,
        (at, piece): (usize, &Piece),
        member: &Member,
        moves: &[bool],
        (part_of_all, peak): (f64, &mut [f64]),
    ) -> f64 {
        let Some(left) = &mut self.at_peak else {
            return 0.0;
        };
        let share = left.share(at, &member.base, &self.weights);
        let carried = member.carried.of(share);
        let open = if self.moments[at].pace < 1.0 {
            // The mean over ten minutes at the peak.
            part_of(carried.min(member.allowed.ten_minutes), share) * piece.open_by_days
        } else {
            part_of(carried, share) * piece.open
        };
        let width = member.base.len();
        let mut taken = 0.0;
        for (w, weight) in self.weights.iter().enumerate() {
            let part = member.base[w] * if moves[w] { open } else { 1.0 };
            let given = left.give(at * width + w, part);
            peak[w] += part_of_all * given;
            taken += weight * given;
        }
        taken
    }

    /// Completes a place after all its rows.
    pub(super) fn next_place(&mut self) {
        self.left.next_place();
        if let Some(left) = &mut self.at_peak {
            left.next_place();
        }
    }

    /// Replaces the stretches of all rows by the pieces.
    fn cut(&mut self, pieces: &[Piece]) {
        if pieces.iter().all(|piece| 0.0 < piece.open) {
            return;
        }
        let width = self.weights.len();
        self.left.cut(pieces, width);
        if let Some(left) = &mut self.at_peak {
            if !self.is_cut {
                *left = left.alike(self.moments.len());
            }
            left.cut(pieces, width);
        }
        self.is_cut = true;
        let moments = pieces.iter().map(|piece| Moment {
            length: piece.length,
            pace: self.moments[piece.of].pace,
            window: piece.window,
            begins: piece.begins,
        });
        self.moments = moments.collect();
    }
}

/// Part of a load that is taken.
fn part_of(taken: f64, load: f64) -> f64 {
    if taken < load { taken / load } else { 1.0 }
}

/// Share left after a part is taken. Rounding residues count as 0; otherwise a closed later place
/// would refuse them.
fn left_after(share: f64, part: f64) -> f64 {
    let left = share - part;
    if left < NOTHING { 0.0 } else { left }
}

/// The parts that may move on to a later place, or the others.
pub(super) fn parts(all: &[f64], moves: &[bool], moving: bool) -> Vec<f64> {
    let parts = all.iter().zip(moves);
    let part = |(part, moves): (&f64, &bool)| if *moves == moving { *part } else { 0.0 };
    parts.map(part).collect()
}
