//! A finding: its subject, its severity, and its date under growth.

use serde::Serialize;

use crate::catalog::date::Date;
use crate::model::limit::holds;
use crate::plan::{FindingKind, Fix};

/// A finding of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Subject and numbers.
    pub kind: FindingKind,
    /// Severity.
    pub severity: Severity,
    /// Multiple of today's load at which the constraint breaks.
    pub scale: Option<f64>,
    /// Date at which growth reaches that load.
    pub when: When,
    /// Changes that would help, the cheapest first.
    pub fixes: Vec<Fix>,
}

/// Date at which growth reaches a limit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct When {
    /// Months until then.
    pub in_months: Option<f64>,
    /// Date; absent beyond this century.
    pub on: Option<Date>,
    /// Order date, if the limit is still to be reached.
    pub order: Option<Order>,
}

/// Date for ordering capacity with a lead time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Last day to order in time; today if that has passed.
    pub by: Date,
    /// Whether that day has passed, so that an order today arrives late.
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

/// Group of findings shown together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Fails today.
    Now,
    /// Reached within three months at the entered growth.
    Quarter,
    /// Fails only with something else, or has neither a date nor a multiple of the load.
    Risk,
    /// Reached later, or at a load that growth is not known to reach.
    Later,
    /// Good to know.
    Note,
}

/// Length of a quarter, months.
const QUARTER: f64 = 3.0;

/// A finding without a multiple of the load.
pub(super) fn plain(severity: Severity, kind: FindingKind) -> Finding {
    Finding {
        kind,
        severity,
        scale: None,
        when: When::default(),
        fixes: Vec::new(),
    }
}

/// A finding that breaks at a multiple of today's load.
pub(super) fn breaking(scale: f64, severity: Severity, kind: FindingKind) -> Finding {
    Finding {
        scale: Some(scale),
        ..plain(severity, kind)
    }
}

impl Finding {
    /// Group that the finding is shown in.
    pub fn group(&self) -> Group {
        match (self.severity, self.when.in_months) {
            (Severity::Critical, _) => Group::Now,
            _ if self.kind.is_drill() => Group::Risk,
            (_, Some(months)) if months <= QUARTER => Group::Quarter,
            _ if self.scale.is_some() || self.is_filling() => Group::Later,
            (Severity::Warning, _) => Group::Risk,
            (Severity::Info, _) => Group::Note,
        }
    }

    /// Whether it is a disk that fills up over time, without a multiple of the load.
    pub fn is_filling(&self) -> bool {
        self.kind.is_disk() && self.scale.is_none() && self.when.on.is_some()
    }
}

/// Index of the constraint that gives way first: at the lowest multiple if that is already reached,
/// else on the earliest date by growth or filling. Drills do not count, as they are not today's
/// load.
pub(in crate::plan) fn first(findings: &[Finding]) -> Option<usize> {
    let mut lowest: Option<usize> = None;
    for (at, finding) in findings.iter().enumerate() {
        let Some(scale) = finding.scale.filter(|_| !finding.kind.is_drill()) else {
            continue;
        };
        let lower = |other: usize| findings[other].scale.is_some_and(|other| scale < other);
        if lowest.is_none_or(lower) {
            lowest = Some(at);
        }
    }
    let is_reached = |at: usize| findings[at].scale.is_some_and(|scale| !holds(scale));
    if lowest.is_some_and(is_reached) {
        return lowest;
    }
    let mut first = lowest;
    for (at, finding) in findings.iter().enumerate() {
        let gives_way = finding.scale.is_some() && !finding.kind.is_drill();
        let Some(day) = finding
            .when
            .on
            .filter(|_| gives_way || finding.is_filling())
        else {
            continue;
        };
        let other = first.and_then(|first| findings[first].when.on);
        if other.is_none_or(|other| day < other) {
            first = Some(at);
        }
    }
    first
}

/// Severity of a constraint that breaks at a multiple of today's load.
pub(super) fn by_scale(scale: f64, target_ratio: f64) -> Severity {
    if !holds(scale) {
        Severity::Critical
    } else if !holds(scale * target_ratio) {
        Severity::Warning
    } else {
        Severity::Info
    }
}
