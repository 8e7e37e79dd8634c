//! The request path with the plan's own numbers on it.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::diagram::DiagramView;
use super::path_narrow::narrow;
use super::path_wide::wide;
use super::takers::carrying;
use crate::say::page::path as say;

/// Clients → gateways → providers; gateways → API → PostgreSQL.
#[component]
pub(in crate::ui) fn PathSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <section aria-labelledby="path">
            <div class="section__head">
                <h2 id="path">{say::TITLE}</h2>
                <p>{say::NOTE}</p>
            </div>
            <DiagramView
                wide=store.answer(wide)
                narrow=store.answer(narrow)
                summary=store.answer(|plan| say::summary(plan, &carrying(plan)))
            />
        </section>
    }
}
