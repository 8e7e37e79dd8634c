//! Copying: the link and the files.

mod copy;

pub(super) use copy::CopyButton;

use leptos::prelude::Memo;

/// The full link of the scenario, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Link(pub(super) Memo<String>);
