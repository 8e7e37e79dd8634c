//! Browser functions needed by every part of the page.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, EventTarget, Window};

use crate::catalog::date::Date;

/// Root attribute of an embedded page, also for style sheets.
pub const EMBED_MARK: &str = "data-embed";

/// Root attribute while a link or draft is loading and the rendered scenario is outdated.
/// `public/theme.js` sets it first.
pub const LINK_MARK: &str = "data-link";

/// Browser window.
///
/// # Panics
///
/// Outside a browser window, where no part of the page runs.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// Document of the window.
///
/// # Panics
///
/// Outside a browser window, where no part of the page runs.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Whether the link marks the page as embedded.
pub fn is_embedded() -> bool {
    // The build renders the page outside a browser.
    !cfg!(feature = "ssr") && has_mark(EMBED_MARK)
}

/// Whether the root element has an attribute.
pub fn has_mark(name: &str) -> bool {
    let page = document().document_element();
    page.is_some_and(|page| page.has_attribute(name))
}

/// Sets or removes an attribute of the root element.
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

/// Writes a warning to the browser's console.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&JsValue::from_str(text));
}

/// Elements that match a selector.
pub fn all(root: &Document, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    let nodes = (0..list.length()).filter_map(|index| list.get(index));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Current calendar day of the user.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(2026);
    Date::from_ymd_opt(year, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

/// Shows the failure message; the link stays.
pub fn show_failure(reason: &str) {
    web_sys::console::error_1(&JsValue::from_str(reason));
    let Some(failure) = document().get_element_by_id("failure") else {
        return;
    };
    failure.remove_attribute("hidden").ok();
    // The message is at the top of the page.
    failure.scroll_into_view();
    if let Ok(Some(line)) = failure.query_selector("[data-reason]") {
        line.set_text_content(Some(reason));
    }
}

/// Event listener, removed on drop.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    act: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to an event of a target, including bubbled ones.
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

/// Runs a function after some milliseconds; returns the timer id.
pub fn later(act: impl FnOnce() + 'static, ms: i32) -> i32 {
    let act = Closure::once_into_js(act);
    let timer =
        window().set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), ms);
    timer.unwrap_or_default()
}

/// Cancels the timer with this id.
pub fn forget(timer: i32) {
    window().clear_timeout_with_handle(timer);
}

/// Runs a function after the current changes are painted.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(move || {
        later(act, 0);
    });
    window().request_animation_frame(act.unchecked_ref()).ok();
}
