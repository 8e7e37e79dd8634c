//! Field for renaming a saved scenario.

use leptos::html::Input;
use leptos::prelude::*;

use super::super::focus::focus;
use super::shelf::{Kept, Shelf};
use crate::say::page::compare as say;
use crate::scenario::link::LONGEST_NAME;

/// Name field: Enter accepts, Escape cancels.
#[component]
pub(super) fn Rename(kept: StoredValue<Kept>, renamed: RwSignal<Option<String>>) -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let field = NodeRef::<Input>::new();
    let name = kept.with_value(|kept| kept.name.clone());
    let label = say::new_name(&name);
    // The field opens for typing.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            drop(field.focus());
            field.select();
        }
    });
    let done = move || {
        renamed.set(None);
        focus("kept");
    };
    let take = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let typed = field.get_untracked().map(|field| field.value());
        if kept.with_value(|kept| shelf.rename(kept, &typed.unwrap_or_default())) {
            done();
        }
    };
    view! {
        <form class="keep" on:submit=take autocomplete="off">
            <input
                class="keep__name"
                type="text"
                aria-label=label
                maxlength=LONGEST_NAME.to_string()
                value=name
                node_ref=field
                on:keydown=move |ev| {
                    if ev.key() == "Escape" {
                        done();
                    }
                }
            />
            <button class="button button--small" type="submit">
                {say::SAVE_NAME}
            </button>
        </form>
    }
}
