//! A text's kind, its unused parts, and the button that applies it.

use leptos::prelude::*;

use super::super::super::icon::Icon;
use super::listed::Lists;
use crate::import::{Kind, Reading};

/// The parts that were understood.
#[component]
pub(super) fn Found(
    /// The text as it was read.
    reading: Reading,
    /// Whether it says nothing new.
    is_same: Memo<bool>,
    /// Takes it over.
    on_use: Callback<()>,
) -> impl IntoView {
    let what = names(&reading.kinds);
    let ours = if reading.is_ours {
        ", made by this calculator"
    } else {
        ""
    };
    view! {
        <div class="read__found">
            <p class="status status--ok">
                <Icon name="check" />
                <span>{format!("This is a {what}{ours}")}</span>
            </p>
            <button
                class="button button--primary"
                type="button"
                disabled=is_same
                on:click=move |_| on_use.run(())
            >
                "Use it here"
            </button>
        </div>
        <Lists reading />
    }
}

/// The kinds in a sentence.
pub(super) fn names(kinds: &[Kind]) -> String {
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let names: Vec<&str> = kinds.into_iter().map(Kind::name).collect();
    names.join(" and a ")
}
