//! Names of the kinds of stored events.

use crate::scenario::EventKind;

/// Display name of a kind of event.
pub fn kind_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Flat => "Size entered",
        EventKind::Metadata => "Metadata only",
        EventKind::Attributes => "With attributes",
        EventKind::FullText => "With full text",
    }
}
