//! Exhaustion of a provider's allowances: it then stays closed until the next day, the next month,
//! or the end of the ten minutes.

/// Relative tolerance for rounding before an allowance counts as spent.
pub(super) const ROUNDING: f64 = 1e-9;

/// Shares of the requests at which allowances are spent; infinite without an allowance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Allowed {
    /// Share of the peak within any ten minutes.
    pub(super) ten_minutes: f64,
    /// Share of a day's requests.
    pub(super) day: f64,
    /// Of a month's, of what goes on at once.
    pub(super) month: f64,
    /// Of a day's: what waits in batches, which keeps out no other request.
    pub(super) batches: f64,
    /// Of a month's, with which its dollars are spent: were all at once, and were all in batches.
    pub(super) spending: (f64, f64),
}

impl Default for Allowed {
    fn default() -> Self {
        Self {
            ten_minutes: f64::INFINITY,
            day: f64::INFINITY,
            month: f64::INFINITY,
            batches: f64::INFINITY,
            spending: (f64::INFINITY, f64::INFINITY),
        }
    }
}

impl Allowed {
    /// The same with this many times the counters that each hold a part of it.
    pub(super) fn grown(mut self, by: f64) -> Self {
        let all = [&mut self.ten_minutes, &mut self.day, &mut self.month];
        for allowed in all.into_iter().chain([&mut self.batches]) {
            *allowed *= by;
        }
        self.spending = (self.spending.0 * by, self.spending.1 * by);
        self
    }

    /// The smaller of two allowances each.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            ten_minutes: self.ten_minutes.min(other.ten_minutes),
            day: self.day.min(other.day),
            month: self.month.min(other.month),
            batches: self.batches.min(other.batches),
            spending: (
                self.spending.0.min(other.spending.0),
                self.spending.1.min(other.spending.1),
            ),
        }
    }

    /// Whether any allowance is finite.
    pub(super) fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

/// Part of one input interval after splitting at open/closed transitions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) of: usize,
    pub(super) length: f64,
    /// Index of its ten minutes.
    pub(super) window: usize,
    /// Whether a day begins with it.
    pub(super) begins: bool,
    /// Share of the peak that the row takes while it is open.
    pub(super) taken: f64,
    /// Part of the piece that is taken.
    pub(super) open: f64,
    /// Part taken, ignoring the ten-minute allowance.
    pub(super) open_by_days: f64,
    /// Share of the peak that comes in batches.
    pub(super) batched: f64,
    /// Part of that which is taken.
    pub(super) open_to_batches: f64,
}

/// Period after which an allowance is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    /// Each input interval has its own allowance.
    TenMinutes,
    Day,
}

/// Splits the pieces into those in which a row is open and those in which it is closed.
pub(super) fn closed(pieces: Vec<Piece>, mean: f64, allowed: &Allowed) -> Vec<Piece> {
    let pieces = spent(pieces, allowed.ten_minutes, Run::TenMinutes);
    let mut pieces = spent(pieces, allowed.day * mean, Run::Day);
    queue(&mut pieces, allowed.batches * mean);
    let used = |share: f64, allowed: f64| if 0.0 < share { share / allowed } else { 0.0 };
    let pieces = month(pieces, |piece| used(piece.at_once() / mean, allowed.month));
    let (at_once, in_batches) = allowed.spending;
    month(pieces, |piece| {
        let batches = used(piece.in_batches() / mean, in_batches);
        used(piece.at_once() / mean, at_once) + batches
    })
}

/// Takes of each day's batches as many as may wait.
fn queue(pieces: &mut [Piece], allowed: f64) {
    for day in pieces.chunk_by_mut(|_, next| !next.begins) {
        let length: f64 = day.iter().map(|piece| piece.length).sum();
        let offered: f64 = day.iter().map(Piece::in_batches).sum();
        let most = allowed * length;
        if most * (1.0 + ROUNDING) < offered {
            for piece in day {
                piece.open_to_batches = most / offered;
            }
        }
    }
}

/// Sum of the shares of the peak that are taken, each times its length.
fn taken(pieces: &[Piece]) -> f64 {
    pieces.iter().map(Piece::at_once).sum()
}

/// Closes the pieces from the moment at which the allowance of their run is spent.
fn spent(pieces: Vec<Piece>, allowed: f64, run: Run) -> Vec<Piece> {
    if allowed.is_infinite() {
        return pieces;
    }
    let mut closed = Vec::with_capacity(pieces.len() + 1);
    for run_of in pieces.chunk_by(|last, next| match run {
        Run::TenMinutes => last.window == next.window,
        Run::Day => !next.begins,
    }) {
        let length: f64 = run_of.iter().map(|piece| piece.length).sum();
        let most = allowed * length;
        let is_spent = most * (1.0 + ROUNDING) < taken(run_of);
        let mut left = if is_spent { most } else { f64::INFINITY };
        for piece in run_of {
            let taken = piece.at_once();
            if run == Run::Day && is_spent && left <= 0.0 {
                // Also where ten minutes have closed it before.
                closed.push(Piece {
                    open: 0.0,
                    open_by_days: 0.0,
                    ..*piece
                });
            } else if taken <= left {
                left -= taken;
                closed.push(*piece);
            } else {
                piece.split(left / taken, run, &mut closed);
                left = 0.0;
            }
        }
    }
    closed
}

/// The same, closed on all days after that on which what a month allows is spent: each stretch
/// uses a part of it.
fn month(pieces: Vec<Piece>, used: impl Fn(&Piece) -> f64) -> Vec<Piece> {
    let of_days = |days: &[Piece]| -> f64 { days.iter().map(&used).sum() };
    if of_days(&pieces) <= 1.0 + ROUNDING {
        return pieces;
    }
    let mut closed = Vec::with_capacity(pieces.len() * 2);
    let mut left = 1.0;
    for days in pieces.chunk_by(|_, next| !next.begins) {
        let used = of_days(days);
        let open = if left < used { left / used } else { 1.0 };
        left = (left - used).max(0.0);
        let parts = [(open, 1.0), (1.0 - open, 0.0)];
        for (length, open) in parts.into_iter().filter(|(length, _)| 0.0 < *length) {
            closed.extend(days.iter().map(|piece| Piece {
                length: piece.length * length,
                open: piece.open * open,
                open_by_days: piece.open_by_days * open,
                open_to_batches: piece.open_to_batches * open,
                ..*piece
            }));
        }
    }
    closed
}

impl Piece {
    /// Share of the peak that is taken at once, times its length.
    fn at_once(&self) -> f64 {
        self.length * self.taken * self.open
    }

    /// The same of batches.
    fn in_batches(&self) -> f64 {
        self.length * self.batched * self.open_to_batches
    }

    /// Adds the part in which the row is open, and the rest in which it is closed.
    fn split(self, open: f64, run: Run, pieces: &mut Vec<Self>) {
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
                open_by_days: match run {
                    Run::TenMinutes => self.open_by_days,
                    Run::Day => 0.0,
                },
                ..self
            });
        }
    }
}
