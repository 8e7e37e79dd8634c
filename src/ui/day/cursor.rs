//! Selected minute of the day.

use leptos::prelude::*;

/// Minutes per day.
pub(super) const DAY_MIN: usize = 1_440;

/// Selected minute, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Cursor(pub(super) RwSignal<usize>);
