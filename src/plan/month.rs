//! Day of a month on which its allowances are spent.

use super::counting::CountedRow;
use super::limits::{LimitUse, limit_uses};
use super::load::own_load;
use super::{Demand, LimitKind};
use crate::model::day::day_profile;
use crate::model::growth::DAYS_PER_MONTH;
use crate::scenario::Scenario;

/// Relative tolerance for rounding.
const ROUNDING: f64 = 1e-9;

/// A monthly allowance that is spent before the month ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpentMonth {
    /// Day of the month on which it is spent, from 1 on.
    pub day: u32,
    /// Kind of limit.
    pub kind: LimitKind,
    /// Index of the first provider under it.
    pub row: usize,
}

/// A monthly allowance, with its daily use before it is spent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OfMonth {
    pub(super) kind: LimitKind,
    pub(super) limit: f64,
    pub(super) each_day: f64,
    pub(super) row: usize,
}

/// The allowance that is spent first, with its day; `None` if each lasts for the month.
pub(super) fn first_spent(all: impl Iterator<Item = OfMonth>) -> Option<SpentMonth> {
    let lasts = all.map(|each| (each.limit / each.each_day, each));
    let ended = lasts.filter(|(days, _)| *days < DAYS_PER_MONTH * (1.0 - ROUNDING));
    let (days, first) = ended.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "fewer than the days of a month"
    )]
    let before = (days + ROUNDING) as u32;
    Some(SpentMonth {
        day: before + 1,
        kind: first.kind,
        row: first.row,
    })
}

/// Daily use of a row's monthly allowance, as far as its other limits permit.
pub(super) fn each_day(
    (scenario, demand): (&Scenario, &Demand),
    (row, share): (&CountedRow<'_>, f64),
    kind: LimitKind,
) -> f64 {
    let asked = own_load(demand, row, share, kind) / DAYS_PER_MONTH;
    // The share of one that passes the rest on is what it takes.
    if row.at.passes_on(kind) {
        return asked;
    }
    let uses = limit_uses(scenario, demand, row, share);
    let uses: Vec<LimitUse> = uses.filter(|used| !used.kind.is_of_month()).collect();
    if uses.iter().all(|used| 1.0 <= used.served_ratio(1.0)) {
        return asked;
    }
    let (of_days, of_rates): (Vec<&LimitUse>, Vec<&LimitUse>) = uses
        .iter()
        .filter(|used| !used.kind.is_of_batches())
        .partition(|used| used.kind.is_of_volume());
    let served = |uses: &[&LimitUse], scale: f64| {
        let each = uses.iter().map(|used| used.served_ratio(scale));
        each.fold(1.0, f64::min)
    };
    let traffic = &scenario.traffic;
    let (mut taken, mut all) = (0.0, 0.0);
    for height in day_profile(&traffic.shape.hourly(), traffic.peak_multiplier) {
        let pace = height / traffic.peak_multiplier;
        all += pace;
        taken += pace * served(&of_rates, pace);
    }
    let by_rates = if 0.0 < all { taken / all } else { 1.0 };
    asked * by_rates.min(served(&of_days, 1.0))
}
