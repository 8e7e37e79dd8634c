//! Views in the program part.

use leptos::prelude::*;

use super::{body, brief, in_turn};

/// Views in the program part.
#[derive(Clone, Copy)]
pub(super) struct Views {
    /// Contents of the section.
    pub(super) section: fn() -> AnyView,
    /// Simulated day in the brief.
    pub(super) brief: fn() -> AnyView,
    /// Days of several scenarios, without display.
    pub(super) in_turn: fn() -> AnyView,
}

pub(super) fn views() -> Views {
    Views {
        section: body::view,
        brief: brief::view,
        in_turn: in_turn::view,
    }
}
