//! Calls that fail after all attempts.

use super::finding::{Finding, plain};
use super::kind::{Failures, FindingKind};
use super::platform::of_unanswered;
use crate::plan::Chapters;
use crate::scenario::Scenario;

/// Finding: more calls fail after all attempts than the reader's goal allows.
pub(super) fn failures(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let retry = &scenario.gateway.retry;
    let goal_ratio = scenario.day.goals.unanswered_percent / 100.0;
    let ratio = (1.0 - chapters.demand.answered_ratio) * chapters.patience.direct_ratio;
    if ratio <= goal_ratio || chapters.demand.requests_per_day <= 0.0 {
        return None;
    }
    let kind = FindingKind::Failures(Failures {
        ratio,
        failure_ratio: retry.failure_percent / 100.0,
        attempts: retry.attempts,
        goal_ratio,
    });
    Some(plain(of_unanswered(ratio), kind))
}
