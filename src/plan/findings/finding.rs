//! A finding: its subject, how urgent it is, and when growth makes it true.

use serde::Serialize;

use crate::catalog::date::Date;
use crate::model::limit::holds;
use crate::plan::{FindingKind, Fix};

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

/// Findings that are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Fails today.
    Now,
    /// Comes within three months, at the growth that is given.
    Quarter,
    /// Fails only if something else does, or has neither a day nor a multiple of the load.
    Risk,
    /// Comes later, or with more load than growth is known to bring.
    Later,
    /// Good to know.
    Note,
}

/// Months of the quarter ahead.
const QUARTER: f64 = 3.0;

/// A finding that does not depend on a multiple of the load.
pub(super) fn plain(severity: Severity, kind: FindingKind) -> Finding {
    Finding {
        kind,
        severity,
        scale: None,
        when: When::default(),
        fixes: Vec::new(),
    }
}

/// A finding about something that breaks at a multiple of today's load.
pub(super) fn breaking(scale: f64, severity: Severity, kind: FindingKind) -> Finding {
    Finding {
        scale: Some(scale),
        ..plain(severity, kind)
    }
}

impl Finding {
    /// The findings that it is read with.
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

    /// Whether it is a disk that is full one day, at no multiple of the load.
    pub fn is_filling(&self) -> bool {
        self.kind.is_disk() && self.scale.is_none() && self.when.on.is_some()
    }
}

/// Where the constraint stands that gives way first: at the lowest multiple if that is
/// reached already, else on the earliest day that growth or filling brings. A drill is not
/// today's load.
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

/// How urgent it is that something breaks at a multiple of today's load.
pub(super) fn by_scale(scale: f64, target_ratio: f64) -> Severity {
    if !holds(scale) {
        Severity::Critical
    } else if !holds(scale * target_ratio) {
        Severity::Warning
    } else {
        Severity::Info
    }
}
