//! Usage exports on the page: the import dialog, and the comparison with the model.

use crate::say::traffic::workload_name;
use crate::say::words;
use crate::traffic::{By, Workload};

/// Failure of the reader.
pub(crate) const FAILED: &str = "The reader of this file stopped. Reload the page and try again.";
pub(crate) const STOP: &str = "Stop";
/// Note on privacy.
pub(crate) const STAYS_HERE: &str = "The file stays in this tab; of its texts only names of \
                                     models and columns are kept.";
pub(crate) const USE_ALL: &str = "Use all of it";
pub(crate) const USE_ONE: &str = "Use";
/// Values as ranges, or as single numbers.
pub(crate) const RANGES: &str = "Take each value with its range over the coming days";
pub(crate) const VALUE_HEADS: [&str; 4] = ["Value", "Measured", "How sure", ""];
pub(crate) const PEAK: &str = "Plan for";
/// Choice of the property that defines workloads.
pub(crate) const WORKLOADS: &str = "Workloads, merged as you like, by";
pub(crate) const PROVIDERS: &str = "Providers and weights as they were called";
pub(crate) const KEEP: &str = "Keep in this browser";
pub(crate) const KEPT: &str = "Kept in this browser";
pub(crate) const FORGET: &str = "Forget it";
/// Name of a kept trace.
pub(crate) const NAME: &str = "Name of the trace";
pub(crate) const TRACES: &str = "Traces in this browser";
/// Message: values were applied.
pub(crate) const TAKEN: &str = "Measured values are in the form. Undo takes them back";
pub(crate) const NOT_COUNTED: &str = "not counted";
pub(crate) const TIME_ENDS: &str = "Each time ends its bucket";
pub(crate) const READ_AGAIN: &str = "Read the file";

/// Progress of reading.
pub(crate) fn reading(ratio: f64) -> String {
    format!("Reading: {}", words::percent(ratio))
}

/// Button that applies one value.
pub(crate) fn use_one(label: &str) -> String {
    format!("Use: {label}")
}

/// Meaning of a column.
pub(crate) fn means(name: &str) -> String {
    format!("Meaning of {name}")
}

/// Unit of a column.
pub(crate) fn unit_of(name: &str) -> String {
    format!("Unit of {name}")
}

/// Column of a plain trace.
pub(crate) fn plain(name: &str) -> &'static str {
    match name {
        "timestamp" => "time of a request",
        "input_tokens" => "its input tokens",
        "output_tokens" => "its output tokens",
        _ => "its cached input tokens",
    }
}

/// Property shared by the requests of a workload.
pub(crate) fn by(by: By) -> &'static str {
    match by {
        By::Model => "model",
        By::Key => "key (its name is dropped)",
        By::Tag => "tag, project or application (its name is dropped)",
        By::Batch => "live or batch",
    }
}

/// Workload that a group is merged into.
pub(crate) fn place(place: usize) -> String {
    match place {
        0 => "the rest".to_owned(),
        place => format!("workload {place}"),
    }
}

/// Requests and tokens of a workload.
pub(crate) fn workload(of: &Workload) -> String {
    let name = workload_name(of);
    let [requests, input, output] =
        [of.requests_per_day, of.input_tokens, of.output_tokens].map(words::short);
    format!("{name}: {requests} requests a day, {input} tokens in, {output} out")
}
