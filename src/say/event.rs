//! What the kinds of stored events are called.

use crate::scenario::EventKind;

/// Name of a kind of event for people.
pub fn kind_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Flat => "Size entered",
        EventKind::Metadata => "Metadata only",
        EventKind::Attributes => "With attributes",
        EventKind::FullText => "With full text",
    }
}
