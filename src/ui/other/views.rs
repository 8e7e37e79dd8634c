//! Views in the program part.

use leptos::prelude::*;

use super::super::compare::content;
use super::super::file::read::{Asked, answer};

/// Views in the program part.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Views {
    /// Contents of the comparison view.
    pub(in crate::ui) compared: fn() -> AnyView,
    /// Result of reading a text, below its field.
    pub(in crate::ui) read: fn(Asked) -> AnyView,
}

pub(super) fn views() -> Views {
    Views {
        compared: content::view,
        read: answer::view,
    }
}
