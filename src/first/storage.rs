//! The browser's storage, which may be missing: in a private window, or in a frame
//! whose host blocks it. Then nothing is kept, and that is no fault. An embedded page
//! keeps nothing anyway: its edits must not replace the draft of the reader.

use web_sys::Storage;

use super::browser::{is_embedded, window};

/// The value of a key.
pub fn read(key: &str) -> Option<String> {
    if cfg!(feature = "ssr") || is_embedded() {
        return None;
    }
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a value, or forgets it.
pub fn write(key: &str, value: Option<&str>) {
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

/// Keeps a value for the same tab only.
pub fn leave(key: &str, value: &str) {
    if let Some(storage) = of_tab() {
        storage.set_item(key, value).ok();
    }
}

/// What the same tab kept, which is then forgotten.
pub fn take(key: &str) -> Option<String> {
    let storage = of_tab()?;
    let value = storage.get_item(key).ok()??;
    storage.remove_item(key).ok();
    Some(value)
}

fn of_tab() -> Option<Storage> {
    if is_embedded() {
        return None;
    }
    window().session_storage().ok()?
}
