//! Views of the later part, held as function pointers after loading, so that the page part does not
//! include them.

use leptos::prelude::*;

use crate::plan::FigureId;

/// Views in the later part.
#[derive(Clone, Copy)]
pub(super) struct Views {
    /// Other answers and the dialogs.
    pub(super) rest: fn() -> AnyView,
    /// Reason of a figure.
    pub(super) reason: fn(&FigureId) -> AnyView,
}

/// Views of the later part, shared through context; `None` until loaded.
#[derive(Clone, Copy)]
pub(super) struct Later(pub(super) RwSignal<Option<Views>>);
