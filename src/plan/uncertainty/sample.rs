//! One future: the numbers of a plan that results are derived from.

use super::course::Course;
use crate::catalog::date::Date;
use crate::plan::chapters::chapters;
use crate::plan::explain::figures;
use crate::plan::findings::findings;
use crate::plan::verdict::verdict;
use crate::plan::{Aside, Figure, FigureId, Finding, LimitKind, Outline, VerdictState, Whole};
use crate::scenario::Scenario;

/// One future.
pub(super) struct Sample {
    pub(super) state: VerdictState,
    /// Days until the load no longer fits: 0 if it fails today; `None` without an end.
    pub(super) days: Option<f64>,
    /// First constraint to give way.
    pub(super) first: Option<Finding>,
    pub(super) figures: Vec<Figure>,
    /// Limits that are exceeded.
    pub(super) over: Vec<OverLimit>,
    pub(super) is_queue_over: bool,
    /// 99th percentile of waits at the peak, seconds.
    pub(super) wait_s: Option<f64>,
    /// Share of requests answered after the clients' timeout.
    pub(super) late_ratio: f64,
    pub(super) course: Course,
}

impl Sample {
    /// The multiple of today's load at which the first limit is full: none of it where something
    /// fails at any load, infinite where nothing gives way. Absent where nobody can say.
    pub(super) fn room_or_endless(&self) -> Option<f64> {
        let Some(first) = &self.first else {
            return Some(f64::INFINITY);
        };
        let nothing = (self.state == VerdictState::Fails).then_some(0.0);
        first.scale.or(nothing)
    }
}

/// A limit: futures differ in how many limits of a provider are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OverLimit {
    pub(super) provider: usize,
    pub(super) kind: LimitKind,
    pub(super) of_organization: bool,
}

/// The future of a scenario without ranges.
pub(super) fn sample(scenario: &Scenario, today: Date) -> Sample {
    let chapters = chapters::<Outline>(scenario);
    let mut findings = findings(scenario, &chapters, today);
    let verdict = verdict(scenario, &chapters, &findings);
    let place = verdict.reason.finding();
    let plans = chapters.providers.iter().enumerate();
    let over = plans.flat_map(|(provider, plan)| {
        let over = plan.limits.iter().filter(|used| used.state.is_over());
        over.map(move |used| OverLimit {
            provider,
            kind: used.kind,
            of_organization: used.of_organization,
        })
    });
    let end = verdict.until.map(|day| (day - today).num_days() as f64);
    Sample {
        state: verdict.state,
        days: match verdict.state {
            VerdictState::Fails => Some(0.0),
            _ => end,
        },
        figures: figures::<Whole>(scenario, &chapters)
            .into_iter()
            .map(bounded)
            .collect(),
        over: over.collect(),
        is_queue_over: 0.0 < chapters.queue.backlog_per_minute,
        first: place.map(|at| findings.swap_remove(at)),
        wait_s: chapters.queue.wait_p99_s,
        late_ratio: chapters.patience.over_ratio,
        course: Course::of(scenario, &chapters),
    }
}

/// Maximum utilization that is reported; also reported for a limit of 0, which has no utilization.
pub const MOST_USE: f64 = 1_000.0;

fn bounded(mut figure: Figure) -> Figure {
    if figure.id == FigureId::TightestLimit {
        figure.result = match figure.aside {
            Aside::Closed { .. } => MOST_USE,
            _ => figure.result.min(MOST_USE),
        };
    }
    figure
}
