//! What earlier places leave to the next one, at any multiple of today's load.
//!
//! Here the day is all requests' and a spent month is a part of each day, so that a multiple is
//! found quickly; at today's load itself `course` says who gets what.

use std::cell::OnceCell;
use std::rc::Rc;

use super::allowed::{Allowed, ROUNDING};
use super::carried::Carried;
use crate::model::day::highest;
use crate::model::limit;

/// Multiple of today's load beyond which nothing is full.
const FAR: f64 = 1e9;
/// Multiple beyond which no month is followed.
const MONTHS_FAR: f64 = 4_096.0;

/// A row of an earlier place.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Row {
    place: usize,
    /// Part of what comes to its place that it is offered.
    base: f64,
    /// What its limits of a rate take.
    carried: Carried,
    allowed: Allowed,
}

/// The rows of the places before one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Earlier {
    rows: Vec<Row>,
    /// The paces of a day as multiples of its peak.
    paces: Rc<[f64]>,
    /// Multiples of today's load from which on the rows' months are spent, row by row.
    spent_at: OnceCell<Vec<f64>>,
}

/// A day after some places: in its stretches, as multiples of the peak.
struct Day {
    /// What is left on average.
    mean: Vec<f64>,
    /// What is left in the busiest moment of each.
    most: Vec<f64>,
}

impl Earlier {
    /// None yet, on a day of these paces.
    pub(super) fn of_day(paces: Rc<[f64]>) -> Self {
        Self {
            rows: Vec::new(),
            paces,
            spent_at: OnceCell::new(),
        }
    }

    /// Adds a row of a place; places come in their order.
    pub(super) fn add(&mut self, place: usize, base: f64, carried: Carried, allowed: Allowed) {
        self.rows.push(Row {
            place,
            base,
            carried,
            allowed,
        });
        self.spent_at = OnceCell::new();
    }

    /// Whether there is any: without, all comes to the next place.
    pub(super) fn is_any(&self) -> bool {
        !self.rows.is_empty()
    }

    /// What is left of a multiple of today's peak, at the busiest time.
    fn left(&self, scale: f64) -> f64 {
        if self.rows.iter().any(|row| row.allowed.day.is_finite()) {
            return highest(&self.passed(&self.rows, scale).most);
        }
        let spent_at = self.spent_at.get_or_init(|| self.months());
        let mut left = scale;
        let mut at = 0;
        for place in self.rows.chunk_by(|a, b| a.place == b.place) {
            let mut taken = 0.0;
            for row in place {
                if scale <= spent_at[at] * (1.0 + ROUNDING) {
                    taken += row.most_of(row.base * left);
                }
                at += 1;
            }
            left = (left - taken).max(0.0);
        }
        left
    }

    /// Multiples of today's load from which on the months are spent.
    fn months(&self) -> Vec<f64> {
        let mut found = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let before = self.rows.iter().take_while(|other| other.place < row.place);
            let before = &self.rows[..before.count()];
            let volume = |scale: f64| {
                let day = self.passed(before, scale);
                let taken = day.mean.iter().map(|left| row.mean_of(row.base * left));
                taken.sum::<f64>() / self.all()
            };
            let scale = if row.allowed.month.is_finite() {
                scale_at(row.allowed.month, MONTHS_FAR, volume)
            } else {
                None
            };
            found.push(scale.unwrap_or(f64::INFINITY));
        }
        found
    }

    /// Paces of all stretches.
    fn all(&self) -> f64 {
        self.paces.iter().sum()
    }

    /// The day under a multiple of its load, once these have taken what they may.
    fn passed(&self, rows: &[Row], scale: f64) -> Day {
        let loads: Vec<f64> = self.paces.iter().map(|pace| pace * scale).collect();
        let mut day = Day {
            most: loads.clone(),
            mean: loads,
        };
        let mut taken = vec![0.0; self.paces.len()];
        for place in rows.chunk_by(|a, b| a.place == b.place) {
            let (mut mean, mut most) = (day.mean.clone(), day.most.clone());
            for row in place {
                let open_until = self.taken(row, &day, &mut taken);
                let volume = taken.iter().sum::<f64>() / self.all();
                let part = part(row.allowed.month, volume) * part(row.allowed.batches, volume);
                let is_open = volume <= row.allowed.month * (1.0 + ROUNDING);
                for (at, taken) in taken.iter().enumerate() {
                    mean[at] = (mean[at] - taken * part).max(0.0);
                    if is_open && at < open_until {
                        most[at] = (most[at] - row.most_of(row.base * day.most[at])).max(0.0);
                    }
                }
            }
            day = Day { mean, most };
        }
        day
    }

    /// What a row takes of the day until its own is spent, and the stretch in which that is.
    fn taken(&self, row: &Row, day: &Day, taken: &mut [f64]) -> usize {
        let mut left = row.allowed.day * self.all();
        let room = left * ROUNDING;
        let mut open_until = taken.len();
        for (at, (taken, mean)) in taken.iter_mut().zip(&day.mean).enumerate() {
            *taken = row.mean_of(row.base * mean);
            if left + room < *taken {
                open_until = open_until.min(at);
                *taken = left.max(0.0);
            }
            left -= *taken;
        }
        open_until
    }

    /// Multiple of today's load at which so much is left at the busiest time; none where it never
    /// is.
    pub(super) fn scale_that_leaves(&self, wanted: f64) -> Option<f64> {
        scale_at(wanted, FAR, |scale| self.left(scale)).map(limit::snapped)
    }

    /// The same of a day's requests, of which a row has so many times its share of the peak.
    pub(super) fn scale_that_leaves_of_a_day(&self, wanted: f64, day_ratio: f64) -> Option<f64> {
        if !self.rows.iter().any(|row| row.allowed.is_any()) {
            return self.scale_that_leaves(wanted);
        }
        let left = |scale| self.passed(&self.rows, scale).mean.iter().sum::<f64>() / self.all();
        scale_at(wanted * day_ratio, FAR, left).map(limit::snapped)
    }
}

impl Row {
    /// What it takes of a load on average.
    fn mean_of(&self, load: f64) -> f64 {
        self.carried.of(load).min(self.allowed.ten_minutes)
    }

    /// What it takes of a load for sure: nothing, once it has spent its ten minutes.
    fn most_of(&self, load: f64) -> f64 {
        let taken = self.carried.of(load);
        if self.allowed.ten_minutes * (1.0 + ROUNDING) < taken {
            0.0
        } else {
            taken
        }
    }
}

/// Part of a volume that is allowed.
fn part(allowed: f64, volume: f64) -> f64 {
    if allowed < volume {
        allowed / volume
    } else {
        1.0
    }
}

/// Multiple of today's load at which something that grows with it reaches a value.
fn scale_at(wanted: f64, far: f64, of: impl Fn(f64) -> f64) -> Option<f64> {
    const ALIKE: f64 = 1e-10;
    const STEPS: usize = 400;
    let mut high = wanted.clamp(1.0, far);
    let mut above = of(high);
    let (mut low, mut below) = (0.0, 0.0);
    while above < wanted {
        if far <= high {
            return None;
        }
        (low, below) = (high, above);
        high = (high * 2.0).min(far);
        above = of(high);
    }
    for step in 0..STEPS {
        if high - low <= ALIKE * high {
            break;
        }
        // Along the chord and by halves in turn: most of it is lines, with steps between them.
        let chord = low + (high - low) * (wanted - below) / (above - below);
        let inside = low < chord && chord < high;
        let middle = if step % 2 == 0 && inside {
            chord
        } else {
            f64::midpoint(low, high)
        };
        let value = of(middle);
        if value < wanted {
            (low, below) = (middle, value);
        } else {
            (high, above) = (middle, value);
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier() -> Earlier {
        Earlier::of_day(Rc::from([1.0]))
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
