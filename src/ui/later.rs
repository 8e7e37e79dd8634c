//! The views of the later part: known by pointer once it is loaded, so that the page part
//! does not hold them.

use leptos::prelude::*;

use crate::plan::FigureId;

/// Views that come with the later part.
#[derive(Clone, Copy)]
pub(super) struct Views {
    /// The other answers and the dialogs.
    pub(super) rest: fn() -> AnyView,
    /// The reason of a figure.
    pub(super) reason: fn(&FigureId) -> AnyView,
}

/// The views of the later part, shared through context; absent until it is loaded.
#[derive(Clone, Copy)]
pub(super) struct Later(pub(super) RwSignal<Option<Views>>);
