//! Browser storage, which may be unavailable in a private window or in a frame blocked by its host.
//! Nothing is saved then, without an error. Embedded pages save nothing, so that their edits do not
//! replace the user's draft.

use web_sys::Storage;

use super::browser::{is_embedded, window};

/// Value of a key.
pub fn read(key: &str) -> Option<String> {
    if cfg!(feature = "ssr") || is_embedded() {
        return None;
    }
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Sets or removes a value.
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

/// Sets a value for the current tab.
pub fn leave(key: &str, value: &str) {
    if let Some(storage) = of_tab() {
        storage.set_item(key, value).ok();
    }
}

/// Takes a value of the current tab out of storage.
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
