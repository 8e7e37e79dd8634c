//! Pasted or dropped text: its kind, changes, and differences in the files.

pub(in crate::ui) mod answer;
mod asked;
mod differ;
mod entry;
mod files;
mod found;
mod incoming;
mod listed;

use std::time::Duration;

use leptos::html::Dialog;
use leptos::prelude::*;

use super::super::embed::show_modal;
use super::super::focus::focus;
use super::super::icon::Icon;
use super::super::other;
use crate::catalog::date::Date;
use crate::say::page::file as say;
use crate::scenario::Scenario;
pub(in crate::ui) use asked::Asked;
use entry::Entry;
pub(super) use incoming::Incoming;

/// Duration of the message on an applied text.
const TOLD: Duration = Duration::from_secs(10);

/// Dialog that compares a text with the scenario. Nothing changes until the user applies it, which
/// can be undone.
#[component]
pub(super) fn ReadBack(
    /// Text, and whether the dialog is open.
    incoming: Incoming,
    /// Current scenario.
    scenario: Signal<Scenario>,
    /// Link of the scenario.
    link: Signal<String>,
    /// Day on which both are evaluated.
    today: Signal<Date>,
    /// Replaces the current scenario by the one read.
    on_replace: Callback<Scenario>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    keep_in_step(dialog, incoming);
    let views = other::views();
    // Loading is outside the reactive graph.
    Effect::new(move |_| {
        if incoming.is_open.get() {
            views.ask();
        }
    });
    let told = RwSignal::new(String::new());
    let on_taken = Callback::new(move |text| {
        told.set(text);
        incoming.close();
        request_animation_frame(find_focus);
        set_timeout(move || told.set(String::new()), TOLD);
    });
    let asked = Asked {
        incoming,
        scenario,
        link,
        today,
        on_replace,
        on_taken,
    };
    view! {
        <p class="read__told" role="status">
            {told}
        </p>
        <dialog
            class="read"
            aria-labelledby="read"
            node_ref=dialog
            on:close=move |_| incoming.close()
            on:dragover=move |ev| ev.prevent_default()
            on:drop=move |ev| incoming.take_drop(&ev)
        >
            <div class="read__head">
                <h2 id="read">{say::READ_TITLE}</h2>
                <button
                    class="button button--quiet button--icon"
                    type="button"
                    aria-label=say::CLOSE
                    on:click=move |_| incoming.close()
                >
                    <Icon name="cross" />
                </button>
            </div>
            <Entry incoming />
            {views.failure(say::NOT_LOADED)}
            {move || views.get().map(|views| (views.read)(asked))}
        </dialog>
    }
}

/// Moves the focus to the answer if the dialog leaves none: after a drop there is no button to
/// return to.
fn find_focus() {
    let active = document().active_element();
    if active.is_none_or(|it| it.tag_name() == "BODY") {
        focus("verdict");
    }
}

/// Opens and closes the modal dialog, which takes a call rather than an attribute.
fn keep_in_step(dialog: NodeRef<Dialog>, incoming: Incoming) {
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if incoming.is_open.get() && !dialog.open() {
            show_modal(&dialog);
        } else if !incoming.is_open.get() && dialog.open() {
            dialog.close();
        }
    });
}
