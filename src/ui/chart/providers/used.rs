//! Providers with their utilization in numbers, words and status.

use super::super::limits::Status;
use crate::plan::{Drill, DrillRow, LimitState, Plan, ProviderPlan};
use crate::say::page::chart as say;
use crate::say::words;

/// End of the axis, in percent; longer bars are cut and marked.
pub(super) const MOST: f64 = 200.0;
/// Height of a provider's row, in pixels.
pub(super) const ROW: f64 = 34.0;
/// Distance from the middle of a row to the middle of either bar, in pixels.
pub(super) const BESIDE: f64 = 8.0;

/// Provider with its utilization now and after the worst loss.
pub(super) struct Used<'a> {
    pub(super) provider: &'a ProviderPlan,
    pub(super) now: LimitState,
    pub(super) after: LimitState,
}

/// Providers with requests, fullest first; those without a known limit come last.
pub(super) fn by_use<'a>(plan: &'a Plan, lost: Option<&Drill>) -> Vec<Used<'a>> {
    let carrying = plan.providers.iter().filter(|p| 0.0 < p.share_ratio);
    let mut used: Vec<Used> = carrying
        .map(|provider| Used {
            provider,
            now: provider.state(),
            after: lost.map_or(LimitState::Unknown, |drill| {
                let rows = &mut drill.providers.iter();
                let found = rows.find(|row| row.row == provider.row);
                found.map_or(LimitState::Unknown, DrillRow::state_of_all)
            }),
        })
        .collect();
    used.sort_by(|a, b| fullness(b.now).total_cmp(&fullness(a.now)));
    used
}

fn fullness(state: LimitState) -> f64 {
    match state {
        LimitState::Unknown => -1.0,
        LimitState::Closed => f64::MAX,
        LimitState::Used(ratio) => ratio,
    }
}

/// Percentage with one decimal; 0 without a bar.
pub(super) fn percent(state: LimitState) -> f64 {
    state
        .ratio()
        .map_or(0.0, |ratio| libm::round(ratio * 1e3) / 10.0)
}

pub(super) fn said(state: LimitState) -> String {
    match state {
        LimitState::Unknown => String::new(),
        LimitState::Closed => say::NOTHING_ALLOWED.to_owned(),
        LimitState::Used(ratio) => words::percent(ratio),
    }
}

pub(super) fn status(state: LimitState, target: f64) -> Status {
    match state {
        LimitState::Unknown => Status::Calm,
        LimitState::Closed => Status::Over,
        LimitState::Used(ratio) => Status::of(ratio, target),
    }
}
