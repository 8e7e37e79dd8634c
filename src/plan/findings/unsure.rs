//! Limits that cannot be judged as they stand.

use super::finding::{Finding, Severity, plain};
use super::kind::FindingKind;
use crate::catalog::provider::Counting;
use crate::plan::counting::CountedRow;
use crate::scenario::{Scenario, Scope, Workload};

/// A limit of a provider that cannot be judged as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsure {
    /// Row of the provider.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// Why.
    pub why: UnsureWhy,
}

/// Why a limit cannot be judged as it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UnsureWhy {
    /// The longest answer is reserved where no `max_tokens` is sent, and it is not known.
    LongestAnswer,
    /// Spending is limited, and nothing has a price: dollars a month and in ten minutes.
    NoPrice {
        /// A month.
        month: Option<f64>,
        /// In ten minutes.
        ten_minutes: Option<f64>,
    },
    /// The limits per minute are a baseline, beyond which requests are served where there is room.
    Baseline,
}

impl UnsureWhy {
    /// Stable word of it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::LongestAnswer => "answer",
            Self::NoPrice { .. } => "price",
            Self::Baseline => "baseline",
        }
    }
}

/// All of a row that takes part.
pub(super) fn unsure(scenario: &Scenario, id: &str, row: &CountedRow<'_>) -> Vec<Finding> {
    let answer = longest_answer(scenario, id, row);
    let found = [no_price(row), answer, baseline(row)];
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

/// A limit on spending where nothing has a price.
fn no_price(row: &CountedRow<'_>) -> Option<(Severity, UnsureWhy)> {
    let (month, ten_minutes) = (row.limits.usd_per_month, row.limits.usd_per_10_min);
    let is_limited = month.is_some() || ten_minutes.is_some();
    let why = UnsureWhy::NoPrice { month, ten_minutes };
    (is_limited && row.provider.prices.is_free()).then_some((Severity::Warning, why))
}

/// A reservation of an answer whose length nobody said.
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

/// Limits per minute beyond which the provider serves what it has room for.
fn baseline(row: &CountedRow<'_>) -> Option<(Severity, UnsureWhy)> {
    let has_limit = row.limits.tpm.is_some() || row.limits.rpm.is_some();
    let is_own = row.provider.scope == Scope::Provider && row.units.is_none();
    (row.vendor.is_baseline && has_limit && is_own).then_some((Severity::Info, UnsureWhy::Baseline))
}
