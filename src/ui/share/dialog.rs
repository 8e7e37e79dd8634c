//! Dialogs of the later program, opened from either one by their id.

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

/// Names the dialog that was asked for before the later program was there.
const ASKED: &str = "data-asked";

/// Opens a dialog; if the later program is still to come, once it is there.
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

/// Opens the dialog that was asked for before.
pub(in crate::ui) fn open_asked() {
    if let Some(page) = document().document_element()
        && let Some(id) = page.get_attribute(ASKED)
    {
        drop(page.remove_attribute(ASKED));
        open(&id);
    }
}

/// Closes it.
pub(in crate::ui) fn close(id: &str) {
    if let Some(dialog) = find(id) {
        dialog.close();
    }
}

/// Opens a dialog.
#[component]
pub(in crate::ui) fn DialogButton(
    /// The dialog's id.
    dialog: &'static str,
    /// Further classes of the button.
    class: &'static str,
    /// Accessible name, where an icon may stand for the words.
    #[prop(optional)]
    label: Option<&'static str>,
    /// Text of the button.
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

/// A dialog with its title and a button that closes it.
#[component]
pub(in crate::ui) fn Dialog(
    /// Its id; the title has `{id}-title`.
    id: &'static str,
    /// Further class.
    class: &'static str,
    /// Title.
    title: &'static str,
    /// Its content.
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
