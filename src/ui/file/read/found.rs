//! A text's kind, its unused parts, and the button that applies it.

use leptos::prelude::*;

use super::super::super::icon::Icon;
use crate::import::{Kind, Leftover, Reading};
use crate::plan::words;

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
    let what = names(&reading.kinds);
    let ours = if reading.is_ours {
        ", made by this calculator"
    } else {
        ""
    };
    let left = reading.left;
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
        {(!left.is_empty()).then(|| view! { <Unused left /> })}
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

#[component]
fn Unused(left: Vec<Leftover>) -> impl IntoView {
    let count = words::counted(u32::try_from(left.len()).unwrap_or(u32::MAX), "value");
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
                {format!("Not used: {count}")}
            </summary>
            <ul>
                {items.collect_view()}
                {(0 < more).then(|| view! { <li>{format!("… and {more} more")}</li> })}
            </ul>
        </details>
    }
}
