//! Dialogs of the later program part, opened from any part by id.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::super::embed::show_modal;
use super::super::icon::Icon;
use crate::say::page::share as say;

fn find(id: &str) -> Option<HtmlDialogElement> {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
}

/// Attribute with the id of a dialog requested before the later part is loaded.
const ASKED: &str = "data-asked";

/// Opens a dialog, or once the later part is loaded.
pub(in crate::ui) fn open(id: &str) {
    if find(id).is_none()
        && let Some(page) = document().document_element()
    {
        drop(page.set_attribute(ASKED, id));
    }
    if let Some(dialog) = find(id).filter(|dialog| !dialog.open()) {
        show_modal(&dialog);
    }
}

/// Opens the dialog requested before.
pub(in crate::ui) fn open_asked() {
    if let Some(page) = document().document_element()
        && let Some(id) = page.get_attribute(ASKED)
    {
        drop(page.remove_attribute(ASKED));
        open(&id);
    }
}

/// Closes a dialog.
pub(in crate::ui) fn close(id: &str) {
    if let Some(dialog) = find(id) {
        dialog.close();
    }
}

/// Button that opens a dialog.
#[component]
pub(in crate::ui) fn DialogButton(
    /// Id of the dialog.
    dialog: &'static str,
    /// Additional CSS classes of the button.
    class: &'static str,
    /// Accessible name, if an icon may replace the label.
    #[prop(optional)]
    label: Option<&'static str>,
    /// Label of the button.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=format!("button {class}")
            type="button"
            aria-haspopup="dialog"
            aria-label=label
            on:click=move |_| open(dialog)
        >
            {children()}
        </button>
    }
}

/// Dialog with a title and a close button.
#[component]
pub(in crate::ui) fn Dialog(
    /// Id of the dialog; the title has `{id}-title`.
    id: &'static str,
    /// Additional CSS class.
    class: &'static str,
    /// Title of the dialog.
    title: &'static str,
    /// Contents of the dialog.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled = title_id.clone();
    view! {
        <dialog class=format!("read {class}") id=id aria-labelledby=labelled>
            <div class="read__head">
                <h2 id=title_id>{title}</h2>
                <button
                    class="button button--quiet button--icon"
                    type="button"
                    aria-label=say::CLOSE
                    on:click=move |_| close(id)
                >
                    <Icon name="cross" />
                </button>
            </div>
            {children()}
        </dialog>
    }
}
