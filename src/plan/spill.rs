//! Requests that earlier places leave to the next one at a multiple of today's load, by replaying
//! the day's course.

use std::cell::RefCell;
use std::fmt::Debug;
use std::rc::Rc;

use super::course::Course;
use super::member::{Member, OfRow};
use super::pods::Pods;
use super::scale::scale_at;
use crate::model::limit;

/// Multiple of today's load beyond which no limit is sought.
const FAR: f64 = 1e9;

/// The rows of the places before one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Earlier {
    /// The place of each, and what it is offered of that.
    rows: Vec<(usize, Member)>,
    /// A day of which nobody has taken anything.
    day: Course,
    known: Known,
}

/// Days that were passed already. Every limit of every row of a place is sought among the same
/// multiples first.
#[derive(Debug, Default)]
struct Known(RefCell<Vec<(Multiple, Rc<Course>)>>);

/// Bits of a multiple of today's load, whether hours matter, and bits of the number of pods.
type Multiple = (u64, bool, u64);

/// Most days that are kept.
const KEPT: usize = 64;

impl Known {
    fn find(&self, multiple: Multiple) -> Option<Rc<Course>> {
        let known = self.0.borrow();
        let found = known.iter().find(|(own, _)| *own == multiple);
        found.map(|(_, day)| Rc::clone(day))
    }

    fn keep(&self, multiple: Multiple, day: &Rc<Course>) {
        let mut known = self.0.borrow_mut();
        if known.len() < KEPT {
            known.push((multiple, Rc::clone(day)));
        }
    }
}

/// A copy gets rows of its own, and knows nothing.
impl Clone for Known {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// It is no part of the question.
impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Amounts that a limit counts for the requests left to a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts<'a> {
    /// Part of what is left that the row is offered, by stream.
    pub(super) base: &'a [f64],
    /// What all requests of each stream count for, at today's peak or over today's day.
    pub(super) by_stream: &'a [f64],
    /// What others count, today, and grows with the load.
    pub(super) beside: f64,
    /// What rows of earlier places count: as much as they take.
    pub(super) before: &'a [OfRow],
    /// Whether it is the volume of a day or a month that counts, or the busiest stretch.
    pub(super) is_of_volume: bool,
}

/// Interface to the rows of earlier places. It lets the program load the code of the day's course
/// in a later part.
pub(super) trait Behind: Debug {
    /// Multiple of today's load at which the remaining requests fill a limit; `None` if they never
    /// do.
    fn scale_to_full(&self, limit: f64, counts: Counts<'_>) -> Option<f64>;

    /// Place of the lowest of the known multiples.
    fn first(&self, scales: &[Option<f64>]) -> Option<usize>;
}

impl Earlier {
    /// No rows yet, on a day without requests taken.
    pub(super) fn of_day(day: Course) -> Self {
        Self {
            rows: Vec::new(),
            day,
            known: Known::default(),
        }
    }

    /// Adds a row of a place; places come in their order.
    pub(super) fn add(&mut self, place: usize, member: Member) {
        self.rows.push((place, member));
        self.known = Known::default();
    }

    /// Whether there are any rows; without them all requests reach the next place.
    pub(super) fn is_any(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Pods that count a limit of any row.
    fn pods(&self) -> Option<Pods> {
        let mut rows = self.rows.iter();
        rows.find_map(|(_, row)| Some(row.by_pods.as_ref()?.pods))
    }

    /// The day under a multiple of its load, once these have taken what they may with so many pods.
    fn passed(&self, scale: f64, knows_hours: bool, pods: f64) -> Rc<Course> {
        let multiple = (scale.to_bits(), knows_hours, pods.to_bits());
        if let Some(known) = self.known.find(multiple) {
            return known;
        }
        let mut day = self.day.at_scale(scale, knows_hours);
        for place in self.rows.chunk_by(|a, b| a.0 == b.0) {
            for (_, member) in place {
                day.take(&member.with_pods(pods));
            }
            day.next_place();
        }
        let day = Rc::new(day);
        self.known.keep(multiple, &day);
        day
    }
}

impl Behind for Earlier {
    fn first(&self, scales: &[Option<f64>]) -> Option<usize> {
        let known = scales.iter().enumerate();
        let known = known.filter_map(|(at, scale)| Some((at, (*scale)?)));
        known.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }

    fn scale_to_full(&self, limit: f64, counts: Counts<'_>) -> Option<f64> {
        if limit <= 0.0 {
            return Some(0.0);
        }
        let is_spent = self.rows.iter().any(|(_, row)| row.allowed.is_any());
        let knows_hours = counts.is_of_volume || is_spent;
        let own = (counts.base, counts.by_stream);
        let with_pods = |pods: f64| {
            let load = |scale: f64| {
                let day = self.passed(scale, knows_hours, pods);
                let load = if counts.is_of_volume {
                    day.over_day(counts.before, own)
                } else {
                    day.most(counts.before, own)
                };
                load + counts.beside * scale
            };
            scale_at(limit, FAR, load).map(limit::snapped)
        };
        match self.pods() {
            Some(pods) => pods.scale_to_full(with_pods),
            None => with_pods(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::allowed::Allowed;
    use super::super::carried::Carried;
    use super::*;

    /// Rows of earlier places, each with a part of its place and its limits.
    fn earlier(paces: &[f64], rows: &[(usize, f64, Carried, Allowed)]) -> Earlier {
        let day = Course::new(paces.iter().copied(), (vec![1.0], 1));
        let mut earlier = Earlier::of_day(day);
        for (place, part, carried, allowed) in rows {
            let member = Member {
                row: *place,
                base: vec![*part],
                moves: vec![true],
                carried: *carried,
                allowed: *allowed,
                by_pods: None,
            };
            earlier.add(*place, member);
        }
        earlier
    }

    /// Multiple at which a share of the peak, or of the day, is left.
    fn scale_that_leaves(earlier: &Earlier, share: f64, is_of_volume: bool) -> Option<f64> {
        let counts = Counts {
            base: &[1.0],
            by_stream: &[1.0],
            beside: 0.0,
            before: &[],
            is_of_volume,
        };
        earlier.scale_to_full(share, counts)
    }

    fn most(share: f64) -> (Carried, Allowed) {
        (Carried::up_to(share), Allowed::default())
    }

    #[track_caller]
    fn assert_leaves(earlier: &Earlier, (share, is_of_volume): (f64, bool), expected: f64) {
        let scale = scale_that_leaves(earlier, share, is_of_volume).expect("it is left");
        assert!((scale - expected).abs() < 1e-7, "{scale}, not {expected}");
    }

    #[test]
    fn each_row_takes_its_part_until_it_is_full() {
        // A sixth to a row that holds far more, five sixths to one that holds a tenth of the peak.
        let (large, small) = (most(10.0), most(0.1));
        let mut rows = vec![
            (0, 1.0 / 6.0, large.0, large.1),
            (0, 5.0 / 6.0, small.0, small.1),
        ];
        // s × 5/6 − 0.1 = 0.576: s = 0.8112.
        assert_leaves(&earlier(&[1.0], &rows), (0.576, false), 0.676 * 6.0 / 5.0);
        // Behind a second place that takes half a peak.
        let half = most(0.5);
        rows.push((1, 1.0, half.0, half.1));
        assert_leaves(&earlier(&[1.0], &rows), (0.076, false), 0.676 * 6.0 / 5.0);
    }

    #[test]
    fn a_row_without_an_end_leaves_nothing() {
        let rows = [(0, 1.0, Carried::default(), Allowed::default())];
        assert_eq!(scale_that_leaves(&earlier(&[1.0], &rows), 0.1, false), None);
    }

    #[test]
    fn a_day_that_is_spent_leaves_all_of_what_comes_then() {
        // Half a day's requests are allowed: above half the load, all requests of some hour are
        // left, though few over the day.
        let allowed = Allowed {
            day: 0.5,
            ..Allowed::default()
        };
        let earlier = earlier(&[1.0], &[(0, 1.0, Carried::default(), allowed)]);
        assert_leaves(&earlier, (0.3, false), 0.5);
        assert_leaves(&earlier, (0.8, false), 0.8);
        // Of the day's requests 0.3 are left at 0.8.
        assert_leaves(&earlier, (0.3, true), 0.8);
    }

    /// Half of all days are open once a month allows half of them. A night at half the pace of the
    /// day, three quarters of the peak on average; the second place takes half a peak.
    #[test]
    fn a_month_that_is_spent_leaves_whole_days() {
        let month = Allowed {
            month: 0.5,
            ..Allowed::default()
        };
        let half = most(0.5);
        let rows = [
            (0, 1.0, Carried::default(), month),
            (1, 1.0, half.0, half.1),
        ];
        let earlier = earlier(&[0.5, 1.0], &rows);
        // On a closed day all of the peak comes to the second place, and half of it on to the
        // third, as soon as any day is closed: from half of today's load on.
        assert_leaves(&earlier, (0.25, false), 0.75);
        // Today a half of the days is closed. On these nothing is left of the night and half a peak
        // of the day: a quarter on average of three quarters, so a sixth of today's requests.
        assert_leaves(&earlier, (1.0 / 6.0, true), 1.0);
        // At twice the load three quarters are closed: 0.5 of the night, 1.5 of the day are left.
        assert_leaves(&earlier, (0.75 * 1.0 / 0.75, true), 2.0);
    }
}
