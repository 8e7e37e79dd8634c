//! Constraints in the order in which they give way, with their multiple of today's load.
//!
//! The files below make the findings; this one dates and sorts them. They are numbers and names:
//! `say::finding` has the words.

mod failures;
mod finding;
mod id;
mod kind;
mod other_model;
mod platform;
mod price;
mod price_change;
mod provider;
mod share;
mod stuck;
mod unsure;

pub(super) use finding::first;
pub use finding::{Finding, Group, Order, Severity, When};
pub use kind::{
    Autoscaler, Disk, Failures, FindingKind, LateAnswers, ProviderLimit, ProviderLoss,
    RefusedAlways, SlotsLoss, Unserved, Unsure, UnsureWhy,
};
pub use other_model::OtherModel;
pub use price_change::PriceChange;

pub use share::{Falling, ShareOf};
pub use stuck::{Stuck, StuckBy};

use chrono::Days;

use super::Chapters;
use crate::catalog::date::{Date, date_in};
use crate::model::growth::{DAYS_PER_MONTH, months_to_scale};
use crate::model::order::sorted_by;
use crate::scenario::validate;
use crate::scenario::{Scenario, Traffic};
use finding::plain;

/// All findings, without fixes: those take the most time, and the verdict needs none.
pub(super) fn findings(scenario: &Scenario, chapters: &Chapters, today: Date) -> Vec<Finding> {
    // Capacity for the usual number.
    let mut found = Vec::with_capacity(12 + 2 * chapters.rows.len());
    let problems = validate::problems(scenario).into_iter();
    found.extend(problems.map(|it| plain(Severity::Critical, FindingKind::Problem(it))));
    if chapters.demand.requests_per_day == 0.0 {
        found.push(plain(Severity::Info, FindingKind::NoLoad));
    }
    found.extend(provider::unknown_limits(chapters));
    found.extend(provider::nowhere(scenario, chapters));
    found.extend(provider::other_model(scenario, chapters));
    found.extend(provider::too_large(scenario, chapters));
    found.extend(provider::limits(scenario, chapters));
    found.extend(provider::no_second(scenario, chapters));
    found.extend(provider::worst_loss(scenario, chapters));
    found.extend(platform::slots_loss(chapters));
    found.extend(provider::loss_nowhere(chapters));
    found.extend(platform::late_answers(chapters));
    found.extend(platform::unserved(scenario, chapters));
    found.extend(failures::failures(scenario, chapters));
    found.extend(platform::autoscaler(scenario, chapters));
    found.extend(platform::never_grows(scenario, chapters));
    found.extend(platform::disk(scenario, chapters));
    found.extend(platform::audit_log(scenario, chapters));
    found.extend(platform::connections(chapters));
    found.extend(platform::connections_at_full_scale(chapters));
    found.extend(platform::queue(scenario, chapters));
    found.extend(platform::zone_loss(chapters));
    found.extend(provider::pods_in_vain(chapters));
    found.extend(provider::reserve(scenario, chapters));
    found.extend(provider::cheaper_split(chapters));
    let rows = chapters.rows.iter().zip(&chapters.providers);
    for (row, plan) in rows.filter(|(row, _)| 0.0 < row.weight) {
        found.extend(provider::shutdown(row, today));
        found.extend(provider::old_limits(row, today));
        found.extend(unsure::unsure(scenario, &plan.id, row));
    }
    found.extend(provider::unpriced(chapters));
    for finding in &mut found {
        let in_months = match &finding.kind {
            // The date of a disk is the day on which it is full.
            FindingKind::Disk(disk) => disk.full_in_days.map(|days| days / DAYS_PER_MONTH),
            _ => months(finding.scale, &scenario.traffic),
        };
        finding.when = when(in_months, &scenario.traffic, today);
        if !finding.kind.is_ordered() {
            finding.when.order = None;
        }
    }
    sorted(scenario, found)
}

/// Adds the findings on prices that change.
pub(super) fn add_prices(
    scenario: &Scenario,
    chapters: &Chapters,
    today: Date,
    found: &mut Vec<Finding>,
) {
    let changes = price::price_changes(scenario, chapters, today);
    if !changes.is_empty() {
        found.extend(changes);
        *found = sorted(scenario, std::mem::take(found));
    }
}

/// Failures of today first, then findings without a multiple, then by date. The sort is stable:
/// findings without either keep their order behind the others.
fn sorted(scenario: &Scenario, found: Vec<Finding>) -> Vec<Finding> {
    let growth = 1.0 + scenario.traffic.growth_percent / 100.0;
    sorted_by(found, |finding| match (finding.severity, finding.scale) {
        (Severity::Critical, Some(scale)) => (0, scale),
        (Severity::Critical, None) => (1, 0.0),
        (_, Some(scale)) => (2, scale),
        (severity, None) => match finding.when.in_months {
            Some(months) => (2, libm::pow(growth, months)),
            None if severity == Severity::Warning => (3, 0.0),
            None => (4, 0.0),
        },
    })
}

/// Months until growth brings the load to a multiple.
fn months(scale: Option<f64>, traffic: &Traffic) -> Option<f64> {
    let growth_ratio = traffic.growth_percent / 100.0;
    scale.and_then(|scale| months_to_scale(scale, growth_ratio))
}

fn when(in_months: Option<f64>, traffic: &Traffic, today: Date) -> When {
    let on = in_months.and_then(|months| date_in(today, months));
    let lead = Days::new(u64::from(traffic.lead_days));
    let order = on
        .filter(|day| today < *day)
        .and_then(|day| day.checked_sub_days(lead))
        .map(|day| Order {
            by: day.max(today),
            is_late: day < today,
        });
    When {
        in_months,
        on,
        order,
    }
}
