//! Kinds in a text, its unused parts, and the button that applies it.

use leptos::prelude::*;

use super::super::super::icon::Icon;
use super::listed::Lists;
use crate::import::{Kind, Reading};
use crate::say::page::file as say;

/// Parts that were understood.
#[component]
pub(super) fn Found(
    /// Reading of the text.
    reading: Reading,
    /// Whether the text changes nothing.
    is_same: Memo<bool>,
    /// Applies the reading.
    on_use: Callback<()>,
) -> impl IntoView {
    let what = say::found(&names(&reading.kinds), reading.is_ours);
    view! {
        <div class="read__found">
            <p class="status status--ok">
                <Icon name="check" />
                <span>{what}</span>
            </p>
            <button
                class="button button--primary"
                type="button"
                disabled=is_same
                on:click=move |_| on_use.run(())
            >
                {say::USE}
            </button>
        </div>
        <Lists reading />
    }
}

/// Names of the kinds, without duplicates.
pub(super) fn names(kinds: &[Kind]) -> Vec<&'static str> {
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(Kind::name).collect()
}
