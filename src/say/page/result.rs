//! Answers: section titles, brief, figures, findings and footer.

use crate::plan::Plan;
use crate::say::words;

/// Section titles and their notes.
pub(crate) const FINDINGS: &str = "Which limit is reached first";
pub(crate) const FINDINGS_NOTE: &str = "By load, as a multiple of today’s peak";
pub(crate) const CHARTS: &str = "Charts";
pub(crate) const CHECKLIST: &str = "Checklist";
pub(crate) const BEFORE_LAUNCH: &str = "Before launch";
pub(crate) const ONGOING: &str = "Ongoing";
pub(crate) const ANSWERED: &str = "Answered: ";
pub(crate) const FAILS: &str = "Fails: ";
pub(crate) const KEY_FIGURES: &str = "Key figures";
pub(crate) const MORE_NUMBERS: &str = "More numbers";
pub(crate) const RULES: &str = "The largest of four rules applies";

/// Note on the further figures.
pub(crate) fn numbers(figures: usize) -> String {
    format!("{figures} figures, each with its formula; tokens and cost by workload")
}

/// Table of the workloads.
pub(crate) const BY_WORKLOAD: &str = "Tokens and cost by workload";
pub(crate) const WORKLOAD: &str = "Workload";
pub(crate) const REQUESTS_DAY: &str = "Requests/day";
pub(crate) const TOKENS_DAY: &str = "Tokens/day";
pub(crate) const MEAN_TOKENS: &str = "Mean tokens/min";
pub(crate) const PEAK_TOKENS: &str = "Peak tokens/min";
pub(crate) const TOKENS_USD: &str = "Tokens $/month";

pub(crate) const APPLY: &str = "Apply";
pub(crate) const UNDO: &str = "Undo";

/// Button that applies a fix.
pub(crate) fn apply(name: &str) -> String {
    format!("Apply: {name}")
}

/// Message: a fix was applied.
pub(crate) fn applied(fix: &str) -> String {
    format!("Applied: {fix}")
}

/// Status of a finding that a change has removed.
pub(crate) const MENDED: &str = "no longer so";

/// Disclosure of further findings.
pub(crate) fn more_findings(titles: &[String]) -> String {
    let (number, titles) = (titles.len(), titles.join("; "));
    format!("{number} more: {titles}")
}

/// Button that sorts the findings again.
pub(crate) const RANK: &str = "Re-rank";

/// Numbers of a plan that changes are judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    /// Multiple of today’s load at which the first limit is reached.
    scale: Option<f64>,
    /// Dollars per month.
    usd: f64,
}

impl Standing {
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            scale: plan.first().and_then(|finding| finding.scale),
            usd: plan.cost.per_month_usd,
        }
    }
}

/// Summary of a change's difference.
pub(crate) fn moved(before: &Standing, now: &Standing) -> String {
    let scale = |standing: &Standing| {
        standing
            .scale
            .map_or_else(|| "–".to_owned(), words::multiple)
    };
    let (from, to) = (scale(before), scale(now));
    let first = if from == to {
        format!("first limit still at {to}")
    } else {
        format!("first limit {from} → {to}")
    };
    let more = now.usd - before.usd;
    let cost = match more {
        _ if more.abs() < 0.005 => "no change of cost".to_owned(),
        0.0.. => format!("+{} a month", words::usd(more)),
        _ => format!("−{} a month", words::usd(-more)),
    };
    format!("{first}; {cost}")
}

/// Number of answered checks.
pub(crate) fn answered(held: usize, failed: usize, of: usize) -> String {
    let open = of.saturating_sub(held + failed);
    format!("{held} hold, {failed} fail, {open} for you to check")
}

/// Note below the verdict while fields are invalid.
pub(crate) fn stale(fields: u32) -> String {
    let fields = words::counted(fields, "field");
    format!("{fields} to check: the last valid values are used")
}

/// Brief.
pub(crate) const BRIEF: &str = "Capacity brief";
pub(crate) const COPY_AS_TEXT: &str = "Copy as text";
pub(crate) const PRINT: &str = "Print";
pub(crate) const TO_KNOW: &str = "What to know";
pub(crate) const TO_DECIDE: &str = "To decide";
/// Text between the brief's day and its link.
pub(crate) const LIVE: &str = ", the same scenario, live: ";

/// Footer.
pub(crate) const ABOUT: &str = "About the figures";
pub(crate) const IN_THIS_BROWSER: &str =
    "Everything is computed in this browser; the scenario is in the link.";
pub(crate) const SHARE: &str = "Share…";
pub(crate) const KEYBOARD: &str = "Keyboard";
