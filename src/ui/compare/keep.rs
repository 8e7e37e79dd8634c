//! Saves the edited scenario.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::shelf::Shelf;
use crate::say::page::compare as say;
use crate::scenario::link::{LONGEST_NAME, clean_name};

/// Name field, and a button that saves the scenario under it.
#[component]
pub(super) fn Keep() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let shelf = expect_context::<Shelf>();
    let draft = RwSignal::new(None::<String>);
    let own = store.slice(|scenario| scenario.name.clone());
    let name = move || draft.get().unwrap_or_else(|| own.get());
    let keep = move |ev: SubmitEvent| {
        ev.prevent_default();
        let name = clean_name(untrack(name).trim());
        let name = if name.is_empty() {
            say::UNTITLED
        } else {
            &name
        };
        // The typed name stays until the scenario is saved.
        if store.with(|scenario| shelf.keep(scenario, name)) {
            draft.set(None);
        }
    };
    view! {
        <form class="keep" on:submit=keep autocomplete="off">
            <label class="keep__label" for="keep-name">
                {say::NAME_TO_KEEP}
            </label>
            <input
                class="keep__name"
                id="keep-name"
                type="text"
                maxlength=LONGEST_NAME.to_string()
                placeholder=say::UNTITLED
                prop:value=name
                on:input:target=move |ev| draft.set(Some(ev.target().value()))
            />
            <button class="button" type="submit">
                {say::KEEP}
            </button>
        </form>
    }
}
