//! Address bar; its fragment is the scenario.

use super::super::browser::{is_embedded, warn, window};
use super::super::storage;
use crate::say::notice;
use crate::scenario::link;

/// Storage key of the fragments before and after the last edit of an unloaded page.
const LEFT_KEY: &str = "kt-capacity:left";

/// Current fragment of the address.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    link::bare(&hash).into_owned()
}

/// Address of the page without the fragment.
pub fn base() -> String {
    let address = window().location().href().unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Replaces the fragment of the address.
pub fn write(text: &str) {
    // The host page sets the address of an embedded page.
    if fragment() != text && !is_embedded() {
        replace_address(&format!("#{text}"));
    }
}

fn replace_address(address: &str) {
    let state = wasm_bindgen::JsValue::NULL;
    let written = window()
        .history()
        .and_then(|h| h.replace_state_with_url(&state, "", Some(address)));
    if written.is_err() {
        warn("the address bar refused the link");
    }
}

/// Updates the address of a page that may be unloading, and stores the change for [`take_left`].
pub fn leave(keep: impl Fn()) {
    let before = fragment();
    keep();
    let after = fragment();
    if before != after {
        storage::leave(LEFT_KEY, &format!("{before}\n{after}"));
    }
}

/// Discards the stored change: the page is visible again.
pub fn stay() {
    storage::take(LEFT_KEY);
}

/// Moves a scenario from the query to the fragment, unless the fragment has one.
pub fn take_query() -> Option<String> {
    let query = window().location().search().unwrap_or_default();
    let (_, rest) = link::of_query(&query)?;
    let path = window().location().pathname().unwrap_or_default();
    let rest = if rest.is_empty() {
        rest
    } else {
        format!("?{rest}")
    };
    let hash = fragment();
    // A view or theme after the # is not a scenario.
    let is_free = link::of_query(&hash).is_none();
    let text = link::of_address(&format!("{query}#{hash}")).unwrap_or(hash);
    replace_address(&format!("{path}{rest}#{text}"));
    (!is_free).then(|| notice::QUERY_LEFT_OUT.to_owned())
}

/// Restores edits made just before a reload: the browser reloads the address from before them.
/// A followed link has another address, and is left alone.
pub fn take_left() {
    let left = storage::take(LEFT_KEY);
    let left = left.as_deref().and_then(|left| left.split_once('\n'));
    if let Some((_, text)) = left.filter(|(address, _)| *address == fragment()) {
        write(text);
    }
}
