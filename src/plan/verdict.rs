//! The verdict; `say::verdict` has the sentences.

use crate::catalog::date::Date;
use serde::Serialize;

use super::findings::first;
use super::{Chapters, Finding, Severity};
use crate::model::limit::holds;
use crate::scenario::Scenario;

/// Verdict, with its reason.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Whether the load fits.
    pub state: VerdictState,
    /// Number of warnings among the findings.
    pub risks: u32,
    /// Reason.
    pub reason: Reason,
    /// Date until which the load fits, if it fits today and growth ends that.
    pub until: Option<Date>,
}

/// Whether today's peak fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictState {
    /// It does.
    Fits,
    /// It does, but something is close or fails with something else.
    FitsWithRisk,
    /// It does not.
    Fails,
    /// Nobody can say: of a provider that carries load no limit is known.
    Unknown,
    /// There is nothing to judge.
    Empty,
}

impl VerdictState {
    /// The state with the simulated day, which may break its goals although the peak fits.
    #[must_use]
    pub fn with_day(self, is_broken: bool) -> Self {
        if is_broken && self.fits() {
            Self::Fails
        } else {
            self
        }
    }

    /// Whether the load fits at the peak.
    pub fn fits(self) -> bool {
        matches!(self, Self::Fits | Self::FitsWithRisk)
    }

    /// Status word that style sheets color.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "ok",
            Self::FitsWithRisk | Self::Unknown => "warn",
            Self::Fails => "danger",
            Self::Empty => "info",
        }
    }
}

/// Reason of a verdict; findings are given by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is no load.
    NoLoad,
    /// No limit is known.
    NoLimit,
    /// A provider without a known limit.
    Unknown(usize),
    /// A failure at any load.
    Configuration(usize),
    /// The first constraint to give way.
    First(usize),
}

impl Reason {
    /// Index of the finding, if the reason is one.
    pub fn finding(self) -> Option<usize> {
        match self {
            Self::NoLoad | Self::NoLimit => None,
            Self::Unknown(at) | Self::Configuration(at) | Self::First(at) => Some(at),
        }
    }
}

pub(super) fn verdict(scenario: &Scenario, chapters: &Chapters, findings: &[Finding]) -> Verdict {
    let count = |severity| {
        u32::try_from(findings.iter().filter(|f| f.severity == severity).count()).unwrap_or(0)
    };
    let (critical, risks) = (count(Severity::Critical), count(Severity::Warning));
    let state = if chapters.demand.requests_per_day == 0.0 {
        VerdictState::Empty
    } else if 0 < critical {
        VerdictState::Fails
    } else if findings.iter().any(|f| f.kind.is_unknown_limit()) {
        VerdictState::Unknown
    } else if 0 < risks {
        VerdictState::FitsWithRisk
    } else {
        VerdictState::Fits
    };
    let reason = reason(state, findings);
    let until = match reason {
        Reason::First(at) if findings[at].is_filling() => findings[at].when.on,
        Reason::First(at) if 0.0 < scenario.traffic.growth_percent => findings
            .get(at)
            .filter(|finding| finding.scale.is_some_and(holds))
            .and_then(|finding| finding.when.on),
        _ => None,
    };
    Verdict {
        state,
        risks,
        reason,
        until,
    }
}

/// Moves the deciding finding to the front.
pub(super) fn told_first(reason: Reason, findings: &mut [Finding]) -> Reason {
    if let Some(decides) = reason.finding().and_then(|at| findings.get_mut(..=at)) {
        decides.rotate_right(1);
    }
    match reason {
        Reason::Unknown(_) => Reason::Unknown(0),
        Reason::Configuration(_) => Reason::Configuration(0),
        Reason::First(_) => Reason::First(0),
        Reason::NoLoad | Reason::NoLimit => reason,
    }
}

fn reason(state: VerdictState, findings: &[Finding]) -> Reason {
    let place = |is_it: fn(&Finding) -> bool| findings.iter().position(is_it);
    if state == VerdictState::Empty {
        return Reason::NoLoad;
    }
    let critical = || place(|finding| finding.severity == Severity::Critical);
    let Some(first) = first(findings) else {
        return critical().map_or(Reason::NoLimit, Reason::Configuration);
    };
    // Findings without a scale (disks) fill over time; today they fit.
    let fits = findings[first].scale.is_none_or(holds);
    let other = match state {
        VerdictState::Unknown => place(|f| f.kind.is_unknown_limit()).map(Reason::Unknown),
        VerdictState::Fails if fits => critical().map(Reason::Configuration),
        _ => None,
    };
    other.unwrap_or(Reason::First(first))
}
