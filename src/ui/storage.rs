//! The browser's storage, which may be missing: in a private window, or in a frame
//! whose host blocks it. Then nothing is kept, and that is no fault. An embedded page
//! keeps nothing anyway: what a reader tries there must not become their own draft.

use leptos::prelude::window;

use super::embed::is_embedded;

/// What is kept under a key.
pub(super) fn read(key: &str) -> Option<String> {
    if cfg!(feature = "ssr") || is_embedded() {
        return None;
    }
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a value, or forgets it.
pub(super) fn write(key: &str, value: Option<&str>) {
    if is_embedded() {
        return;
    }
    let Ok(Some(storage)) = window().local_storage() else {
        return;
    };
    let kept = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
    kept.ok();
}
