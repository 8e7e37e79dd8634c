//! One future: the numbers of a plan that the answers are made from.

use crate::catalog::date::Date;
use crate::plan::chapters::{Chapters, chapters};
use crate::plan::explain::figures;
use crate::plan::findings::findings;
use crate::plan::verdict::verdict;
use crate::plan::{Figure, Finding, LimitKind, Outline, VerdictState, Whole, day, storage};
use crate::scenario::Scenario;

/// One future.
pub(super) struct Sample {
    pub(super) state: VerdictState,
    /// Days until it fits no longer: none today; absent where nothing ends it.
    pub(super) days: Option<f64>,
    /// What gives way first.
    pub(super) first: Option<Finding>,
    pub(super) figures: Vec<Figure>,
    /// Kinds of each provider's limits, and which of them is over.
    pub(super) kinds: Vec<Vec<LimitKind>>,
    pub(super) over: Vec<Vec<bool>>,
    pub(super) is_queue_over: bool,
    pub(super) lines: Option<Lines>,
}

/// The lines of the charts.
pub(super) struct Lines {
    pub(super) tokens: Vec<f64>,
    pub(super) gateways: Vec<f64>,
    pub(super) days: Vec<f64>,
    pub(super) bytes: Vec<f64>,
    pub(super) bytes_with_growth: Vec<f64>,
}

/// The future of a scenario in which every number is one.
pub(super) fn sample(scenario: &Scenario, today: Date, with_lines: bool) -> Sample {
    let chapters = chapters::<Outline>(scenario);
    let mut findings = findings(scenario, &chapters, today);
    let verdict = verdict(scenario, &chapters, &findings);
    let place = verdict.reason.finding();
    let plans = || chapters.providers.iter();
    let over = plans().map(|plan| {
        plan.limits
            .iter()
            .map(|used| used.state.is_over())
            .collect()
    });
    let kinds = plans().map(|plan| plan.limits.iter().map(|used| used.kind).collect());
    let end = verdict.until.map(|day| (day - today).num_days() as f64);
    Sample {
        state: verdict.state,
        days: match verdict.state {
            VerdictState::Fails => Some(0.0),
            _ => end,
        },
        figures: figures::<Outline>(scenario, &chapters),
        kinds: if with_lines {
            kinds.collect()
        } else {
            Vec::new()
        },
        over: over.collect(),
        is_queue_over: 0.0 < chapters.queue.backlog_per_minute,
        first: place.map(|at| findings.swap_remove(at)),
        lines: with_lines.then(|| lines(scenario, &chapters)),
    }
}

fn lines(scenario: &Scenario, chapters: &Chapters) -> Lines {
    let mean_tpm = chapters.demand.mean_tpm;
    let storage = chapters.storage.clone();
    let storage = storage::with_details::<Whole>(scenario, &chapters.demand, storage);
    let points = || storage.timeline.iter();
    let pods = day::day::<Whole>(scenario, chapters).instances;
    Lines {
        tokens: chapters.profile.iter().map(|x| x * mean_tpm).collect(),
        gateways: pods.into_iter().map(f64::from).collect(),
        days: points().map(|point| point.day).collect(),
        bytes: points().map(|point| point.bytes).collect(),
        bytes_with_growth: points().map(|point| point.bytes_with_growth).collect(),
    }
}
