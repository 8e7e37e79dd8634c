//! Limits that cannot be judged as they stand.

use super::finding::{Finding, Severity, plain};
use super::kind::{FindingKind, Unsure, UnsureWhy};
use crate::catalog::provider::Counting;
use crate::plan::counting::CountedRow;
use crate::scenario::{Limits, Scenario, Scope, Workload};

/// Findings about limits of a row that cannot be judged.
pub(super) fn unsure(scenario: &Scenario, id: &str, row: &CountedRow<'_>) -> Vec<Finding> {
    let answer = longest_answer(scenario, id, row);
    let found = [no_price(row), answer, unpublished(row), baseline(row)];
    let found = found.into_iter().flatten();
    let finding = |(severity, why)| {
        let provider = row.provider;
        let unsure = Unsure {
            row: provider.id,
            name: provider.name.clone(),
            model: provider.model.clone(),
            why,
        };
        plain(severity, FindingKind::Unsure(unsure))
    };
    found.map(finding).collect()
}

/// A spending limit without known prices.
fn no_price(row: &CountedRow<'_>) -> Option<(Severity, UnsureWhy)> {
    let (month, ten_minutes) = (row.limits.usd_per_month, row.limits.usd_per_10_min);
    let is_limited = month.is_some() || ten_minutes.is_some();
    let why = UnsureWhy::NoPrice { month, ten_minutes };
    (is_limited && row.provider.prices.is_free()).then_some((Severity::Warning, why))
}

/// A reservation of an unknown maximum output.
fn longest_answer(
    scenario: &Scenario,
    id: &str,
    row: &CountedRow<'_>,
) -> Option<(Severity, UnsureWhy)> {
    let provider = row.provider;
    let is_counted = row.limits.tpm.is_some() && row.units.is_none();
    let is_open = |workload: &Workload| {
        0.0 < workload.requests_per_day() * workload.direct_ratio() * workload.output_tokens
            && workload.max_output_tokens.is_none()
            && workload.may_go(id)
    };
    (is_counted
        && provider.counting == Counting::Corrected
        && provider.answer_max.is_none()
        && scenario.workloads.iter().any(is_open))
    .then_some((Severity::Warning, UnsureWhy::LongestAnswer))
}

/// A tier without published limits on requests and tokens.
fn unpublished(row: &CountedRow<'_>) -> Option<(Severity, UnsureWhy)> {
    let is_rate = |limits: &Limits| {
        let rates = [limits.rpm, limits.tpm, limits.itpm, limits.otpm];
        rates.iter().any(Option::is_some) || limits.concurrency.is_some()
    };
    let is_silent = !is_rate(&Limits::from(row.tier?)) && !is_rate(&row.limits);
    (is_silent && row.units.is_none() && !row.limits.is_empty())
        .then_some((Severity::Warning, UnsureWhy::Unpublished))
}

/// Baseline limits per minute, beyond which the provider serves requests if it has room.
fn baseline(row: &CountedRow<'_>) -> Option<(Severity, UnsureWhy)> {
    let has_limit = row.limits.tpm.is_some() || row.limits.rpm.is_some();
    let is_own = row.provider.scope == Scope::Provider && row.units.is_none();
    (row.vendor.is_baseline && has_limit && is_own).then_some((Severity::Info, UnsureWhy::Baseline))
}
