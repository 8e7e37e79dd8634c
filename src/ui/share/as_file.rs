//! Scenario as a file, for a long link.

use leptos::prelude::*;

use super::super::download::download;
use super::super::store::ScenarioStore;
use super::Link;
use crate::say::page::share as say;
use crate::scenario::link::LONGEST;
use crate::scenario::{file, number::grouped};

/// Length from which a link is better shared as a file, in characters.
const LONG: usize = 8_000;

/// Scenario as a file, if its link is too long to share.
#[component]
pub(super) fn AsFile() -> impl IntoView {
    let link = expect_context::<Link>().0;
    let store = expect_context::<ScenarioStore>();
    let length = Memo::new(move |_| link.with(String::len));
    let told = move || {
        let length = length.get();
        say::long(&grouped(length as f64), LONGEST < length)
    };
    let save = move |_| {
        let text = store.with(|scenario| format!("{:#}\n", file::to_json(scenario)));
        download("scenario.json", "application/json", text.as_bytes());
    };
    view! {
        <Show when=move || LONG < length.get()>
            <p class="status">{told}</p>
            <button class="button" type="button" on:click=save>
                {say::SAVE_FILE}
            </button>
        </Show>
    }
}
