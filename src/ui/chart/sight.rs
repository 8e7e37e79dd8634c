//! What is in sight: only that is worth drawing.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far from the edge of the window a drawing is as good as in sight: what is
/// scrolled to is drawn by then.
const MARGIN: &str = "25%";

/// Whether the inputs lie over the page, as they do on a small screen while one types.
pub(super) fn use_cover() -> ReadSignal<bool> {
    let (is_covered, set_covered) = signal(false);
    let toggled = move |event: &web_sys::Event| {
        let target = event.target();
        let sheet = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(sheet) = sheet.filter(|sheet| sheet.id() == "inputs") {
            set_covered.set(sheet.matches(":popover-open").unwrap_or(false));
        }
    };
    // The event does not bubble.
    let how = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&document(), "toggle", how, toggled).forget();
    is_covered
}

/// Whether an element is in sight, or nearly.
pub(super) fn use_sight(canvas: NodeRef<Div>) -> ReadSignal<bool> {
    let (is_seen, set_seen) = signal(false);
    let seen = Closure::<dyn Fn(Vec<IntersectionObserverEntry>)>::new(
        move |entries: Vec<IntersectionObserverEntry>| {
            if let Some(last) = entries.last() {
                // The frame may be gone by now.
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
        // Rather drawn for nothing than never.
        Err(_) => set_seen.set(true),
    }
    is_seen
}
