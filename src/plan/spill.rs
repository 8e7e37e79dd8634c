//! What earlier places leave to the next one, at any multiple of today's load.

use super::carried::Carried;
use crate::model::limit;

/// Multiple of today's load beyond which nothing is full.
const FAR: f64 = 1e9;

/// A row of an earlier place.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Row {
    place: usize,
    /// Part of what comes to its place that it is offered.
    base: f64,
    /// Part of it that a day or a month leaves it.
    part: f64,
    /// What its limits take.
    carried: Carried,
}

/// The rows of the places before one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Earlier {
    rows: Vec<Row>,
}

impl Earlier {
    /// Adds a row of a place; places come in their order.
    pub(super) fn add(&mut self, place: usize, base: f64, part: f64, carried: Carried) {
        self.rows.push(Row {
            place,
            base,
            part,
            carried,
        });
    }

    /// Whether there is any: without, all comes to the next place.
    pub(super) fn is_any(&self) -> bool {
        !self.rows.is_empty()
    }

    /// What is left of a multiple of today's peak.
    fn left(&self, scale: f64) -> f64 {
        let mut left = scale;
        for place in self.rows.chunk_by(|a, b| a.place == b.place) {
            let taken = place.iter();
            let taken = taken.map(|row| row.part * row.carried.of(row.base * left));
            left = (left - taken.sum::<f64>()).max(0.0);
        }
        left
    }

    /// Multiple of today's load at which so much is left; none where it never is.
    pub(super) fn scale_that_leaves(&self, wanted: f64) -> Option<f64> {
        let mut high = wanted.max(1.0);
        while self.left(high) < wanted {
            if FAR < high {
                return None;
            }
            high *= 2.0;
        }
        let mut low = 0.0;
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if self.left(middle) < wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(limit::snapped(high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_takes_its_part_until_it_is_full() {
        // A sixth to one that holds far more, five sixths to one that holds a tenth of the peak.
        let mut earlier = Earlier::default();
        earlier.add(0, 1.0 / 6.0, 1.0, Carried::up_to(10.0));
        earlier.add(0, 5.0 / 6.0, 1.0, Carried::up_to(0.1));
        // s × 5/6 − 0.1 = 0.576: s = 0.8112.
        let scale = earlier.scale_that_leaves(0.576).expect("it is left");
        assert!((scale - 0.676 * 6.0 / 5.0).abs() < 1e-9, "{scale}");
        // Behind a second place that takes half a peak.
        earlier.add(1, 1.0, 1.0, Carried::up_to(0.5));
        let scale = earlier.scale_that_leaves(0.076).expect("it is left");
        assert!((scale - 0.676 * 6.0 / 5.0).abs() < 1e-9, "{scale}");
    }

    #[test]
    fn a_row_without_an_end_leaves_nothing() {
        let mut earlier = Earlier::default();
        earlier.add(0, 1.0, 1.0, Carried::default());
        assert_eq!(earlier.scale_that_leaves(0.1), None);
    }
}
