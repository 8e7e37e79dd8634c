//! Saved scenarios: compare, open, rename, remove.

use leptos::html::Button;
use leptos::prelude::*;

use super::super::focus::focus;
use super::super::icon::Icon;
use super::keep::Keep;
use super::row::Row;
use super::shelf::{Shelf, Told};
use crate::say::page::compare as say;

/// List of saved scenarios, and the form that adds to it.
#[component]
pub(in crate::ui) fn KeptSection() -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let renamed = RwSignal::new(None::<String>);
    let rows = move || {
        let rows = shelf.kept.get().into_iter();
        rows.map(|kept| view! { <Row kept renamed /> })
            .collect_view()
    };
    view! {
        <section aria-labelledby="kept">
            <div class="section__head">
                <h2 id="kept" tabindex="-1">{say::KEPT}</h2>
                <p>{say::KEPT_NOTE}</p>
            </div>
            <Keep />
            <Said />
            <Show
                when=move || shelf.kept.with(|kept| !kept.is_empty())
                fallback=|| view! { <p class="muted">{say::NONE_YET}</p> }
            >
                <ul class="kept">{rows}</ul>
            </Show>
        </section>
    }
}

/// Outcome of the last action; a removal can be undone.
#[component]
pub(in crate::ui) fn Said() -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let undo = NodeRef::<Button>::new();
    // The pressed button is gone with its row, so the focus moves to “Undo”.
    Effect::new(move |_| {
        if let (Told::Removed(_), Some(undo)) = (shelf.told.get(), undo.get()) {
            drop(undo.focus());
        }
    });
    let said = move || match shelf.told.get() {
        Told::Nothing => ().into_any(),
        Told::Done(text) => view! { <p class="status status--ok">{text}</p> }.into_any(),
        Told::Failed(text) => view! {
            <p class="status status--danger" role="alert">
                <Icon name="alert" />
                <span>{text}</span>
            </p>
        }
        .into_any(),
        Told::Removed(kept) => {
            let text = say::removed(&kept.name);
            let restore = move |_| {
                shelf.restore(&kept);
                focus("kept");
            };
            view! {
                <p class="kept__removed">
                    <span>{text}</span>
                    <button
                        class="button button--small"
                        type="button"
                        node_ref=undo
                        on:click=restore
                    >
                        {say::UNDO}
                    </button>
                </p>
            }
            .into_any()
        }
    };
    view! {
        <div class="kept__said" role="status">
            {said}
        </div>
    }
}
