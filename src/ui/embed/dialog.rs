//! Dialogs in a frame.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::is_embedded;

/// The tallest dialog in a frame, as in `style/embed.css`, and the room around it, pixels.
const TALLEST: f64 = 640.0;
const ROOM: f64 = 16.0;

/// Opens a modal dialog. The middle of a frame as high as its page may be out of sight,
/// so there it opens where the reader pressed.
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
