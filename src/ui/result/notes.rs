//! Contradictions within the guide.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::plan::NoteId;
use crate::say::note as say;
use crate::say::page::reference;

/// Contradictions in the sources, and the choice made here.
#[component]
pub(super) fn Notes() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let notes = store.answer(|plan| plan.notes.clone());
    let rows = move || {
        let row = |note: NoteId| {
            view! {
                <dt>{say::title(note)}</dt>
                <dd>{say::text(note)}</dd>
            }
        };
        notes.get().into_iter().map(row).collect_view()
    };
    view! {
        <details class="folded">
            <summary>
                <Icon name="chevron" />
                {reference::CONTRADICTIONS}
            </summary>
            <dl class="notes">{rows}</dl>
        </details>
    }
}
