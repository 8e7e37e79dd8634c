//! The reasons of the figures.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::formula::{FormulaLine, Rules, Terms};

/// The formula of a figure in words and with the reader's values, and their sources.
#[component]
pub(super) fn Reason(
    /// Its id.
    id: String,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let figure = store.answer(move |plan| plan.figures.iter().find(|f| f.id == id).cloned());
    move || {
        figure.get().map(|figure| {
            view! {
                <p class="why__words">{figure.words}</p>
                <FormulaLine figure=figure.clone() />
                <Terms figure />
            }
        })
    }
}

/// The figure whose reason has the rules beside it.
const RULED: &str = "gateways";

/// All that stands in the place of a reason.
pub(super) fn inside(id: String) -> AnyView {
    let rules = (id == RULED).then(|| view! { <div><Rules /></div> });
    view! {
        <div>
            <Reason id />
        </div>
        {rules}
    }
    .into_any()
}
