//! Theme: light or dark, by the system or the user.

use leptos::prelude::*;

use super::icon::Icon;
use crate::first::storage;
use crate::say::page::header as say;

/// Storage key, also read by `public/theme.js` before the first paint.
const KEY: &str = "kt-capacity:theme";

/// Event of a changed theme, for both programs of the page.
const CHANGED: &str = "kt-theme";

fn tell() {
    if let Ok(event) = web_sys::Event::new(CHANGED) {
        drop(document().dispatch_event(&event));
    }
}

/// Number of theme changes, for charts to update their colors.
#[derive(Clone, Copy)]
pub(super) struct Theme(pub(super) RwSignal<u32>);

/// Provides the theme and follows the system's.
pub(super) fn provide_theme() -> Theme {
    let theme = Theme(RwSignal::new(0));
    provide_context(theme);
    // The page and the media query are outside the reactive graph; both programs listen.
    let told = move |_: &web_sys::Event| theme.0.update(|n| *n += 1);
    gloo::events::EventListener::new(&document(), CHANGED, told).forget();
    if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
        let changed = move |_: &web_sys::Event| theme.0.update(|n| *n += 1);
        gloo::events::EventListener::new(&query, "change", changed).forget();
    }
    theme
}

/// Sets the theme of the host page, which is not stored as the user's.
pub(super) fn take(word: &str) {
    let Some(page) = document().document_element() else {
        return;
    };
    let is_new = page.get_attribute("data-theme").as_deref() != Some(word);
    if is_new && matches!(word, "light" | "dark") {
        drop(page.set_attribute("data-theme", word));
        tell();
    }
}

/// Draws charts in light colors for print, which the style sheet cannot do.
pub(super) fn lighten_print(theme: Theme) {
    let chosen = StoredValue::new(None::<Option<String>>);
    let before = move |_| {
        if let Some(page) = document().document_element() {
            // A cancelled print may not have ended.
            chosen.update_value(|chosen| {
                chosen.get_or_insert_with(|| page.get_attribute("data-theme"));
            });
            drop(page.set_attribute("data-theme", "light"));
        }
        theme.0.update(|n| *n += 1);
    };
    let after = move |_| {
        if let Some(page) = document().document_element() {
            drop(match chosen.try_update_value(Option::take).flatten() {
                Some(Some(word)) => page.set_attribute("data-theme", &word),
                Some(None) => page.remove_attribute("data-theme"),
                None => Ok(()),
            });
        }
        theme.0.update(|n| *n += 1);
    };
    // A theme chosen since then is kept.
    let forget = move |_: &web_sys::Event| drop(chosen.try_set_value(None));
    gloo::events::EventListener::new(&document(), CHANGED, forget).forget();
    let events = [
        window_event_listener_untyped("beforeprint", before),
        window_event_listener_untyped("afterprint", after),
    ];
    on_cleanup(move || events.into_iter().for_each(WindowListenerHandle::remove));
}

fn is_dark() -> bool {
    let chosen = document()
        .document_element()
        .and_then(|page| page.get_attribute("data-theme"));
    match chosen.as_deref() {
        Some(chosen) => chosen == "dark",
        None => window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    }
}

/// Button that switches between light and dark.
#[component]
pub(super) fn ThemeButton() -> impl IntoView {
    let switch = move |_| {
        let next = if is_dark() { "light" } else { "dark" };
        if let Some(page) = document().document_element() {
            drop(page.set_attribute("data-theme", next));
        }
        // Without storage the choice lasts until the page is left.
        storage::write(KEY, Some(next));
        tell();
    };
    view! {
        <button
            class="button button--quiet button--icon"
            type="button"
            aria-label=say::SWITCH_THEME
            title=say::THEME
            on:click=switch
        >
            <Icon name="theme" />
        </button>
    }
}
