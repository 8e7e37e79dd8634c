//! The address bar and the saved draft: both hold the scenario's fragment.

use leptos::prelude::*;
use std::time::Duration;

use super::storage;
use super::store::ScenarioStore;
use crate::scenario::{Scenario, link};

const DRAFT_KEY: &str = "kt-capacity:draft";
/// Browsers allow only so many address changes a second.
const PAUSE: Duration = Duration::from_millis(120);

/// The scenario to begin with: the link's, else the saved one, else the default.
pub(super) fn initial() -> (Scenario, Vec<String>) {
    let hash = fragment();
    if !hash.is_empty() {
        return read(&hash);
    }
    let draft = storage::read(DRAFT_KEY);
    draft.map_or_else(|| (Scenario::default(), Vec::new()), |draft| read(&draft))
}

fn read(fragment: &str) -> (Scenario, Vec<String>) {
    let (scenario, notices) = link::from_fragment(fragment);
    (scenario, notices.iter().map(ToString::to_string).collect())
}

fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The page's own address, without the fragment.
fn base() -> String {
    let address = window().location().href().unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// The full link of the scenario.
pub(super) fn use_link(store: ScenarioStore) -> Memo<String> {
    let fragment = store.slice(link::to_fragment);
    let base = base();
    Memo::new(move |_| format!("{base}#{}", fragment.get()))
}

/// Keeps the address bar and the saved draft in step with the scenario.
pub(super) fn keep_in_step(store: ScenarioStore) {
    let fragment = store.slice(link::to_fragment);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    // The address bar and the storage are outside the reactive graph.
    Effect::new(move |_| {
        let text = fragment.get();
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        waiting.set_value(set_timeout_with_handle(move || write(&text), PAUSE).ok());
    });
    let leaving = window_event_listener_untyped("pagehide", move |_| {
        write(&fragment.get_untracked());
    });
    let arriving = window_event_listener_untyped("hashchange", move |_| {
        let arrived = self::fragment();
        let current = fragment.get_untracked();
        // An emptied address asks for nothing; it gets the scenario's link back.
        if !arrived.is_empty() && arrived != current {
            let (scenario, notices) = read(&arrived);
            store.notices.set(notices);
            store.replace(scenario);
        }
        // The same scenario may come in another spelling.
        write(&fragment.get_untracked());
    });
    on_cleanup(move || {
        leaving.remove();
        arriving.remove();
    });
}

fn write(text: &str) {
    if fragment() != text {
        let state = wasm_bindgen::JsValue::NULL;
        let address = format!("#{text}");
        let written = window()
            .history()
            .and_then(|h| h.replace_state_with_url(&state, "", Some(&address)));
        if written.is_err() {
            leptos::logging::warn!("the address bar refused the link");
        }
    }
    storage::write(DRAFT_KEY, Some(text));
}
