//! Reasons of the figures.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::formula::{FormulaLine, Rules, Terms};
use crate::plan::{FigureId, formula};
use crate::say::figure as say;

/// Formula of a figure in words and with the user's values, and their sources.
#[component]
pub(super) fn Reason(
    /// Key of the figure.
    id: String,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let reason = store.reason(move |scenario, plan| {
        let figure = plan.figures.iter().find(|figure| figure.id.key() == id)?;
        Some((figure.clone(), formula(scenario, plan, &figure.id)?))
    });
    move || {
        reason.get().map(|(figure, formula)| {
            view! {
                <p class="why__words">{say::in_words(&figure)}</p>
                <FormulaLine figure formula=formula.clone() />
                <Terms formula />
            }
        })
    }
}

/// Figure whose reason includes the rules.
const RULED: FigureId = FigureId::Gateways;

/// Contents of a reason's disclosure.
pub(in crate::ui) fn inside(id: &FigureId) -> AnyView {
    let rules = (*id == RULED).then(|| view! { <div><Rules /></div> });
    view! {
        <div>
            <Reason id=id.key().into_owned() />
        </div>
        {rules}
    }
    .into_any()
}
