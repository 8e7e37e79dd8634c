//! Words of the command: unusable flags and files, titles and rows of its output. Its help is at
//! the flags, in `bin/kt-capacity/args.rs`.

use std::fmt::Display;

use super::{json, notice, words};
use crate::scenario::link::Notice;
use crate::simulation::Count;

/// Refusal of a flag's value.
pub fn refused(flag: &str, allowed: &str) -> String {
    format!("{flag} cannot be used. Allowed: {allowed}")
}

/// Refusal of a flag's value, with the value.
pub fn refused_value(flag: &str, value: &str, allowed: &str) -> String {
    format!("{flag}: “{value}” cannot be used. Allowed: {allowed}")
}

/// Allowed values of `--set`.
pub const KEY_AND_VALUE: &str = "KEY=VALUE";
/// Allowed values of `--today`.
pub const DATE: &str = "a date as 2026-11-23";
/// Allowed values of `--from` and `--to`.
pub const TWO_TIMES: &str = "two times as 2026-10-05T00:00:00Z";
/// Allowed values of `--zone`.
pub const OFFSET: &str = "an offset as +02:00 or -05:30";
/// Allowed values of `--column`.
pub const COLUMN: &str = "NAME=input_tokens or another column of a known table, or \
     NAME=input:per_second with answered, failed, throttled, input, cached or output and \
     per_second, per_minute or per_bucket";
/// Allowed values of `--column` for a panel.
pub const COLUMN_OF_PANEL: &str = "a unit with each column of a panel, as \
     NAME=answered:per_second, per_minute or per_bucket";
/// Allowed values of `--series`.
pub const SERIES: &str = "LABEL=VALUE:requests:per_second";

/// Note: providers were taken from a usage export.
pub const PROVIDERS_CALLED: &str =
    "Providers and weights are those that the file says were called.";

/// Note: a model is assumed, as the file names none.
pub fn model_assumed(model: &str) -> String {
    format!("The file names no model: {model} is assumed, with its price and its limits.")
}

/// Note: models of unknown providers.
pub fn providers_unknown(models: &[String]) -> String {
    format!(
        "Nothing says who was called for {}: providers and their limits stay assumed.",
        models.join(", ")
    )
}

/// Note: a usage export replaced the workloads.
pub const TRACE_IS_ALL: &str =
    "The file has all the traffic: it stands in place of all workloads of the scenario.";

/// Note: tokens of a day without a count of requests.
pub fn tokens_alone(tokens: f64, requests: f64, is_chosen: bool) -> String {
    let (tokens, requests) = (words::short(tokens), words::short(requests));
    if is_chosen {
        return format!(
            "The file has {tokens} tokens a day and no requests: they are those of {requests} \
             requests a day."
        );
    }
    format!(
        "The file has {tokens} tokens a day and no requests: of the size that the scenario has, \
         these are {requests} requests a day. Say --requests-per-day if you know them."
    )
}

/// Note: the trace's day is scaled to another number of requests.
pub fn times_the_trace(times: f64) -> String {
    format!(
        "Each minute of the trace’s fullest day is simulated with {} times its requests, as the \
         flags ask.",
        words::significant(times)
    )
}

/// Allowed values of `--on`.
pub const MONTH: &str = "a month as 2027-03, from this one to 18 months ahead";

/// Note: the simulated day has the load of a later month.
pub fn at_month(month: &str, load_ratio: f64) -> String {
    format!(
        "The day is simulated for {month} at {} today’s load, under the files that are exported \
         today.",
        words::multiple(load_ratio)
    )
}

/// Note: a later month without growth.
pub const NO_GROWTH: &str =
    "No growth is given (--set growth=5), so that the day has today’s load.";

/// An unreadable entry in the list of events.
pub fn happens(why: &str) -> String {
    format!("happens: {why}")
}

/// Warning: the peak multiplier flattens the shape of the day.
pub fn flattened(multiplier: f64, height: f64) -> String {
    format!(
        "The peak multiplier of {} flattens the shape of the day, whose busiest time has {} times \
         the mean: quiet and empty hours have more requests than it says. Set peak-multiplier={} \
         to keep it.",
        words::significant(multiplier),
        words::significant(height),
        // Rounded up, so that the multiplier keeps the shape.
        libm::ceil(height * 100.0) / 100.0,
    )
}

/// Note: a measured day ignores these settings.
pub const SHAPE_OF_TRACE: &str = "The simulated day has the minutes of the trace: shape, peak \
                                  multiplier and burstiness do not change it.";

/// A file that the system cannot read.
pub fn unreadable(path: &dyn Display, error: &dyn Display) -> String {
    format!("“{path}” cannot be read: {error}")
}

/// A scenario file that is no JSON.
pub fn no_json(path: &str, error: &impl Display, line: usize) -> String {
    format!("“{path}” is not JSON: {}", json::problem(error, line))
}

/// Both inputs of a comparison are standard input.
pub const ONE_INPUT: &str = "Only one of the two files can be -, for standard input";
/// End of the refusal of several objects.
pub const CHOOSE_BY_OBJECT: &str = " with --object NAME";
/// Reason why a manifest cannot be replayed.
pub const NOTHING_TO_REPLAY: &str = "there is neither an autoscaler nor a Deployment in it";
/// Prefix of the faults of a file that is held back.
pub const NOT_WRITTEN: &str = "not written: ";

/// Prefix of each setting that an exported file cannot express.
pub const CANNOT_EXPRESS: &str = "  cannot express: ";

/// A notice about flags, led by the flag concerned.
pub fn unread_flag(unread: &Notice, own_flags: &[&str]) -> String {
    let is_own = match unread {
        Notice::BadValue { key, .. } => own_flags.contains(&key.as_str()),
        _ => false,
    };
    let lead = if is_own { "--" } else { "--set " };
    [lead, &notice::text(unread)].concat()
}

/// Warning: a page truncates the link.
pub fn long_link(characters: usize) -> String {
    format!(
        "a page reads only the first {characters} characters of this link: pass the scenario on \
         as a file"
    )
}

/// No simulated day, for its number of requests.
pub fn day_left_out(most: f64) -> String {
    format!(
        "The day is not simulated: it has more than {} requests. The command simulate runs it.",
        words::short(most)
    )
}

/// Title of values taken from a file.
pub const TAKEN: &str = "Taken";
/// Title of values filled in for missing ones.
pub const FILLED_IN: &str = "Filled in";
/// Title of unusable values.
pub const NOT_USED: &str = "Not used";
/// Title for a file without values to take.
pub const NOTHING_TO_TAKE: &str = "Nothing to take";

/// A line of a file.
pub fn line(number: usize) -> String {
    format!("line {number}")
}

/// Title of differing inputs.
pub const INPUTS: &str = "Inputs";
/// Title of differing results.
pub const RESULTS: &str = "Results";

/// Columns of the providers: name, share, requests, tokens, utilization, and multiple at which the
/// limit is full.
pub const PROVIDER_HEADS: [&str; 6] = ["Provider", "share", "RPM", "TPM", "use", "full at"];
/// Utilization of a provider with a limit of 0.
pub const CLOSED: &str = "closed";
/// Multiple of a provider without limits.
pub const NO_LIMIT: &str = "no limit known";
/// Multiple of a provider with a limit of 0.
pub const NOTHING_ALLOWED: &str = "nothing allowed";

/// Requests and sends of a day, and those served.
pub fn served(offered: u64, sent: u64, served: u64) -> String {
    if sent == offered {
        let requests = if offered == 1 { "request" } else { "requests" };
        format!("{offered} {requests}, {served} served")
    } else {
        format!(
            "{offered} questions sent {sent} times, {served} served; shares are of all sendings; \
             those of waits, of the requests that get a slot"
        )
    }
}

/// Label of a count in the table of outcomes; `None` for other counts.
pub fn fate(count: Count) -> Option<&'static str> {
    Some(match count {
        Count::LateStarted => "waited too long for a slot",
        Count::Refused => "refused by a full queue",
        Count::GaveUp => "left while they waited",
        Count::Limited => "ended at a provider’s limit",
        Count::Failed => "failed",
        Count::Resent => "sent again",
        Count::GhostsStarted => "answered after the client left",
        _ => return None,
    })
}

/// Label of the 99th percentile of waits.
pub const WAIT_P99: &str = "99 % wait at most";
/// Label of the 99th percentile of the time to the answer.
pub const TOTAL_P99: &str = "99 % are answered within";
/// Label of unfinished requests.
pub const OPEN: &str = "still open at the end";
/// Label of pod-hours.
pub const POD_HOURS: &str = "pod-hours";
/// Label of the maximum pods wanted.
pub const MOST_PODS: &str = "most pods wanted";
/// Label of scaling changes.
pub const SCALE_CHANGES: &str = "scale changes";

/// A provider's calls, behind its name.
pub fn calls(calls: u64, rejected: u64, held_back: u64) -> String {
    let held_back = match held_back {
        0 => String::new(),
        held => format!(", {held} held back by the gateways"),
    };
    format!("{calls:>9} calls, {rejected} refused for a limit{held_back}")
}

/// Columns of the hourly table.
pub const HOUR_HEADS: [&str; 11] = [
    "until", "offered", "again", "served", "late", "refused", "left", "limited", "failed",
    "p99 wait", "pods",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::link::laid_over;

    #[test]
    fn an_unread_part_is_led_by_its_flag() {
        let told = |pairs: &[(&str, &str)]| {
            let (_, notices) = laid_over(&Scenario::default(), pairs);
            let own = ["provider", "requests-per-day"];
            let told = notices.iter().map(|unread| unread_flag(unread, &own));
            told.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(
            told(&[("requests-per-day", "many")]),
            "--requests-per-day: “many” cannot be used. Enter 0 to 1,000,000,000,000"
        );
        assert_eq!(
            told(&[("growth", "-1")]),
            "--set growth: “-1” cannot be used. Enter 0 to 1,000 %"
        );
        assert_eq!(
            told(&[("gpu", "8")]),
            "--set “gpu” is not known here and was left out"
        );
    }
}
