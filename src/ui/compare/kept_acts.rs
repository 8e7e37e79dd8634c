//! Buttons of a saved scenario.

use leptos::prelude::*;

use super::super::focus::focus;
use super::shelf::{Kept, Shelf};
use super::sides::{HEADING, MOST, Sides, Ways};
use crate::say::page::compare as say;

/// Buttons to compare, open, rename or remove it.
#[component]
pub(super) fn Acts(kept: StoredValue<Kept>, renamed: RwSignal<Option<String>>) -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let sides = expect_context::<Sides>();
    let ways = Ways::new();
    let has_room = move || sides.with(|sides| sides.len() < MOST);
    let (name, is_read) = kept.with_value(|kept| (kept.name.clone(), kept.read.is_ok()));
    let [beside, open, rename, remove] = [say::put_beside, say::open, say::rename, say::remove]
        .map(|act| StoredValue::new(act(&name)));
    let fragment = move || kept.with_value(|kept| kept.fragment.clone());
    view! {
        <div class="kept__acts">
            <Show when=move || is_read>
                <Show when=has_room>
                    <a
                        class="button button--small"
                        href=move || ways.with(&fragment())
                        aria-label=beside.get_value()
                        on:click=|_| focus(HEADING)
                    >
                        {say::PUT_BESIDE}
                    </a>
                </Show>
                <a
                    class="button button--small"
                    href=move || ways.open(&fragment(), None)
                    aria-label=open.get_value()
                    title=say::OPEN_TITLE
                >
                    {say::OPEN}
                </a>
            </Show>
            <button
                class="button button--small"
                type="button"
                aria-label=rename.get_value()
                on:click=move |_| renamed.set(Some(kept.with_value(|kept| kept.name.clone())))
            >
                {say::RENAME}
            </button>
            <button
                class="button button--small"
                type="button"
                aria-label=remove.get_value()
                on:click=move |_| shelf.remove(kept.get_value())
            >
                {say::REMOVE}
            </button>
        </div>
    }
}
