//! Finding: a list price that changes, or has changed since the catalogue's edition.

use super::finding::{Finding, Severity, plain};
use super::kind::FindingKind;
use super::price_change::PriceChange;
use crate::catalog::date::{Date, date_in};
use crate::plan::counting::CountedRow;
use crate::plan::spread::spread;
use crate::plan::{Chapters, cost};
use crate::scenario::{Provider, Scenario};

/// Finding: prices of a row that change within a year and a half, or have changed.
pub(super) fn price_changes(scenario: &Scenario, chapters: &Chapters, today: Date) -> Vec<Finding> {
    let rows = chapters.rows.iter().enumerate();
    rows.filter_map(|(at, row)| price_change(scenario, chapters, (at, row), today))
        .collect()
}

fn price_change(
    scenario: &Scenario,
    chapters: &Chapters,
    (at, row): (usize, &CountedRow<'_>),
    today: Date,
) -> Option<Finding> {
    const AHEAD_MONTHS: f64 = 18.0;
    if row.units.is_some() || row.weight <= 0.0 {
        return None;
    }
    let (prices, on) = row.provider.next_prices()?;
    if date_in(today, AHEAD_MONTHS)? < on {
        return None;
    }
    let provider = Provider {
        prices,
        ..row.provider.clone()
    };
    let mut rows = chapters.rows.clone();
    rows[at].provider = &provider;
    let spread = spread(scenario, &chapters.demand, &rows);
    let all_usd = cost::tokens_per_month_usd(scenario, &chapters.demand, &spread);
    let per_month_usd = chapters.cost.providers[at].per_month_usd;
    let change = PriceChange {
        row: row.provider.id,
        name: row.provider.name.clone(),
        model: row.provider.model.clone(),
        on,
        is_past: on <= today,
        per_month_usd,
        next_per_month_usd: per_month_usd + all_usd - chapters.cost.tokens_per_month_usd,
        next: prices,
    };
    let severity = if change.is_past {
        Severity::Warning
    } else {
        Severity::Info
    };
    Some(plain(severity, FindingKind::PriceChange(change)))
}
