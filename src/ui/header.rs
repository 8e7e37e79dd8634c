//! The bar at the top: name, undo, share, theme.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::field::NameField;
use super::focus::is_typing;
use super::icon::Icon;
use super::share::{CopyButton, DialogButton, Link, SHARE};
use super::store::{Field, ScenarioStore};
use super::theme::ThemeButton;
use super::view::Readings;
use crate::first::browser::is_embedded;
use crate::first::storage;
use crate::say::page::header as say;

/// The bar at the top.
#[component]
pub(super) fn Header() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let name: Field<String> = store.field("name", |s| s.name.clone(), |s, name| s.name = name);
    view! {
        <header class="header">
            <div class="header__row">
                <h1 class="header__name">
                    <Icon name="mark" />
                    <span>{say::PRODUCT}</span>
                </h1>
                <span class="header__slash" aria-hidden="true">
                    "/"
                </span>
                <div class="scenario">
                    <NameField
                        label=Signal::stored(say::SCENARIO_NAME.to_owned())
                        class="scenario__name"
                        placeholder=say::UNTITLED
                        field=name
                    />
                    <span class="scenario__state">{say::SAVED}</span>
                </div>
                <div class="header__end">
                    <Readings scenario=store.fragment beside=store.beside />
                    <History />
                    <div class="header__share">
                        <CopyButton text=link done=say::LINK_COPIED>{say::COPY_LINK}</CopyButton>
                    </div>
                    <DialogButton dialog=SHARE class="header__more" label=say::SHARE>
                        <Icon name="share" />
                        <span>{say::SHARE}</span>
                    </DialogButton>
                    <ThemeButton />
                </div>
            </div>
            <Notices />
        </header>
    }
}

/// Undo and redo by keyboard, outside fields. The keyboard is outside the reactive graph.
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

/// Undo, redo, reset.
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

/// Under what the readers of this browser were told once.
const TOLD_KEY: &str = "kt-capacity:moved";

/// What has changed in the answers to an earlier link, said once.
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

/// Most notices shown at once.
const SHOWN: usize = 5;

/// The unreadable parts of the link.
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
