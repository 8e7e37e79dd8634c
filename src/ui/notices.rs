//! Notices below the bar: unreadable parts of a link, and answers that have changed since it was
//! made.

use leptos::prelude::*;

use super::icon::Icon;
use super::store::ScenarioStore;
use crate::first::browser::is_embedded;
use crate::first::storage;
use crate::say::page::header as say;

/// Storage key for having shown the changes.
const TOLD_KEY: &str = "kt-capacity:moved";

/// Changes in the answers to an earlier link, shown once.
#[component]
pub(super) fn Moved() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let is_told = storage::read(TOLD_KEY).is_some() || is_embedded();
    let is_older = move || !is_told && store.unread.with(|unread| unread.is_older);
    Effect::new(move |_| {
        if is_older() {
            storage::write(TOLD_KEY, Some("2"));
        }
    });
    let lines = || say::MOVED.map(|line| view! { <li>{line}</li> });
    view! {
        <Show when=is_older>
            <div class="notice" role="status">
                <Icon name="alert" />
                <div>
                    <p>{say::MOVED_TITLE}</p>
                    <ul>{lines}</ul>
                </div>
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| store.unread.update(|unread| unread.is_older = false)
                >
                    {say::MOVED_DONE}
                </button>
            </div>
        </Show>
    }
}

/// Maximum number of notices shown.
const SHOWN: usize = 5;

/// Unreadable parts of the link.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let lines = move || {
        let notices = store.unread.get().lines;
        let more = notices.len().saturating_sub(SHOWN);
        let mut lines: Vec<String> = notices.into_iter().take(SHOWN).collect();
        if 0 < more {
            lines.push(say::and_more(more));
        }
        lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view()
    };
    let title = move || say::unread(store.unread.with(|unread| unread.is_draft));
    view! {
        <Show when=move || store.unread.with(|unread| !unread.lines.is_empty())>
            <div class="notice" role="alert">
                <Icon name="alert" />
                <div>
                    <p>{title}</p>
                    <ul>{lines}</ul>
                </div>
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| store.unread.update(|unread| unread.lines.clear())
                >
                    {say::DISMISS}
                </button>
            </div>
        </Show>
    }
}
