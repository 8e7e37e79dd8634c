//! The guide's lists.

use serde::Serialize;

use crate::plan;
use crate::say::checklist as say;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Check {
    /// Stable name.
    id: &'static str,
    /// Whether it belongs before launch or recurs.
    before_launch: bool,
    /// What to do.
    text: &'static str,
    /// What the plan knows about it.
    answer: Answer,
    /// The numbers behind the answer.
    detail: String,
}

/// What the plan knows about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    /// Done by this plan.
    Yes,
    /// The plan shows that it fails.
    No,
    /// Only people can tell.
    Open,
}

impl Check {
    pub(super) fn of(check: &plan::Check) -> Self {
        Self {
            id: check.id.key(),
            before_launch: check.id.is_before_launch(),
            text: say::text(check.id),
            answer: match check.answer {
                plan::Answer::Yes => Answer::Yes,
                plan::Answer::No => Answer::No,
                plan::Answer::Open => Answer::Open,
            },
            detail: say::detail(check),
        }
    }
}
