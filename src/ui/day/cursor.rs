//! The minute that is looked at.

use leptos::prelude::*;

/// Minutes in a day.
pub(super) const DAY_MIN: usize = 1_440;

/// The minute that is looked at, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Cursor(pub(super) RwSignal<usize>);
