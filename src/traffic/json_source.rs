//! Source of a JSON file, once its content reveals it.

use super::format::document::Document;
use super::outcome::Refusal;
use super::records::Records;
use super::skip::Skip;
use super::source::Format;

/// Source, with its state.
pub(crate) enum Source {
    Unknown,
    Records(Box<Records>),
    Document(Box<dyn Document>),
    Refused(Refusal),
}

impl Source {
    /// Source, once known.
    pub(crate) fn format(&self) -> Option<Format> {
        match self {
            Self::Unknown => None,
            Self::Records(records) => Some(records.spec().format),
            Self::Document(document) => Some(document.format()),
            Self::Refused(refusal) => refusal.format,
        }
    }
}

/// Reads a record of the source.
pub(crate) fn record(records: &mut Records, text: &str) {
    if !records.json(text) {
        records.skip(Skip::BadJson, 1);
    }
}
