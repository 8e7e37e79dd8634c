//! Field for a text, and the reason why it cannot be used.

use leptos::prelude::*;

use super::super::super::embed::is_embedded;
use super::super::super::icon::Icon;
use super::incoming::Incoming;
use crate::import::Unreadable;
use crate::say::page::file as say;

/// Maximum number of objects offered.
const NAMES: usize = 20;

/// Field for the text.
#[component]
pub(super) fn Entry(incoming: Incoming) -> impl IntoView {
    view! {
        <div class="read__entry">
            <label for="read-text">
                {say::PASTE}
            </label>
            <textarea
                id="read-text"
                class="read__text"
                autofocus=!is_embedded()
                rows="6"
                wrap="off"
                spellcheck="false"
                autocomplete="off"
                prop:value=incoming.text
                on:input:target=move |ev| incoming.enter(ev.target().value())
            ></textarea>
            <label class="button button--small">
                {say::CHOOSE}
                <input
                    class="hidden"
                    type="file"
                    multiple
                    accept=".yaml,.yml,.json,.sh,.txt,.ini,.conf,.csv,.tsv,.jsonl,.ndjson,.gz,.zip"
                    on:change:target=move |ev| incoming.take_files(ev.target().files())
                />
            </label>
            <span class="muted">{say::DROP}</span>
        </div>
    }
}

/// Reason why the text cannot be used, and the objects to choose from.
#[component]
pub(super) fn Problem(problem: Unreadable, incoming: Incoming) -> impl IntoView {
    let names = problem.names().iter().take(NAMES).cloned();
    let names = names.map(|name| {
        let label = name.clone();
        view! {
            <button
                class="button button--small"
                type="button"
                on:click=move |_| incoming.object.set(Some(name.clone()))
            >
                {label}
            </button>
        }
    });
    view! {
        <p class="status status--danger" role="alert">
            <Icon name="alert" />
            <span>{problem.to_string()}</span>
        </p>
        <p class="read__entry">{names.collect_view()}</p>
    }
}
