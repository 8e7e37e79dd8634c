//! What is in sight: only that is worth drawing.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far from the edge of the window a drawing is as good as in sight: what is
/// scrolled to is drawn by then.
const MARGIN: &str = "25%";

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
