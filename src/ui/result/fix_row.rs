//! Fix below its finding.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::applied::Applied;
use super::list::List;
use crate::plan::Fix;
use crate::say;
use crate::say::page::result as page;

/// Change, its effect, and the button that applies it.
#[component]
pub(super) fn FixRow(fix: Fix, row: String, is_primary: bool, list: List) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let label = say::fix::label(&fix.change);
    let effect = say::fix::effect(&fix.effect);
    let class = if is_primary {
        "button button--small button--primary"
    } else {
        "button button--small"
    };
    let name = page::apply(&label);
    let shown = label.clone();
    let edits = StoredValue::new(fix.edits());
    let apply = move |_| {
        list.keep();
        let done = edits.with_value(|edits| Applied::carry_out(store, &row, &label, edits));
        list.applied.set(Some(done));
    };
    view! {
        <div class="fix">
            <p class="fix__text">{shown} <small>{effect}</small></p>
            <button class=class type="button" aria-label=name on:click=apply>
                {page::APPLY}
            </button>
        </div>
    }
}
