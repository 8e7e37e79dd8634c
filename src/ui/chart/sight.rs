//! Visibility of a drawing; only visible ones are drawn.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Distance from the window's edge within which drawings count as visible, so that they are drawn
/// before they are scrolled to.
const MARGIN: &str = "25%";

/// Whether the inputs cover the page, as on a small screen while editing.
pub(super) fn use_cover() -> ReadSignal<bool> {
    let (is_covered, set_covered) = signal(false);
    let look = move |_: &web_sys::Event| {
        let found = |what| document().query_selector(what).ok().flatten();
        // In a wide window the inputs are beside the page, even if opened as an overlay before.
        let is_sheet = found(".dock").is_some_and(|dock| 0 < dock.client_height());
        let is_open = found("#inputs:popover-open").is_some();
        if is_covered.get_untracked() != (is_sheet && is_open) {
            set_covered.set(is_sheet && is_open);
        }
    };
    // The event does not bubble.
    let how = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&document(), "toggle", how, look).forget();
    EventListener::new(&window(), "resize", look).forget();
    is_covered
}

/// Whether an element is visible, or nearly.
pub(in crate::ui) fn use_sight(canvas: NodeRef<Div>) -> ReadSignal<bool> {
    let (is_seen, set_seen) = signal(false);
    if cfg!(feature = "ssr") {
        return is_seen;
    }
    let seen = Closure::<dyn Fn(Vec<IntersectionObserverEntry>)>::new(
        move |entries: Vec<IntersectionObserverEntry>| {
            if let Some(last) = entries.last() {
                // The frame may be gone.
                let _gone = set_seen.try_set(last.is_intersecting());
            }
        },
    );
    let how = IntersectionObserverInit::new();
    how.set_root_margin(MARGIN);
    match IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &how) {
        Ok(observer) => {
            let watched = observer.clone();
            Effect::new(move |_| {
                if let Some(canvas) = canvas.get() {
                    watched.observe(&canvas);
                }
            });
            let kept = StoredValue::new_local((observer, seen));
            on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
        }
        // Drawing too much is better than nothing.
        Err(_) => set_seen.set(true),
    }
    is_seen
}
