//! Whether values are taken with their ranges.

use leptos::prelude::*;

use crate::say::page::traffic as say;
use crate::say::traffic as words;

/// The choice where the file tells ranges, else why it tells none.
#[component]
pub(super) fn Ranges(
    /// Whether they are taken.
    ranges: RwSignal<bool>,
    /// Whether the file tells any.
    has_ranges: bool,
) -> impl IntoView {
    if !has_ranges {
        return view! { <p class="faint">{words::NO_RANGES}</p> }.into_any();
    }
    view! {
        <label class="measured__check">
            <input
                id="take-ranges"
                type="checkbox"
                prop:checked=ranges
                on:change:target=move |ev| ranges.set(ev.target().checked())
            />
            {say::RANGES}
        </label>
    }
    .into_any()
}
