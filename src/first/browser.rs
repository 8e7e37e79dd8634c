//! The few things of the browser that every part of the page needs.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, EventTarget, Window};

use crate::catalog::date::Date;

/// Marks the page while it is embedded, for the style sheets too.
pub const EMBED_MARK: &str = "data-embed";

/// Marks the page while the drawn scenario is not the one that is asked for: a link or a draft
/// brings another. `public/theme.js` sets it first.
pub const LINK_MARK: &str = "data-link";

/// The window.
///
/// # Panics
///
/// Outside a browser window, where no part of the page runs.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// The document.
///
/// # Panics
///
/// Outside a browser window, where no part of the page runs.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Whether the link says that the page is in a frame.
pub fn is_embedded() -> bool {
    // The build draws the page outside of a browser.
    !cfg!(feature = "ssr") && has_mark(EMBED_MARK)
}

/// Whether the page carries a mark: an attribute of its root element.
pub fn has_mark(name: &str) -> bool {
    let page = document().document_element();
    page.is_some_and(|page| page.has_attribute(name))
}

/// Sets a mark of the page, or takes it away.
pub fn page_mark(name: &str, value: Option<&str>) {
    let Some(page) = document().document_element() else {
        return;
    };
    let done = match value {
        Some(value) => page.set_attribute(name, value),
        None => page.remove_attribute(name),
    };
    done.ok();
}

/// Writes to the browser's console.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&JsValue::from_str(text));
}

/// The elements that match a selector.
pub fn all(root: &Document, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    let nodes = (0..list.length()).filter_map(|index| list.get(index));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// The reader's calendar day.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(2026);
    Date::from_ymd_opt(year, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

/// Shows the hidden message about a failure, and keeps the link.
pub fn show_failure(reason: &str) {
    web_sys::console::error_1(&JsValue::from_str(reason));
    let Some(failure) = document().get_element_by_id("failure") else {
        return;
    };
    failure.remove_attribute("hidden").ok();
    // The message is at the top of the page, which may be scrolled far down.
    failure.scroll_into_view();
    if let Ok(Some(line)) = failure.query_selector("[data-reason]") {
        line.set_text_content(Some(reason));
    }
}

/// A listener that ends when it is dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    act: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Hears an event of a target and of all that bubbles up to it.
    pub fn new(target: &EventTarget, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        let act = Closure::<dyn FnMut(Event)>::new(act);
        let heard = act.as_ref().unchecked_ref();
        target.add_event_listener_with_callback(name, heard).ok();
        Self {
            target: target.clone(),
            name,
            act,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.act.as_ref().unchecked_ref();
        self.target
            .remove_event_listener_with_callback(self.name, heard)
            .ok();
    }
}

/// Runs something once a number of milliseconds has passed; returns the timer's number.
pub fn later(act: impl FnOnce() + 'static, ms: i32) -> i32 {
    let act = Closure::once_into_js(act);
    let timer =
        window().set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), ms);
    timer.unwrap_or_default()
}

/// Stops the timer with this number.
pub fn forget(timer: i32) {
    window().clear_timeout_with_handle(timer);
}

/// Runs something once the changes so far are painted.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(move || {
        later(act, 0);
    });
    window().request_animation_frame(act.unchecked_ref()).ok();
}
