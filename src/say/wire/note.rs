//! Where the guide contradicts itself.

use serde::Serialize;

use crate::plan::NoteId;
use crate::say::note as say;

/// One contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Note {
    /// The subject.
    title: &'static str,
    /// What stands against what, and what is done here.
    text: &'static str,
}

impl Note {
    pub(super) fn of(note: NoteId) -> Self {
        Self {
            title: say::title(note),
            text: say::text(note),
        }
    }
}
