//! Usage exports on the page: the dialog that reads them, and the section beside the model.

use crate::say::traffic::workload_name;
use crate::say::words;
use crate::traffic::{By, Workload};

/// Something of the reader's own went wrong.
pub(crate) const FAILED: &str = "The reader of this file stopped. Reload the page and try again.";
pub(crate) const STOP: &str = "Stop";
/// Where the file goes.
pub(crate) const STAYS_HERE: &str = "The file stays in this tab; of its texts only names of \
                                     models and columns are kept.";
pub(crate) const USE_ALL: &str = "Use all of it";
pub(crate) const USE_ONE: &str = "Use";
/// Values as ranges, or as single numbers.
pub(crate) const RANGES: &str = "Take each value with its range over the coming days";
pub(crate) const VALUE_HEADS: [&str; 4] = ["Value", "Measured", "How sure", ""];
pub(crate) const PEAK: &str = "Plan for";
/// The workloads of a file, by which property.
pub(crate) const WORKLOADS: &str = "Workloads, merged as you like, by";
pub(crate) const PROVIDERS: &str = "Providers and weights as they were called";
pub(crate) const KEEP: &str = "Keep in this browser";
pub(crate) const KEPT: &str = "Kept in this browser";
pub(crate) const FORGET: &str = "Forget it";
/// The name under which a trace is kept.
pub(crate) const NAME: &str = "Name of the trace";
pub(crate) const TRACES: &str = "Traces in this browser";
/// After values were taken over.
pub(crate) const TAKEN: &str = "Measured values are in the form. Undo takes them back";
pub(crate) const NOT_COUNTED: &str = "not counted";
pub(crate) const TIME_ENDS: &str = "Each time ends its bucket";
pub(crate) const READ_AGAIN: &str = "Read the file";

/// The share of a file that is read.
pub(crate) fn reading(ratio: f64) -> String {
    format!("Reading: {}", words::percent(ratio))
}

/// The button of one value.
pub(crate) fn use_one(label: &str) -> String {
    format!("Use: {label}")
}

/// The meaning of a column.
pub(crate) fn means(name: &str) -> String {
    format!("Meaning of {name}")
}

/// The unit of a column.
pub(crate) fn unit_of(name: &str) -> String {
    format!("Unit of {name}")
}

/// A column of a plain trace.
pub(crate) fn plain(name: &str) -> &'static str {
    match name {
        "timestamp" => "time of a request",
        "input_tokens" => "its input tokens",
        "output_tokens" => "its output tokens",
        _ => "its cached input tokens",
    }
}

/// A property that requests of one workload share.
pub(crate) fn by(by: By) -> &'static str {
    match by {
        By::Model => "model",
        By::Key => "key (its name is dropped)",
        By::Tag => "tag, project or application (its name is dropped)",
        By::Batch => "live or batch",
    }
}

/// The workload that something becomes a part of.
pub(crate) fn place(place: usize) -> String {
    match place {
        0 => "the rest".to_owned(),
        place => format!("workload {place}"),
    }
}

/// A workload's requests and tokens.
pub(crate) fn workload(of: &Workload) -> String {
    let name = workload_name(of);
    let [requests, input, output] =
        [of.requests_per_day, of.input_tokens, of.output_tokens].map(words::short);
    format!("{name}: {requests} requests a day, {input} tokens in, {output} out")
}
