//! Where a provider stands among the others: what comes to it, when, and what it passes on.

use std::rc::Rc;

use super::LimitKind;
use super::spill::Behind;

/// Loads by the place of the limit's kind.
pub(super) type Beside = [f64; LimitKind::COUNT];

/// Where a row stands among the others.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// Whether what it refuses goes on to the next place.
    pub(super) spills: bool,
    /// Rows of earlier places, and the part of what they leave that it gets, by workload.
    pub(super) earlier: Option<Rc<dyn Behind>>,
    pub(super) base: Vec<f64>,
    /// Share of the peak that comes to it, what it passes on included, where it spills.
    pub(super) offered_share: f64,
    /// Share of the peak that no later place takes, where the row spills.
    pub(super) bound_share: f64,
    /// Share of a day's requests over that of the peak's.
    pub(super) day_ratio: f64,
    /// Share of the peak that it gets in its busiest stretch over that of the peak's: more than 1
    /// where it, or an earlier place, has spent what a day, a month or ten minutes allow.
    pub(super) peak_ratio: f64,
    /// Share of the peak with which ten minutes are spent, where the row then passes the rest on.
    pub(super) ten_minutes: f64,
    /// Load of the other rows that limits of its organization hold together, by kind.
    pub(super) beside: Beside,
    /// The part of it that rows of earlier places hold first.
    pub(super) before: Beside,
    /// The same of each of those rows.
    pub(super) before_by: Vec<(usize, Beside)>,
}

impl Default for Standing {
    /// As if it were alone.
    fn default() -> Self {
        Self {
            spills: false,
            earlier: None,
            base: Vec::new(),
            offered_share: 0.0,
            bound_share: 0.0,
            day_ratio: 1.0,
            peak_ratio: 1.0,
            ten_minutes: f64::INFINITY,
            beside: Beside::default(),
            before: Beside::default(),
            before_by: Vec::new(),
        }
    }
}

impl Standing {
    /// What rows of earlier places hold of a limit of a kind, each by its place among all; a limit
    /// of the row's own, which counts nothing beside, counts none of them.
    pub(super) fn before_of(&self, kind: LimitKind, beside: f64) -> Vec<(usize, f64)> {
        let each = self.before_by.iter().filter(|_| 0.0 < beside);
        each.map(|(row, loads)| (*row, loads[kind as usize]))
            .collect()
    }

    /// Whether all that it refuses goes on to the next place, so that it is full by design.
    pub(super) fn passes_all_on(&self) -> bool {
        self.spills && self.bound_share <= 0.0
    }
}
