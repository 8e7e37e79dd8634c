//! Polite announcements for screen readers.

use std::time::Duration;

use leptos::prelude::*;

use super::store::ScenarioStore;
use crate::say::verdict;

/// Announces the verdict one second after typing stops.
#[component]
pub(super) fn LiveRegion() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let verdict = store.answer(verdict::text);
    let spoken = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    // The clock is outside the reactive graph.
    Effect::new(move |first: Option<()>| {
        let text = verdict.get();
        if first.is_none() {
            return;
        }
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let speak = move || spoken.set(text.clone());
        waiting.set_value(set_timeout_with_handle(speak, Duration::from_secs(1)).ok());
    });
    view! {
        <p class="hidden" role="status" aria-live="polite">
            {spoken}
        </p>
    }
}
