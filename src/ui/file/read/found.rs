//! A text's kind, its unused parts, and the button that applies it.

use leptos::prelude::*;

use super::super::super::icon::Icon;
use crate::import::{Kind, Leftover, Reading};
use crate::say::page::file as say;
use crate::say::page::header::and_more;

/// Most places listed before the rest is only counted.
const SHOWN: usize = 12;

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
    let what = say::found(&names(&reading.kinds), reading.is_ours);
    let left = reading.left;
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
        {(!left.is_empty()).then(|| view! { <Unused left /> })}
    }
}

/// The names of the kinds, each once.
pub(super) fn names(kinds: &[Kind]) -> Vec<&'static str> {
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(Kind::name).collect()
}

#[component]
fn Unused(left: Vec<Leftover>) -> impl IntoView {
    let count = left.len();
    let more = left.len().saturating_sub(SHOWN);
    let items = left.into_iter().take(SHOWN).map(|left| {
        view! {
            <li>
                <code>{left.place}</code>
                " "
                {left.why}
            </li>
        }
    });
    view! {
        <details class="read__unused" open>
            <summary>
                <Icon name="chevron" class="chevron" />
                {say::not_used(count)}
            </summary>
            <ul>
                {items.collect_view()}
                {(0 < more).then(|| view! { <li>{and_more(more)}</li> })}
            </ul>
        </details>
    }
}
