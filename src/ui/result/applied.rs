//! Applied fix: shown in its place with its effect and an undo button.

use leptos::html::Button;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::super::focus::focus;
use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::say::page::result as page;
use crate::scenario::{Edit, Scenario};

/// Applied fix, shown in its place until another change.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Applied {
    /// Id of the finding's row; empty outside the findings.
    pub(super) row: String,
    label: String,
    /// Plan before the fix.
    before: page::Standing,
    /// Scenario after the fix.
    after: Scenario,
}

impl Applied {
    /// Applies the edits of a fix.
    pub(in crate::ui) fn carry_out(
        store: ScenarioStore,
        row: &str,
        label: &str,
        edits: &[Edit],
    ) -> Self {
        let before = untrack(|| store.plan.with(page::Standing::of));
        store.apply(edits);
        Self {
            row: row.to_owned(),
            label: label.to_owned(),
            before,
            after: untrack(|| store.with(Clone::clone)),
        }
    }
}

/// Replaces the fixes by the effect of the applied one and a focused Undo button.
#[component]
pub(in crate::ui) fn Confirmation(
    /// Applied fix.
    applied: RwSignal<Option<Applied>>,
    /// Id of the heading that gets focus if the fix is no longer offered.
    heading: &'static str,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let button = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            drop(button.focus());
        }
    });
    // After another change, Undo would revert that one.
    Effect::new(move |_| {
        let is_stale = applied.with(|applied| {
            let applied = applied.as_ref();
            applied.is_some_and(|applied| store.with(|now| *now != applied.after))
        });
        if is_stale {
            applied.set(None);
        }
    });
    let done = move || {
        let applied = applied.get()?;
        let now = store.plan.with(page::Standing::of);
        let moved = page::moved(&applied.before, &now);
        Some(view! {
            <span>{page::applied(&applied.label)}</span>
            <small>{moved}</small>
        })
    };
    let undo = move |_| {
        let row = applied.get_untracked().map(|applied| applied.row);
        applied.set(None);
        store.undo();
        if let Some(row) = row {
            request_animation_frame(move || to_first_fix(&row, heading));
        }
    };
    view! {
        <p class="applied" role="status">
            <Icon name="check" />
            {done}
            <button class="button button--small" type="button" node_ref=button on:click=undo>
                {page::UNDO}
            </button>
        </p>
    }
}

/// Moves focus back to the place of the fix.
fn to_first_fix(row: &str, heading: &str) {
    let selector = ["[data-finding=\"", row, "\"] button"].concat();
    match document().query_selector(&selector) {
        Ok(Some(button)) => drop(button.unchecked_into::<web_sys::HtmlElement>().focus()),
        _ => focus(heading),
    }
}
