//! The views that come with the part.

use leptos::prelude::*;

use super::{body, brief, in_turn};

/// The views that come with the part.
#[derive(Clone, Copy)]
pub(super) struct Views {
    /// The content of the section.
    pub(super) section: fn() -> AnyView,
    /// The day in the brief.
    pub(super) brief: fn() -> AnyView,
    /// The days of several scenarios, with nothing to see.
    pub(super) in_turn: fn() -> AnyView,
}

pub(super) fn views() -> Views {
    Views {
        section: body::view,
        brief: brief::view,
        in_turn: in_turn::view,
    }
}
