//! Keyboard focus: its location, and ways to move it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::store::ScenarioStore;

/// Whether text is being typed, so that letters are not shortcuts.
pub(super) fn is_typing() -> bool {
    let texts = "input[type=text], textarea, select";
    let active = document().active_element();
    active.is_some_and(|element| element.matches(texts).unwrap_or(false))
}

/// Focuses an element in an open section; a link would change the address.
pub(super) fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        open_around(element.closest("details"));
        element.scroll_into_view();
        drop(element.focus());
    }
}

/// Opens the groups around the field of a key and focuses the field.
pub(super) fn lead_to(key: &str) {
    let selector = format!("[data-key=\"{key}\"]");
    let Ok(Some(field)) = document().query_selector(&selector) else {
        return;
    };
    open_around(field.closest("details"));
    let field: web_sys::HtmlElement = field.unchecked_into();
    if field.offset_parent().is_none()
        && let Some(sheet) = document().get_element_by_id("inputs")
    {
        drop(
            sheet
                .unchecked_into::<web_sys::HtmlElement>()
                .show_popover(),
        );
    }
    field.scroll_into_view();
    drop(field.focus());
}

/// Keeps focus near its place: if the focused element is removed, its nearest remaining ancestor
/// takes the focus.
pub(super) fn keep(store: ScenarioStore) {
    // Ancestors of the element, nearest first.
    let around = StoredValue::new_local(Vec::<Element>::new());
    let found = window_event_listener(leptos::ev::focusin, move |ev| {
        let target = ev.target().and_then(|it| it.dyn_into::<Element>().ok());
        let all = std::iter::successors(target, |it| it.parent_element());
        around.set_value(all.collect());
    });
    on_cleanup(move || found.remove());
    let mend = move || {
        let is_lost = document()
            .active_element()
            .is_none_or(|it| it.tag_name() == "BODY");
        let all = around.get_value();
        if !is_lost || all.first().is_none_or(|it| it.is_connected()) {
            return;
        }
        let left = all
            .iter()
            .find(|it| it.is_connected() && it.tag_name() != "BODY");
        if let Some(left) = left.and_then(|it| it.dyn_ref::<web_sys::HtmlElement>()) {
            if !left.has_attribute("tabindex") {
                left.set_tab_index(-1);
            }
            drop(left.focus());
        }
    };
    // Rows change after the effects of this edit.
    Effect::new(move |_| {
        store.fragment.track();
        request_animation_frame(move || request_animation_frame(mend));
    });
}

/// Opens the innermost group and those around it.
fn open_around(innermost: Result<Option<web_sys::Element>, wasm_bindgen::JsValue>) {
    let mut around = innermost.ok().flatten();
    while let Some(group) = around {
        drop(group.set_attribute("open", ""));
        around = group
            .parent_element()
            .and_then(|e| e.closest("details").ok().flatten());
    }
}
