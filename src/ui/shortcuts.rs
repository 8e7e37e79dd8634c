//! Keyboard shortcuts, and their list.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::focus::{focus, is_typing, lead_to};
use super::share::SHARE;
use super::share::dialog::{self, Dialog};
use super::store::ScenarioStore;
use super::view::View;
use crate::first::storage;
use crate::say::page::shortcuts as say;
use crate::scenario::property;

/// Id of the dialog.
pub(super) const SHORTCUTS: &str = "shortcuts";
/// Storage key for disabling single-key shortcuts.
const OFF: &str = "kt-capacity:no-single-keys";

/// Single-key shortcuts, with their effect.
const SINGLE: [(&str, &str); 6] = [
    ("?", say::LIST),
    ("/", say::FIRST_INPUT),
    ("a", say::ANSWERS),
    ("b", say::BRIEF),
    ("f", say::FULL),
    ("s", say::SHARE),
];

/// List of shortcuts, and the switch for single keys.
#[component]
pub(super) fn ShortcutsPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let off = RwSignal::new(storage::read(OFF).is_some());
    // The keyboard is outside the reactive graph.
    let keys = window_event_listener(leptos::ev::keydown, move |ev: KeyboardEvent| {
        let is_other = ev.ctrl_key() || ev.meta_key() || ev.alt_key();
        let is_busy = document()
            .query_selector("dialog[open]")
            .ok()
            .flatten()
            .is_some();
        if off.get_untracked() || is_other || is_busy || is_typing() {
            return;
        }
        if act(&ev.key(), store) {
            ev.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
    let switch = move |_| {
        off.update(|off| *off = !*off);
        storage::write(OFF, off.get_untracked().then_some("1"));
    };
    let row = |(keys, what): (&'static str, &'static str)| {
        let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> " " });
        view! {
            <tr>
                <th scope="row">{keys.collect_view()}</th>
                <td>{what}</td>
            </tr>
        }
    };
    view! {
        <Dialog id=SHORTCUTS class="shortcuts" title=say::TITLE>
            <table class="table">
                <tbody>{SINGLE.map(row)} {say::OTHER.map(row)}</tbody>
            </table>
            <label class="shortcuts__off">
                <input type="checkbox" prop:checked=move || !off.get() on:change=switch />
                {say::SINGLE_KEYS_WORK}
            </label>
        </Dialog>
    }
}

/// Performs the action of a key; `false` for other keys.
fn act(key: &str, store: ScenarioStore) -> bool {
    let read = |view: View| {
        let what_if = store.what_if.get_untracked();
        let own = store.fragment.get_untracked().supposing(&what_if);
        drop(window().location().set_hash(&own.shown(view, &[])));
    };
    match key {
        "?" => dialog::open(SHORTCUTS),
        "s" => dialog::open(SHARE),
        "a" => focus("answers"),
        "b" => read(View::Brief),
        "f" => read(View::Full),
        "/" => lead_to(property::REQUESTS.key),
        _ => return false,
    }
    true
}
