//! The toolbar, the header of an embedded page, and the bottom bar of small screens.

use super::counted;
use crate::plan::Demand;
use crate::say::words;

pub(crate) const PRODUCT: &str = "Capacity calculator";
pub(crate) const SKIP: &str = "Skip to the answers";

pub(crate) const SCENARIO_NAME: &str = "Scenario name";
pub(crate) const UNTITLED: &str = "Untitled scenario";
pub(crate) const SAVED: &str = "saved in the link";

pub(crate) const COPY_LINK: &str = "Copy link";
pub(crate) const LINK_COPIED: &str = "Link copied";
pub(crate) const SHARE: &str = "Share…";
pub(crate) const SWITCH_THEME: &str = "Switch between light and dark";
pub(crate) const THEME: &str = "Light or dark";

/// Undo, redo and reset.
pub(crate) const HISTORY: &str = "History";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const UNDO_BY_KEY: &str = "Undo (Ctrl+Z)";
pub(crate) const REDO: &str = "Redo";
pub(crate) const REDO_BY_KEY: &str = "Redo (Ctrl+Shift+Z)";
pub(crate) const RESET: &str = "Reset to the guide’s example";
pub(crate) const RESET_TITLE: &str = "Reset to the guide’s example; can be undone";

/// Choice of the view.
pub(crate) const READING: &str = "Reading";
pub(crate) const BRIEF: &str = "Brief";
pub(crate) const FULL: &str = "Full";
pub(crate) const COMPARE: &str = "Compare";

pub(crate) const DISMISS: &str = "Dismiss";

/// Title of the changes in answers since an earlier link.
pub(crate) const MOVED_TITLE: &str =
    "This link is from an earlier release. Its inputs are as they were; some answers are not:";

/// Corrections that change answers.
pub(crate) const MOVED: [&str; 3] = [
    "The tiers’ monthly spend limits count: $500 at OpenAI Build and at Anthropic Start.",
    "Requests reach the gateways at random, so that one can be full while another is free.",
    "Answers that outlast the clients’ timeout count as unserved.",
];

/// Button that dismisses the notice.
pub(crate) const MOVED_DONE: &str = "Got it";

/// Title of unreadable parts of a draft or of a link.
pub(crate) const fn unread(is_draft: bool) -> &'static str {
    if is_draft {
        "Part of what this browser had kept could not be used; the rest is here."
    } else {
        "Part of the link could not be used; the rest is here."
    }
}

/// Number of omitted lines.
pub(crate) fn and_more(lines: usize) -> String {
    format!("… and {lines} more")
}

/// The bottom bar, and its button for the inputs.
pub(crate) const DOCK: &str = "Scenario in short";
pub(crate) const INPUTS: &str = "Inputs";

/// Load in the bottom bar.
pub(crate) fn load(demand: &Demand) -> String {
    format!(
        "{} requests/day, peak {} rps",
        words::short(demand.requests_per_day),
        words::significant(demand.peak_rps)
    )
}

/// Rows in the bottom bar; `to_check` is [`super::panel::to_check`].
pub(crate) fn rows(workloads: usize, providers: usize, to_check: &str) -> String {
    format!(
        "{} · {}{to_check}",
        counted(workloads, "workload"),
        counted(providers, "provider")
    )
}
