//! Position of a provider among the others: its offered load, its times, and its spill.

use std::rc::Rc;

use super::LimitKind;
use super::counted::Counted;
use super::member::OfRow;
use super::spill::Behind;

/// Loads by kind of limit.
pub(super) type Beside = [f64; LimitKind::COUNT];

/// All that comes to a row of which some goes on and some stays.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// A mean request of it in the busiest stretch, and its share of the peak.
    pub(super) peak: (Counted, f64),
    /// A mean request of it over a day, and its share of a day's requests.
    pub(super) day: (Counted, f64),
}

/// Where a row stands among the others.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// Whether anything that it refuses goes on to the next place.
    pub(super) spills: bool,
    /// Which streams do.
    pub(super) moves: Vec<bool>,
    /// Rows of earlier places, and the part of what they leave that it gets, by stream.
    pub(super) earlier: Option<Rc<dyn Behind>>,
    pub(super) base: Vec<f64>,
    /// What comes at once over what the row takes of it, where it spills.
    pub(super) offered_ratio: f64,
    /// Share of the peak that no later place takes, at once, where the row spills.
    pub(super) bound_share: f64,
    /// The same of a day's requests in batches.
    pub(super) bound_batches: f64,
    /// All that comes, where some of it goes on and some stays.
    pub(super) asked: Option<Rc<Asked>>,
    /// Share of a day's requests over that of the peak's.
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
    /// What each of those rows counts of each stream.
    pub(super) before_by: Vec<(usize, Vec<Beside>)>,
    /// Part of `beside` of rows in the same place: it grows as the row's own load does.
    pub(super) in_place: Beside,
    /// The rest of `beside`, which grows with the load.
    pub(super) alongside: Beside,
    /// Kinds of limits that a later row shares: what moves on to it counts there already.
    pub(super) moves_within: [bool; LimitKind::COUNT],
}

impl Default for Standing {
    /// Standing of the only provider.
    fn default() -> Self {
        Self {
            spills: false,
            moves: Vec::new(),
            earlier: None,
            base: Vec::new(),
            offered_ratio: 1.0,
            bound_share: 0.0,
            bound_batches: 0.0,
            asked: None,
            day_ratio: 1.0,
            peak_ratio: 1.0,
            ten_minutes: f64::INFINITY,
            beside: Beside::default(),
            before: Beside::default(),
            before_by: Vec::new(),
            in_place: Beside::default(),
            alongside: Beside::default(),
            moves_within: [false; LimitKind::COUNT],
        }
    }
}

impl Standing {
    /// What rows of earlier places hold of a limit of a kind.
    pub(super) fn before_of(&self, kind: LimitKind) -> Vec<OfRow> {
        of_kind(&self.before_by, kind)
    }

    /// Whether all refused requests spill, so that the row is full by design.
    pub(super) fn passes_all_on(&self) -> bool {
        self.spills && self.bound_share <= 0.0 && self.bound_batches <= 0.0
    }

    /// The same of what a limit of a kind refuses.
    pub(super) fn passes_on(&self, kind: LimitKind) -> bool {
        let bound = match kind {
            kind if kind.is_of_batches() => self.bound_batches,
            LimitKind::SpendMonth => self.bound_share + self.bound_batches,
            _ => self.bound_share,
        };
        self.spills && bound <= 0.0
    }

    /// Whether a limit of a kind tells how full a row is that passes some of it on: one whose
    /// refusals all go on is full by design.
    pub(super) fn is_told(&self, kind: LimitKind) -> bool {
        self.passes_all_on() || !self.passes_on(kind)
    }

    /// Whether what it refuses of a workload's requests at once goes on.
    pub(super) fn moves(&self, workload: usize) -> bool {
        self.spills && self.moves[workload]
    }

    /// What a limit of a kind judges of a row of which some stays: all that comes. Elsewhere it is
    /// what the row takes.
    pub(super) fn asked(&self, kind: LimitKind) -> Option<&(Counted, f64)> {
        let is_judged_by_all = !self.passes_on(kind) && !self.moves_within[kind as usize];
        let asked = self.asked.as_ref().filter(|_| is_judged_by_all)?;
        Some(if kind.is_of_volume() {
            &asked.day
        } else {
            &asked.peak
        })
    }
}

/// What each row counts of a limit of a kind, by stream.
pub(super) fn of_kind(rows: &[(usize, Vec<Beside>)], kind: LimitKind) -> Vec<OfRow> {
    let loads = |all: &Vec<Beside>| all.iter().map(|loads| loads[kind as usize]).collect();
    rows.iter().map(|(row, all)| (*row, loads(all))).collect()
}
