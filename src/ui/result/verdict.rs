//! The answer in a sentence.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::plan::{VerdictState, words};
use crate::say::verdict;

/// The verdict.
#[component]
pub(in crate::ui) fn VerdictSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let label = store.answer(|plan| verdict::label(&plan.verdict));
    let text = store.answer(verdict::text);
    let more = store.answer(verdict::more);
    let state = store.answer(|plan| plan.verdict.state);
    let state = move || match state.get() {
        VerdictState::Fits => "ok",
        VerdictState::FitsWithRisk | VerdictState::Unknown => "warn",
        VerdictState::Fails => "danger",
        VerdictState::Empty => "info",
    };
    let icon = move || match state() {
        "ok" => view! { <Icon name="check" /> },
        _ => view! { <Icon name="alert" /> },
    };
    let unread = move || {
        let bad = store.invalid.with(std::collections::BTreeSet::len);
        let bad = u32::try_from(bad).ok().filter(|bad| 0 < *bad)?;
        let fields = words::counted(bad, "field");
        let text = format!("{fields} to check: the last valid values are used");
        Some(view! {
            <p class="verdict__stale">
                <Icon name="alert" />
                {text}
            </p>
        })
    };
    view! {
        <section class="verdict" aria-labelledby="verdict">
            <p class=move || {
                format!("verdict__state status--{}", state())
            }>{icon} {label}</p>
            <h2 class="verdict__text" id="verdict">
                {text}
            </h2>
            <p class="verdict__more">{more}</p>
            {unread}
        </section>
    }
}
