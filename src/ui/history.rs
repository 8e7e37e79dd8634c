//! Undo, redo and reset, by button and key.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::focus::is_typing;
use super::icon::Icon;
use super::store::ScenarioStore;
use crate::say::page::header as say;

/// Undo, redo and reset buttons.
#[component]
pub(super) fn History() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <div class="history" role="group" aria-label=say::HISTORY>
            <button
                class="button button--quiet button--icon"
                type="button"
                aria-label=say::UNDO
                title=say::UNDO_BY_KEY
                disabled=move || !store.can_undo()
                on:click=move |_| store.undo()
            >
                <Icon name="undo" />
            </button>
            <button
                class="button button--quiet button--icon"
                type="button"
                aria-label=say::REDO
                title=say::REDO_BY_KEY
                disabled=move || !store.can_redo()
                on:click=move |_| store.redo()
            >
                <Icon name="redo" />
            </button>
            <button
                class="button button--quiet button--icon"
                type="button"
                aria-label=say::RESET
                title=say::RESET_TITLE
                on:click=move |_| store.reset()
            >
                <Icon name="reset" />
            </button>
        </div>
    }
}

/// Undo and redo by keyboard, outside fields; the keyboard is outside the reactive graph.
pub(super) fn listen_to_keys(store: ScenarioStore) {
    let keys = window_event_listener(leptos::ev::keydown, move |ev: KeyboardEvent| {
        // A text field has its own undo.
        if is_typing() || !(ev.ctrl_key() || ev.meta_key()) {
            return;
        }
        match (ev.key().to_ascii_lowercase().as_str(), ev.shift_key()) {
            ("z", false) => store.undo(),
            ("z", true) | ("y", _) => store.redo(),
            _ => return,
        }
        ev.prevent_default();
    });
    on_cleanup(move || keys.remove());
}
