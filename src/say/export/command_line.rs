//! `kt-command.sh`.

use crate::say::words;
use crate::scenario::number::grouped;

/// Description.
pub const ABOUT: &str = "The gateway's own estimate of this scenario.";

/// A command that prints the queue depth.
pub fn queue_depth(when: &str, command: &str) -> String {
    format!("Queue depth, {when}: {command}")
}

/// Result of the check.
pub const CHECKED: &str = "The guide's six flags";

/// A flag without a value.
pub fn nameless(flag: &str) -> String {
    format!("{flag} needs a name")
}

/// Gap: workloads are merged into one.
pub fn one_workload(workloads: usize) -> String {
    format!("It takes one workload: requests are the sum of {workloads}, tokens their mean.")
}

/// Gap: only one provider is kept.
pub fn one_provider(providers: usize) -> String {
    format!("It takes one provider: the one with the largest weight of {providers}.")
}

/// Load that the command estimates.
pub fn asks_note(requests_per_day: f64, tokens_per_request: f64, peak_multiplier: f64) -> String {
    format!(
        "Asks for {} requests a day of {} tokens on average, with a peak of {} times the mean.",
        grouped(requests_per_day.round()),
        grouped(tokens_per_request.round()),
        grouped(peak_multiplier),
    )
}

/// Gap: the provider's actual share.
pub fn share_note(provider: &str, share_ratio: f64) -> String {
    format!(
        "It knows one provider; {provider} takes {} of the requests here.",
        words::plain_percent(share_ratio)
    )
}

/// Gap: unknown output of the command.
pub const UNSEEN_NOTE: &str = "The guide shows the command but not what it prints.";
