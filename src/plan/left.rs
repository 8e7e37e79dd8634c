//! What is left of the requests of each stream, stretch by stretch.

use super::allowed::Piece;

/// A share below which there is nothing: a tenth of a request a day of the most that may be asked
/// for.
const NOTHING: f64 = 1e-13;

/// What is left of the requests, stretch by stretch.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Left {
    /// Share of each stream.
    now: Vec<f64>,
    /// The same that the rows of this place have not taken yet.
    next: Vec<f64>,
}

impl Left {
    pub(super) fn all(cells: usize) -> Self {
        Self {
            now: vec![1.0; cells],
            next: vec![1.0; cells],
        }
    }

    /// Parts of what is left of the streams in a stretch.
    pub(super) fn parts<'a>(
        &'a self,
        at: usize,
        base: &'a [f64],
    ) -> impl Iterator<Item = f64> + 'a {
        let width = base.len();
        let left = &self.now[at * width..(at + 1) * width];
        left.iter().zip(base).map(|(left, part)| left * part)
    }

    /// Gives a row its part of what is left of a stream of requests in a stretch.
    pub(super) fn give(&mut self, cell: usize, part: f64) -> f64 {
        let part = self.now[cell] * part;
        self.next[cell] = left_after(self.next[cell], part);
        part
    }

    pub(super) fn next_place(&mut self) {
        self.now.clone_from(&self.next);
    }

    /// The same in so many stretches.
    pub(super) fn alike(&self, stretches: usize) -> Self {
        Self {
            now: self.now.repeat(stretches),
            next: self.next.repeat(stretches),
        }
    }

    /// Makes the pieces the stretches.
    pub(super) fn cut(&mut self, pieces: &[Piece], width: usize) {
        cut(&mut self.now, pieces, width);
        cut(&mut self.next, pieces, width);
    }
}

/// Makes the pieces the stretches of cells.
pub(super) fn cut(cells: &mut Vec<f64>, pieces: &[Piece], width: usize) {
    let mut cut = Vec::with_capacity(pieces.len() * width);
    for piece in pieces {
        cut.extend_from_slice(&cells[piece.of * width..(piece.of + 1) * width]);
    }
    *cells = cut;
}

/// What is left of a share once a part is taken. What rounding leaves over comes to nobody, or a
/// later place that is closed would refuse it.
fn left_after(share: f64, part: f64) -> f64 {
    let left = share - part;
    if left < NOTHING { 0.0 } else { left }
}
