//! The guide's checklists: tasks, and the plan's answers.

use crate::plan::{Check, CheckId, Detail, FindingKind};
use crate::say::finding;
use crate::say::words;
use crate::scenario::number::grouped;

/// Task of a line.
pub fn text(id: CheckId) -> &'static str {
    match id {
        CheckId::Demand => "Token throughput modelled",
        CheckId::Limits => "Provider limits match demand",
        CheckId::Fleet => "Gateway fleet sized for peak × headroom",
        CheckId::Autoscaler => "Horizontal autoscaling configured",
        CheckId::Queue => "Queue depth monitored and alerted",
        CheckId::Disk => "PostgreSQL sized for the retention",
        CheckId::Failover => "Failover to the second provider tested",
        CheckId::TokensWeekly => "Review weekly token consumption",
        CheckId::Overhead => "P99 gateway overhead under 10 ms",
        CheckId::LimitsUse => "Provider limits used below the target",
        CheckId::QueueTrend => "Queue depth trends",
        CheckId::Quarterly => "Update the model every quarter",
    }
}

/// Basis of an answer.
pub fn detail(check: &Check) -> String {
    match &check.detail {
        Detail::Nothing => String::new(),
        Detail::File => file(check.id).to_owned(),
        Detail::Tokens { per_day, peak_tpm } => [
            &words::several(&words::short(*per_day), "token"),
            " a day, ",
            &words::short(*peak_tpm),
            " tokens/min at the peak",
        ]
        .concat(),
        Detail::Tightest {
            provider,
            ratio,
            target_ratio,
        } => [
            "tightest ",
            &words::percent(*ratio),
            " at ",
            provider,
            ", target ",
            &words::percent(*target_ratio),
        ]
        .concat(),
        Detail::Closed(provider) => format!("{provider} allows nothing"),
        Detail::LimitsPartlyKnown => "not all limits are known".to_owned(),
        Detail::NoLimit => "no limit known".to_owned(),
        Detail::Gateways {
            needed,
            headroom,
            allowed,
        } => format!(
            "{} for {} × the peak, {allowed} allowed",
            words::counted(*needed, "gateway"),
            grouped(*headroom)
        ),
        Detail::Disk {
            retained_bytes,
            disk_bytes,
        } => [
            &words::bytes(*retained_bytes),
            " of ",
            &words::bytes(*disk_bytes),
        ]
        .concat(),
        Detail::Loss { finding, fits } => loss(finding, *fits),
        Detail::NothingToLose => "nothing to lose yet".to_owned(),
        Detail::OneProvider => "there is only one provider".to_owned(),
        Detail::TokensAWeek(tokens) => {
            let tokens = words::several(&words::short(*tokens), "token");
            ["expect ", &tokens, " a week"].concat()
        }
        Detail::Overhead(ms) => ["the plan assumes ", &words::significant(*ms), " ms"].concat(),
        Detail::Filled { finding, on } => {
            let title = finding::title(finding);
            [&title, ": full in ", &words::month_year(*on)].concat()
        }
        Detail::NoGrowth => "at the peak; no growth is entered".to_owned(),
        Detail::AlertDepth(depth) => format!("alert at {depth} in one gateway"),
        Detail::Next(date) => date.map_or_else(String::new, |date| {
            ["next: ", &words::day_of(date)].concat()
        }),
    }
}

/// File that does the task.
fn file(id: CheckId) -> &'static str {
    match id {
        CheckId::Autoscaler => "apply hpa.yaml",
        CheckId::Queue => "load prometheus-rules.yaml",
        _ => "",
    }
}

fn loss(found: &FindingKind, fits: bool) -> String {
    let (title, status) = (finding::title(found), finding::status(found));
    let paper = if fits { "on paper: " } else { "" };
    [paper, &title, ": ", &status].concat()
}
