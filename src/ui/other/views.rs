//! The views that come with the part.

use leptos::prelude::*;

use super::super::compare::content;
use super::super::file::read::{Asked, answer};

/// The views that come with the part.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Views {
    /// The content of the reading that compares.
    pub(in crate::ui) compared: fn() -> AnyView,
    /// What a text says, below its field.
    pub(in crate::ui) read: fn(Asked) -> AnyView,
}

pub(super) fn views() -> Views {
    Views {
        compared: content::view,
        read: answer::view,
    }
}
