//! What earlier places leave to the next one, at any multiple of today's load.

use std::rc::Rc;

use super::allowed::Allowed;
use super::carried::Carried;
use super::course::{Course, Member};
use crate::model::limit;

/// Multiple of today's load beyond which nothing is full.
const FAR: f64 = 1e9;

/// A row of an earlier place.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    place: usize,
    /// Part of what comes to its place that it is offered, what its limits of a rate take of it,
    /// and what is allowed to it.
    member: Member,
}

/// The rows of the places before one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Earlier {
    rows: Vec<Row>,
    /// The day under today's load.
    day: Rc<Course>,
}

impl Earlier {
    /// None yet, on a day of all requests.
    pub(super) fn of_day(day: Rc<Course>) -> Self {
        let rows = Vec::new();
        Self { rows, day }
    }

    /// Adds a row of a place; places come in their order.
    pub(super) fn add(&mut self, place: usize, base: f64, carried: Carried, allowed: Allowed) {
        let member = Member {
            base: vec![base],
            carried,
            allowed,
        };
        self.rows.push(Row { place, member });
    }

    /// Whether there is any: without, all comes to the next place.
    pub(super) fn is_any(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Whether any of them may be closed for a time.
    fn is_ever_closed(&self) -> bool {
        self.rows.iter().any(|row| row.member.allowed.is_any())
    }

    /// What is left of a multiple of today's peak.
    fn left(&self, scale: f64) -> f64 {
        if self.is_ever_closed() {
            return self.passed(scale).left_at_most();
        }
        let mut left = scale;
        for place in self.rows.chunk_by(|a, b| a.place == b.place) {
            let taken = place.iter().map(|row| &row.member);
            let taken = taken.map(|row| row.carried.of(row.base[0] * left));
            left = (left - taken.sum::<f64>()).max(0.0);
        }
        left
    }

    /// The day under a multiple of its load, once all of them have taken what they may.
    fn passed(&self, scale: f64) -> Course {
        let mut course = self.day.scaled(scale);
        for place in self.rows.chunk_by(|a, b| a.place == b.place) {
            for row in place {
                course.take(&row.member, &[true]);
            }
            course.next_place();
        }
        course
    }

    /// Multiple of today's load at which so much is left at the busiest time; none where it never
    /// is.
    pub(super) fn scale_that_leaves(&self, wanted: f64) -> Option<f64> {
        scale_at(wanted, |scale| self.left(scale))
    }

    /// The same of a day's requests, of which a row has so many times its share of the peak.
    pub(super) fn scale_that_leaves_of_a_day(&self, wanted: f64, day_ratio: f64) -> Option<f64> {
        if self.is_ever_closed() {
            let left = |scale| self.passed(scale).left_over_days();
            return scale_at(wanted * day_ratio, left);
        }
        self.scale_that_leaves(wanted)
    }
}

/// Multiple of today's load at which something that grows with it reaches a value.
fn scale_at(wanted: f64, of: impl Fn(f64) -> f64) -> Option<f64> {
    const ALIKE: f64 = 1e-13;
    let mut high = wanted.max(1.0);
    while of(high) < wanted {
        if FAR < high {
            return None;
        }
        high *= 2.0;
    }
    let mut low = 0.0;
    while ALIKE * high < high - low {
        let middle = f64::midpoint(low, high);
        if middle <= low || high <= middle {
            break;
        }
        if of(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(limit::snapped(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier() -> Earlier {
        Earlier::of_day(Rc::new(Course::new([1.0].into_iter(), vec![1.0])))
    }

    #[test]
    fn each_row_takes_its_part_until_it_is_full() {
        // A sixth to one that holds far more, five sixths to one that holds a tenth of the peak.
        let mut earlier = earlier();
        let most = |share| (Carried::up_to(share), Allowed::default());
        let mut add = |place, base, (carried, allowed)| earlier.add(place, base, carried, allowed);
        add(0, 1.0 / 6.0, most(10.0));
        add(0, 5.0 / 6.0, most(0.1));
        // s × 5/6 − 0.1 = 0.576: s = 0.8112.
        let scale = earlier.scale_that_leaves(0.576).expect("it is left");
        assert!((scale - 0.676 * 6.0 / 5.0).abs() < 1e-9, "{scale}");
        // Behind a second place that takes half a peak.
        earlier.add(1, 1.0, Carried::up_to(0.5), Allowed::default());
        let scale = earlier.scale_that_leaves(0.076).expect("it is left");
        assert!((scale - 0.676 * 6.0 / 5.0).abs() < 1e-9, "{scale}");
    }

    #[test]
    fn a_row_without_an_end_leaves_nothing() {
        let mut earlier = earlier();
        earlier.add(0, 1.0, Carried::default(), Allowed::default());
        assert_eq!(earlier.scale_that_leaves(0.1), None);
    }

    #[test]
    fn a_day_that_is_spent_leaves_all_of_what_comes_then() {
        // Half a day's requests are allowed: from a load of more than a half on, all of the
        // requests of some hour are left, be they few over the day.
        let mut earlier = earlier();
        let allowed = Allowed {
            day: 0.5,
            ..Allowed::default()
        };
        earlier.add(0, 1.0, Carried::default(), allowed);
        let scale = earlier.scale_that_leaves(0.3).expect("it is left");
        assert!((scale - 0.5).abs() < 1e-8, "{scale}");
        let scale = earlier.scale_that_leaves(0.8).expect("it is left");
        assert!((scale - 0.8).abs() < 1e-8, "{scale}");
        // Of the day's requests 0.3 are left at 0.8.
        let scale = earlier
            .scale_that_leaves_of_a_day(0.3, 1.0)
            .expect("it is left");
        assert!((scale - 0.8).abs() < 1e-8, "{scale}");
    }
}
