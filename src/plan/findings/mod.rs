//! What gives way first, at what multiple of today's load, and why.
//!
//! The findings are in the files below; here they get their dates and their order. They are
//! numbers and names: `say::finding` has the words.

mod kind;
mod platform;
mod provider;

pub use kind::{Autoscaler, Disk, FindingKind, ProviderLimit, ProviderLoss};

use chrono::Days;
use serde::Serialize;

use super::{Chapters, Fix, words};
use crate::catalog::date::Date;
use crate::model::growth::months_to_scale;
use crate::model::order::sorted_by;
use crate::scenario::validate;
use crate::scenario::{Scenario, Traffic};

/// Something the reader should know.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// How urgent it is.
    pub severity: Severity,
    /// Multiple of today's load at which it breaks.
    pub scale: Option<f64>,
    /// When growth brings the load there.
    pub when: When,
    /// Changes that would help, cheapest first.
    pub fixes: Vec<Fix>,
}

/// When growth brings the load to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct When {
    /// Months until then.
    pub in_months: Option<f64>,
    /// The day; absent beyond this century.
    pub on: Option<Date>,
    /// When to order more, where the day is still to come.
    pub order: Option<Order>,
}

/// When to order capacity that takes its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The last day on which it comes in time; today if that has passed.
    pub by: Date,
    /// Whether it has passed, so that what is ordered today comes late.
    pub is_late: bool,
}

/// How urgent a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Fails today.
    Critical,
    /// Close to it, or fails when something else does.
    Warning,
    /// Good to know.
    Info,
}

/// A finding that does not depend on a multiple of the load.
fn plain(severity: Severity, kind: FindingKind) -> Finding {
    Finding {
        kind,
        severity,
        scale: None,
        when: When::default(),
        fixes: Vec::new(),
    }
}

/// A finding about something that breaks at a multiple of today's load.
fn breaking(scale: f64, severity: Severity, kind: FindingKind) -> Finding {
    Finding {
        scale: Some(scale),
        ..plain(severity, kind)
    }
}

/// All of them, without fixes: those cost the most, and the answer needs none.
pub(super) fn findings(scenario: &Scenario, chapters: &Chapters, today: Date) -> Vec<Finding> {
    // Room for the usual ones.
    let mut found = Vec::with_capacity(12 + 2 * chapters.rows.len());
    let problems = validate::problems(scenario).into_iter();
    found.extend(problems.map(|it| plain(Severity::Critical, FindingKind::Problem(it))));
    if chapters.demand.requests_per_day == 0.0 {
        found.push(plain(Severity::Info, FindingKind::NoLoad));
    }
    found.extend(provider::unknown_limits(chapters));
    found.extend(provider::limits(chapters));
    found.extend(provider::worst_loss(scenario, chapters));
    found.extend(platform::autoscaler(scenario, chapters));
    found.extend(platform::disk(scenario, chapters));
    found.extend(platform::audit_log(scenario, chapters));
    found.extend(platform::connections(chapters));
    found.extend(platform::connections_at_full_scale(chapters));
    found.extend(platform::queue(scenario, chapters));
    found.extend(platform::zone_loss(chapters));
    found.extend(provider::pods_in_vain(chapters));
    found.extend(provider::reserve(scenario, chapters));
    found.extend(provider::cheaper_split(chapters));
    for row in chapters.rows.iter().filter(|row| 0.0 < row.weight) {
        found.extend(provider::shutdown(row, today));
        found.extend(provider::old_limits(row, today));
    }
    found.extend(provider::unpriced(chapters));
    for finding in &mut found {
        finding.when = when(finding.scale, &scenario.traffic, today);
    }
    // Stable: findings without a multiple keep their order behind those with one.
    sorted_by(found, |finding| match (finding.severity, finding.scale) {
        (Severity::Critical, None) => (0, 0.0),
        (_, Some(scale)) => (1, scale),
        (Severity::Warning, None) => (2, 0.0),
        (Severity::Info, None) => (3, 0.0),
    })
}

fn when(scale: Option<f64>, traffic: &Traffic, today: Date) -> When {
    let growth_ratio = traffic.growth_percent / 100.0;
    let in_months = scale.and_then(|scale| months_to_scale(scale, growth_ratio));
    let on = in_months.and_then(|months| words::date_in(today, months));
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

/// Where the constraint stands that gives way first; a drill is not today's load.
pub(super) fn first(findings: &[Finding]) -> Option<usize> {
    // They are in the order of their multiples.
    findings
        .iter()
        .position(|finding| finding.scale.is_some() && !finding.kind.is_drill())
}

fn by_scale(scale: f64, target_ratio: f64) -> Severity {
    if scale < 1.0 {
        Severity::Critical
    } else if scale * target_ratio <= 1.0 {
        Severity::Warning
    } else {
        Severity::Info
    }
}
