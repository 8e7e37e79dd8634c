//! The words of the command alone: flags and files it cannot use, titles and rows of what it
//! prints. Its help stands at its flags, in `bin/kt-capacity/args.rs`.

use std::fmt::Display;

use super::{json, notice, words};
use crate::scenario::link::Notice;
use crate::simulation::Count;

/// A flag with a value that it does not take.
pub fn refused(flag: &str, allowed: &str) -> String {
    format!("{flag} cannot be used. Allowed: {allowed}")
}

/// The same with the value.
pub fn refused_value(flag: &str, value: &str, allowed: &str) -> String {
    format!("{flag}: “{value}” cannot be used. Allowed: {allowed}")
}

/// What `--set` takes.
pub const KEY_AND_VALUE: &str = "KEY=VALUE";
/// What `--today` takes.
pub const DATE: &str = "a date as 2026-11-23";
/// What `--from` and `--to` take.
pub const TWO_TIMES: &str = "two times as 2026-10-05T00:00:00Z";
/// What `--zone` takes.
pub const OFFSET: &str = "an offset as +02:00 or -05:30";
/// What `--column` takes.
pub const COLUMN: &str = "NAME=input_tokens or another column of a known table, or \
     NAME=input:per_second with answered, failed, throttled, input, cached or output and \
     per_second, per_minute or per_bucket";
/// What `--column` takes of a panel.
pub const COLUMN_OF_PANEL: &str = "a unit with each column of a panel, as \
     NAME=answered:per_second, per_minute or per_bucket";
/// What `--series` takes.
pub const SERIES: &str = "LABEL=VALUE:requests:per_second";

/// The providers of a scenario that came from a usage export.
pub const PROVIDERS_CALLED: &str =
    "Providers and weights are those that the file says were called.";

/// A model that stands for those that a file leaves out.
pub fn model_assumed(model: &str) -> String {
    format!("The file names no model: {model} is assumed, with its price and its limits.")
}

/// Models of which nobody knows who sold them.
pub fn providers_unknown(models: &[String]) -> String {
    format!(
        "Nothing says who was called for {}: providers and their limits stay assumed.",
        models.join(", ")
    )
}

/// Workloads that gave way to a usage export.
pub const TRACE_IS_ALL: &str =
    "The file has all the traffic: it stands in place of all workloads of the scenario.";

/// Tokens of a day without a count of requests.
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

/// The day of a trace is lived with more or fewer requests than it has.
pub fn times_the_trace(times: f64) -> String {
    format!(
        "Each minute of the trace’s fullest day is simulated with {} times its requests, as the \
         flags ask.",
        words::significant(times)
    )
}

/// What `--on` takes.
pub const MONTH: &str = "a month as 2027-03, from this one to 18 months ahead";

/// The simulated day has the load of a later month.
pub fn at_month(month: &str, load_ratio: f64) -> String {
    format!(
        "The day is simulated for {month} at {} today’s load, under the files that are exported \
         today.",
        words::multiple(load_ratio)
    )
}

/// A later month without growth.
pub const NO_GROWTH: &str =
    "No growth is given (--set growth=5), so that the day has today’s load.";

/// Something in the list of happenings cannot be read.
pub fn happens(why: &str) -> String {
    format!("happens: {why}")
}

/// A shape of the day that its peak multiplier does not keep.
pub fn flattened(multiplier: f64, height: f64) -> String {
    format!(
        "The peak multiplier of {} flattens the shape of the day, whose busiest time has {} times \
         the mean: quiet and empty hours have more requests than it says. Set peak-multiplier={} \
         to keep it.",
        words::significant(multiplier),
        words::significant(height),
        // Rounded up, so that it does keep the shape.
        libm::ceil(height * 100.0) / 100.0,
    )
}

/// Flags that a measured day does not follow.
pub const SHAPE_OF_TRACE: &str = "The simulated day has the minutes of the trace: shape, peak \
                                  multiplier and burstiness do not change it.";

/// A file that the system refuses.
pub fn unreadable(path: &dyn Display, error: &dyn Display) -> String {
    format!("“{path}” cannot be read: {error}")
}

/// A scenario that is no JSON.
pub fn no_json(path: &str, error: &impl Display, line: usize) -> String {
    format!("“{path}” is not JSON: {}", json::problem(error, line))
}

/// Both sides of a comparison are standard input.
pub const ONE_INPUT: &str = "Only one of the two files can be -, for standard input";
/// The end of a refusal of several objects.
pub const CHOOSE_BY_OBJECT: &str = " with --object NAME";
/// Why a manifest is none.
pub const NOTHING_TO_REPLAY: &str = "there is neither an autoscaler nor a Deployment in it";
/// Before the faults of a file that is held back.
pub const NOT_WRITTEN: &str = "not written: ";

/// An unread part of flags, led by the flag that said it.
pub fn unread_flag(unread: &Notice, own_flags: &[&str]) -> String {
    let is_own = match unread {
        Notice::BadValue { key, .. } => own_flags.contains(&key.as_str()),
        _ => false,
    };
    let lead = if is_own { "--" } else { "--set " };
    [lead, &notice::text(unread)].concat()
}

/// A link that a page cuts.
pub fn long_link(characters: usize) -> String {
    format!(
        "a page reads only the first {characters} characters of this link: pass the scenario on \
         as a file"
    )
}

/// Values that a file gave.
pub const TAKEN: &str = "Taken";
/// Values that were filled in for what a file leaves open.
pub const FILLED_IN: &str = "Filled in";
/// Values that could not be used.
pub const NOT_USED: &str = "Not used";
/// Values that an exported file has of its own.
pub const NOTHING_TO_TAKE: &str = "Nothing to take";

/// A line of a file.
pub fn line(number: usize) -> String {
    format!("line {number}")
}

/// The inputs that differ.
pub const INPUTS: &str = "Inputs";
/// The results that differ.
pub const RESULTS: &str = "Results";

/// Columns of the providers: name, share, requests, tokens, use, and the scale of the limit.
pub const PROVIDER_HEADS: [&str; 6] = ["Provider", "share", "RPM", "TPM", "use", "full at"];
/// The use of a provider that allows nothing.
pub const CLOSED: &str = "closed";
/// The scale of a provider without limits.
pub const NO_LIMIT: &str = "no limit known";
/// The scale of a provider that allows nothing.
pub const NOTHING_ALLOWED: &str = "nothing allowed";

/// Requests of a day, where some of them are sent again or not.
pub fn served(offered: u64, sent: u64, served: u64) -> String {
    if sent == offered {
        let requests = if offered == 1 { "request" } else { "requests" };
        format!("{offered} {requests}, {served} served")
    } else {
        format!(
            "{offered} questions sent {sent} times, {served} served; shares are of all sendings, \
             those of waits of the requests that get a slot"
        )
    }
}

/// The fate of requests, as a row; none where it is no row.
pub fn fate(count: Count) -> Option<&'static str> {
    Some(match count {
        Count::Late => "waited too long for a slot",
        Count::Refused => "refused by a full queue",
        Count::GaveUp => "left while they waited",
        Count::Limited => "ended at a provider’s limit",
        Count::Failed => "failed",
        Count::Resent => "sent again",
        Count::GhostsStarted => "answered after the client left",
        _ => return None,
    })
}

/// The wait that nearly all requests stay within.
pub const WAIT_P99: &str = "99 % wait at most";
/// The time to the answer that nearly all requests stay within.
pub const TOTAL_P99: &str = "99 % are answered within";
/// Requests without an end yet.
pub const OPEN: &str = "still open at the end";
/// Pods, added up over the hours.
pub const POD_HOURS: &str = "pod-hours";
/// The most that the autoscaler asked for.
pub const MOST_PODS: &str = "most pods wanted";
/// Changes of the number of pods.
pub const SCALE_CHANGES: &str = "scale changes";

/// A provider's calls, behind its name.
pub fn calls(calls: u64, rejected: u64, held_back: u64) -> String {
    let held_back = match held_back {
        0 => String::new(),
        held => format!(", {held} held back by the gateways"),
    };
    format!("{calls:>9} calls, {rejected} refused for a limit{held_back}")
}

/// Columns of the hours of a day.
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
