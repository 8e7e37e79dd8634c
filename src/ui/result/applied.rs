//! A fix that was carried out: its row says so, with what it changed and the way back.

use leptos::html::Button;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::super::focus::focus;
use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use super::list::List;
use crate::say::page::result as page;

/// In place of the row's fixes: done, its effect, and Undo, which has the focus.
#[component]
pub(super) fn Confirmation(list: List) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let button = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            drop(button.focus());
        }
    });
    // What was changed elsewhere since makes Undo another one.
    Effect::new(move |_| {
        let is_stale = list.applied.with(|applied| {
            let applied = applied.as_ref();
            applied.is_some_and(|applied| store.with(|now| *now != applied.after))
        });
        if is_stale {
            list.applied.set(None);
        }
    });
    let done = move || {
        let applied = list.applied.get()?;
        let now = store.plan.with(page::Standing::of);
        let moved = page::moved(&applied.before, &now);
        Some(view! {
            <span>{page::applied(&applied.label)}</span>
            <small>{moved}</small>
        })
    };
    let undo = move |_| {
        let row = list.applied.get_untracked().map(|applied| applied.row);
        list.applied.set(None);
        store.undo();
        if let Some(row) = row {
            request_animation_frame(move || to_first_fix(&row));
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

/// Back to where the fix was.
fn to_first_fix(row: &str) {
    let selector = ["[data-finding=\"", row, "\"] button"].concat();
    match document().query_selector(&selector) {
        Ok(Some(button)) => drop(button.unchecked_into::<web_sys::HtmlElement>().focus()),
        _ => focus("findings"),
    }
}
