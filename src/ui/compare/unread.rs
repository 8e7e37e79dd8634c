//! Notice of unreadable parts in the comparison.

use leptos::prelude::*;

use super::sides::Sides;
use crate::say::page::compare as say;

/// Parts of the link that could not be compared.
#[component]
pub(super) fn Unread() -> impl IntoView {
    let Sides { unread, .. } = expect_context::<Sides>();
    let lines = move || {
        let lines = unread.get().into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <Show when=move || unread.with(|unread| !unread.is_empty())>
            <div class="notice compare__notice" role="alert">
                <div>
                    <p>{say::UNREAD}</p>
                    <ul>{lines}</ul>
                </div>
            </div>
        </Show>
    }
}
