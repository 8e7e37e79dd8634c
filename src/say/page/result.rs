//! The answers: titles of their sections, the brief, figures and findings, the foot.

use crate::plan::Plan;
use crate::say::words;

/// Titles of the sections, and the line beside each.
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

/// Below the title of the other numbers.
pub(crate) fn numbers(figures: usize) -> String {
    format!("{figures} figures, each with its formula; tokens and cost by workload")
}

/// The table of the workloads.
pub(crate) const BY_WORKLOAD: &str = "Tokens and cost by workload";
pub(crate) const WORKLOAD: &str = "Workload";
pub(crate) const REQUESTS_DAY: &str = "Requests/day";
pub(crate) const TOKENS_DAY: &str = "Tokens/day";
pub(crate) const MEAN_TOKENS: &str = "Mean tokens/min";
pub(crate) const PEAK_TOKENS: &str = "Peak tokens/min";
pub(crate) const TOKENS_USD: &str = "Tokens $/month";

pub(crate) const APPLY: &str = "Apply";
pub(crate) const UNDO: &str = "Undo";

/// The button that carries out what is named.
pub(crate) fn apply(name: &str) -> String {
    format!("Apply: {name}")
}

/// After a fix was carried out.
pub(crate) fn applied(fix: &str) -> String {
    format!("Applied: {fix}")
}

/// The status of a finding that a change has removed.
pub(crate) const MENDED: &str = "no longer so";

/// Opens the findings behind the first ones.
pub(crate) fn more_findings(titles: &[String]) -> String {
    let (number, titles) = (titles.len(), titles.join("; "));
    format!("{number} more: {titles}")
}

/// Puts the findings in their order again.
pub(crate) const RANK: &str = "Re-rank";

/// The numbers of a plan by which a change is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    /// Multiple of today’s load at which the first limit is reached.
    scale: Option<f64>,
    /// Dollars a month.
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

/// The difference that a change makes, in a line.
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

/// How many of the checks the model answers, and how.
pub(crate) fn answered(held: usize, failed: usize, of: usize) -> String {
    let open = of.saturating_sub(held + failed);
    format!("{held} hold, {failed} fail, {open} for you to check")
}

/// Below the verdict while fields hold what cannot be used.
pub(crate) fn stale(fields: u32) -> String {
    let fields = words::counted(fields, "field");
    format!("{fields} to check: the last valid values are used")
}

/// The brief.
pub(crate) const BRIEF: &str = "Capacity brief";
pub(crate) const COPY_AS_TEXT: &str = "Copy as text";
pub(crate) const PRINT: &str = "Print";
pub(crate) const TO_KNOW: &str = "What to know";
pub(crate) const TO_DECIDE: &str = "To decide";
/// Between the day of the brief and its link.
pub(crate) const LIVE: &str = ", the same scenario, live: ";

/// The foot.
pub(crate) const ABOUT: &str = "About the figures";
pub(crate) const IN_THIS_BROWSER: &str =
    "Everything is computed in this browser; the scenario is in the link.";
pub(crate) const SHARE: &str = "Share…";
pub(crate) const KEYBOARD: &str = "Keyboard";
