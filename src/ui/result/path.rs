//! Request path with the plan's numbers.

use leptos::prelude::*;

use super::super::section::FoldedSection;
use super::super::store::ScenarioStore;
use super::diagram::DiagramView;
use super::path_narrow::narrow;
use super::path_wide::wide;
use super::takers::carrying;
use crate::say::page::path as say;

/// Diagram: clients → gateways → providers; gateways → API → PostgreSQL.
#[component]
pub(in crate::ui) fn PathSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <FoldedSection id="path" title=say::TITLE about=store.answer(say::in_short)>
            <DiagramView
                wide=store.answer(wide)
                narrow=store.answer(narrow)
                summary=store.answer(|plan| say::summary(plan, &carrying(plan)))
            />
        </FoldedSection>
    }
}
