//! Visibility of a drawing: only a visible one is drawn.

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
    let look = move |_: &web_sys::Event| {
        let found = |what| document().query_selector(what).ok().flatten();
        // Where there is room the inputs stand beside the page, even if they were opened over it.
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

/// Whether an element is in sight, or nearly.
pub(in crate::ui) fn use_sight(canvas: NodeRef<Div>) -> ReadSignal<bool> {
    let (is_seen, set_seen) = signal(false);
    if cfg!(feature = "ssr") {
        return is_seen;
    }
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
