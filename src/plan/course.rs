//! The course of a day, place by place: the provider that takes a request at each hour, and the
//! rest for the next place once allowances per day, month or ten minutes are spent.
//!
//! The day is replayed at any multiple of today's load. The providers' day begins at midnight, as
//! does that of the traffic. A month repeats one day; once its allowance is spent, all further days
//! go elsewhere.

use super::allowed::{Piece, closed};
use super::left::{Left, cut};
use super::member::{Member, OfRow, Taken};
use super::streams::{of_all, parts};

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

/// The stretches of all days, and what is left of the requests in each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    moments: Vec<Moment>,
    /// Share of all requests that each stream has.
    weights: Vec<f64>,
    /// How many of them go on at once; those in batches come after.
    live: usize,
    /// Mean pace of today.
    mean: f64,
    left: Left,
    /// Remaining requests if the peak came in each stretch: one state for all until a provider is
    /// closed in any. `None` at other multiples than today's.
    at_peak: Option<Left>,
    /// Whether a provider was closed in any stretch.
    pub(super) is_cut: bool,
    /// What each row has taken, where limits hold several of them together.
    given: Option<Vec<(usize, Vec<f64>)>>,
}

impl Course {
    /// A day of these paces, of streams of which so many go on at once.
    pub(super) fn new(
        paces: impl ExactSizeIterator<Item = f64>,
        (weights, live): (Vec<f64>, usize),
    ) -> Self {
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
            live,
            is_cut: false,
            given: None,
        }
    }

    /// Keeps from now on what each row takes.
    pub(super) fn keep(&mut self) {
        self.given = Some(Vec::new());
    }

    /// Whether it does.
    pub(super) fn keeps(&self) -> bool {
        self.given.is_some()
    }

    /// Share of the peak that parts of the streams are in a stretch, of what goes on at once.
    fn load(&self, at: usize, base: &[f64]) -> f64 {
        self.moments[at].pace * self.live_share(&self.left, at, base)
    }

    /// Share of all requests that parts of what is left of the streams are, at once.
    fn live_share(&self, left: &Left, at: usize, base: &[f64]) -> f64 {
        let parts = left.parts(at, base).zip(&self.weights).take(self.live);
        parts.map(|(part, weight)| part * weight).sum()
    }

    /// The same in batches, of the peak.
    fn batched(&self, at: usize, base: &[f64]) -> f64 {
        let parts = self.left.parts(at, base).zip(&self.weights).skip(self.live);
        let share: f64 = parts.map(|(part, weight)| part * weight).sum();
        self.moments[at].pace * share
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

    /// What comes to a row at once in its busiest stretch, stream by stream, as shares of the
    /// peak's.
    pub(super) fn offered_at_most(&self, base: &[f64]) -> Option<Vec<f64>> {
        let at = self.busiest(base)?;
        let pace = self.moments[at].pace;
        let parts = self.left.parts(at, base).map(|part| pace * part);
        Some(self.at_once(parts.collect()))
    }

    /// What comes to a row at once at the peak on average over all days and hours, stream by
    /// stream.
    pub(super) fn offered_at_peak(&self, base: &[f64]) -> Vec<f64> {
        let all = match &self.at_peak {
            Some(left) if self.is_cut => self.summed(left, base),
            Some(left) => left.parts(0, base).collect(),
            None => Vec::new(),
        };
        self.at_once(all)
    }

    /// Without the streams in batches.
    fn at_once(&self, mut parts: Vec<f64>) -> Vec<f64> {
        for part in parts.iter_mut().skip(self.live) {
            *part = 0.0;
        }
        parts
    }

    /// Shares of a day's requests of each stream that come to a row.
    pub(super) fn day_of(&self, base: &[f64]) -> Vec<f64> {
        self.summed(&self.left, base)
    }

    /// Parts of what is left, summed over a day's requests.
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

    /// What a limit counts of rows that have taken their parts, in a stretch, at the pace of
    /// today's peak.
    fn counted(&self, at: usize, rows: &[OfRow]) -> f64 {
        let width = self.weights.len();
        let given = self.given.iter().flatten();
        let found = given.filter_map(|(row, cells)| {
            let (_, counts) = rows.iter().find(|(other, _)| other == row)?;
            Some(of_all(&cells[at * width..(at + 1) * width], counts))
        });
        found.sum()
    }

    /// The same at the busiest stretch of a row that is yet to take its part.
    pub(super) fn counted_beside(&self, base: &[f64], rows: &[OfRow]) -> f64 {
        let at = self.busiest(base);
        at.map_or(0.0, |at| self.moments[at].pace * self.counted(at, rows))
    }

    /// The most that a limit counts in any stretch, of rows that have taken their parts and of
    /// parts of what is left.
    pub(super) fn most(&self, rows: &[OfRow], (base, counts): (&[f64], &[f64])) -> f64 {
        let most = (0..self.moments.len()).map(|at| {
            let parts = self.left.parts(at, base).zip(counts);
            let own: f64 = parts.map(|(part, all)| part * all).sum();
            self.moments[at].pace * (own + self.counted(at, rows))
        });
        most.fold(0.0, f64::max)
    }

    /// What a limit counts over a day, of the same.
    pub(super) fn over_day(&self, rows: &[OfRow], (base, counts): (&[f64], &[f64])) -> f64 {
        let before = if rows.is_empty() {
            0
        } else {
            self.moments.len()
        };
        let before = (0..before).map(|at| self.of_day(at) * self.counted(at, rows));
        of_all(&self.day_of(base), counts) + before.sum::<f64>()
    }

    /// The same day under a multiple of its load, before anybody has taken of it. Of limits that
    /// know no hours the busiest stretch alone tells.
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
            given: self.given.as_ref().map(|_| Vec::new()),
            ..*self
        }
    }

    /// Lets a row take its part of what is left. Its limits take what comes first, whether a later
    /// place takes the rest or not; what none takes stays and is refused.
    pub(super) fn take(&mut self, member: &Member) -> Taken {
        let (rates, mut pieces) = self.pieces(member);
        if member.allowed.is_any() {
            pieces = closed(pieces, self.mean, &member.allowed);
            self.cut(&pieces);
        }
        let width = self.weights.len();
        let mut taken = Taken {
            days: vec![0.0; width],
            peak: vec![0.0; width],
            ..Taken::default()
        };
        let mut busiest = (0, 0.0);
        let mut given = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let (bound, free, rate) = rates[piece.of];
            let open = rate * piece.open;
            let load = bound + free * open;
            if taken.busiest < load {
                (taken.busiest, busiest) = (load, (at, open));
            }
            let of_day = self.of_day(at);
            for (stream, day) in taken.days.iter_mut().enumerate() {
                let open = if stream < self.live {
                    open
                } else {
                    piece.open_to_batches
                };
                let part = member.part(stream, open);
                let part = self.left.give(at * width + stream, part);
                *day += of_day * part;
                if self.given.is_some() {
                    given.push(part);
                }
            }
            // Until a provider is closed in any stretch, one stands for all.
            let part = if self.is_cut {
                Some(of_day)
            } else {
                (at == 0).then_some(1.0)
            };
            if let Some(part) = part {
                let peak = (part, taken.peak.as_mut_slice());
                taken.share += part * self.take_at_peak((at, piece), member, peak);
            }
        }
        let (at, open) = busiest;
        let left = self.left.parts(at, &member.base).enumerate();
        let busiest_of = left.take(self.live).map(|(stream, part)| {
            let open = if member.moves[stream] { open } else { 1.0 };
            self.moments[at].pace * part * open
        });
        taken.busiest_of = busiest_of.collect();
        if let Some(all) = &mut self.given {
            all.push((member.row, given));
        }
        taken
    }

    /// The stretches as they come to a row: of each what stays and what may go on, at once, with
    /// the part of it that limits of a rate take.
    fn pieces(&self, member: &Member) -> (Vec<(f64, f64, f64)>, Vec<Piece>) {
        let stays = parts(&member.base, &member.moves, false);
        let goes = parts(&member.base, &member.moves, true);
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
                batched: self.batched(of, &member.base),
                open_to_batches: 1.0,
            });
        }
        (rates, pieces)
    }

    /// The share of the peak that a row would take at once if it came in a stretch; a part of it is
    /// added to the shares of the streams.
    fn take_at_peak(
        &mut self,
        (at, piece): (usize, &Piece),
        member: &Member,
        (part_of_all, peak): (f64, &mut [f64]),
    ) -> f64 {
        let Some(mut left) = self.at_peak.take() else {
            return 0.0;
        };
        let share = self.live_share(&left, at, &member.base);
        let carried = member.carried.of(share);
        let open = if self.moments[at].pace < 1.0 {
            // The mean over ten minutes at the peak.
            part_of(carried.min(member.allowed.ten_minutes), share) * piece.open_by_days
        } else {
            part_of(carried, share) * piece.open
        };
        let width = member.base.len();
        let mut taken = 0.0;
        for (stream, weight) in self.weights.iter().enumerate().take(self.live) {
            let given = left.give(at * width + stream, member.part(stream, open));
            peak[stream] += part_of_all * given;
            taken += weight * given;
        }
        self.at_peak = Some(left);
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
        for (_, cells) in self.given.iter_mut().flatten() {
            cut(cells, pieces, width);
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
