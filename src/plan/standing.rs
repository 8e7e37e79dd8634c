//! Position of a provider among the others: its offered load, its times, and its spill.

use std::rc::Rc;

use super::LimitKind;
use super::spill::Behind;

/// Loads by kind of limit.
pub(super) type Beside = [f64; LimitKind::COUNT];

/// Position of a row among the others.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// Whether refused requests spill to the next place.
    pub(super) spills: bool,
    /// Rows of earlier places, and the row's part of what they leave, by workload.
    pub(super) earlier: Option<Rc<dyn Behind>>,
    pub(super) base: Vec<f64>,
    /// Share of the peak offered to a spilling row, including what it passes on.
    pub(super) offered_share: f64,
    /// Share of the peak that no later place takes, for a spilling row.
    pub(super) bound_share: f64,
    /// Share of a day's requests over share of the peak.
    pub(super) day_ratio: f64,
    /// Share of the peak in its busiest stretch over its mean share: more than 1 if it, or an
    /// earlier place, has spent an allowance per day, month or ten minutes.
    pub(super) peak_ratio: f64,
    /// Share of the peak that spends the ten-minute allowance, if the row then spills the rest.
    pub(super) ten_minutes: f64,
    /// Load of the organization's other rows on shared limits, by kind.
    pub(super) beside: Beside,
    /// Part of `beside` that rows of earlier places take first.
    pub(super) before: Beside,
    /// `before`, broken down by row.
    pub(super) before_by: Vec<(usize, Beside)>,
}

impl Default for Standing {
    /// Standing of the only provider.
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
    /// Loads of earlier places on a limit of a kind, by index of the row; empty for a limit of the
    /// row's own, which has no load beside it.
    pub(super) fn before_of(&self, kind: LimitKind, beside: f64) -> Vec<(usize, f64)> {
        let each = self.before_by.iter().filter(|_| 0.0 < beside);
        each.map(|(row, loads)| (*row, loads[kind as usize]))
            .collect()
    }

    /// Whether all refused requests spill, so that the row is full by design.
    pub(super) fn passes_all_on(&self) -> bool {
        self.spills && self.bound_share <= 0.0
    }
}
