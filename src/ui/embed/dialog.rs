//! Dialogs in a frame.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::is_embedded;

/// Maximum height of a dialog in a frame with its margin, in pixels, as in `style/embed.css`.
const TALLEST: f64 = 640.0;
const ROOM: f64 = 16.0;

/// Opens a modal dialog. In a frame it opens where the user clicked, since the center of a tall
/// frame may be off screen.
pub(in crate::ui) fn show_modal(dialog: &HtmlDialogElement) {
    let pressed = document().active_element().filter(|_| is_embedded());
    let top = pressed.map(|element| element.get_bounding_client_rect().top());
    drop(dialog.show_modal());
    if let (Some(top), Some(body)) = (top, document().body()) {
        let lowest = body.get_bounding_client_rect().height() - TALLEST - ROOM;
        let top = top.min(lowest).max(ROOM);
        let dialog: &HtmlElement = dialog.unchecked_ref();
        drop(dialog.style().set_property("top", &format!("{top}px")));
    }
}
