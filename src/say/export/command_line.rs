//! `kt-command.sh`.

use crate::say::words;
use crate::scenario::number::grouped;

/// What it is.
pub const ABOUT: &str = "The gateway's own estimate of this scenario.";

/// A command about the depth of the queue.
pub fn queue_depth(when: &str, command: &str) -> String {
    format!("Queue depth, {when}: {command}")
}

/// What was checked.
pub const CHECKED: &str = "The guide's six flags";

/// A flag without a value.
pub fn nameless(flag: &str) -> String {
    format!("{flag} needs a name")
}

/// Several workloads became one.
pub fn one_workload(workloads: usize) -> String {
    format!("It takes one workload: requests are the sum of {workloads}, tokens their mean.")
}

/// Several providers became one.
pub fn one_provider(providers: usize) -> String {
    format!("It takes one provider: the one with the largest weight of {providers}.")
}

/// What it asks for.
pub fn asks_note(requests_per_day: f64, tokens_per_request: f64, peak_multiplier: f64) -> String {
    format!(
        "Asks for {} requests a day of {} tokens on average, with a peak of {} times the mean.",
        grouped(requests_per_day.round()),
        grouped(tokens_per_request.round()),
        grouped(peak_multiplier),
    )
}

/// What the one provider takes here.
pub fn share_note(provider: &str, share_ratio: f64) -> String {
    format!(
        "It knows one provider; {provider} takes {} of the requests here.",
        words::plain_percent(share_ratio)
    )
}

/// What nobody knows of it.
pub const UNSEEN_NOTE: &str = "The guide shows the command but not what it prints.";
