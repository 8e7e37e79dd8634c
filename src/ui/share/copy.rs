//! Button that copies a text and confirms it.

use std::time::Duration;

use crate::say::page::share as say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// Outcome of the last press.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    None,
    Copied,
    Refused,
}

/// Copies `text`, or shows it selected if the clipboard is unavailable.
#[component]
pub(in crate::ui) fn CopyButton(
    /// Label of the button.
    children: Children,
    /// Text to copy.
    #[prop(into)]
    text: Signal<String>,
    /// Label of the button after a press.
    #[prop(default = "Copied")]
    done: &'static str,
    /// Additional CSS classes of the button.
    #[prop(default = "")]
    class: &'static str,
    /// Accessible name, if the label is not enough.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let outcome = RwSignal::new(Outcome::None);
    let fallback = NodeRef::<leptos::html::Textarea>::new();
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            if !is_copied(&text).await {
                outcome.set(Outcome::Refused);
                return;
            }
            outcome.set(Outcome::Copied);
            set_timeout(move || outcome.set(Outcome::None), Duration::from_secs(3));
        });
    };
    // The selection is outside the reactive graph.
    Effect::new(move |_| {
        if outcome.get() == Outcome::Refused
            && let Some(area) = fallback.get()
        {
            area.set_value(&text.get_untracked()); // `prop:value` comes later and would unselect
            drop(area.focus());
            area.select();
        }
    });
    view! {
        <button class=format!("button {class}") type="button" aria-label=label on:click=copy>
            {children()}
        </button>
        <span class="copy__state" role="status">
            {move || match outcome.get() {
                // An empty text would be prerendered as a space.
                Outcome::None => None,
                Outcome::Copied => Some(done),
                Outcome::Refused => Some(say::REFUSED),
            }}
        </span>
        <Show when=move || outcome.get() == Outcome::Refused>
            <textarea
                class="copy__text"
                readonly
                rows="3"
                aria-label=say::TEXT_TO_COPY
                node_ref=fallback
                prop:value=text
                on:blur=move |_| outcome.set(Outcome::None)
            ></textarea>
        </Show>
    }
}

/// Whether the clipboard accepted the text. An insecure page has no clipboard, and in a frame
/// access may be denied.
async fn is_copied(text: &str) -> bool {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_undefined()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}
