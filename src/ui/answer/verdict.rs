//! The answer in a sentence.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::plan::words;

/// The verdict.
#[component]
pub(in crate::ui) fn VerdictSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let verdict = store.answer(|plan| plan.verdict.clone());
    let state = move || verdict.with(|v| v.state.word());
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
            <p
                class=move || format!("verdict__state status--{}", state())
                data-says="verdict.state"
            >
                // The style sheet shows the one that goes with the state.
                <Icon name="check" class="when-ok" />
                <Icon name="alert" class="when-not-ok" />
                <span data-says="verdict.label">{move || verdict.with(|v| v.label.clone())}</span>
            </p>
            <h2 class="verdict__text" id="verdict" data-says="verdict.text">
                {move || verdict.with(|v| v.text.clone())}
            </h2>
            <p class="verdict__more" data-says="verdict.more">
                {move || verdict.with(|v| v.more.clone())}
            </p>
            {unread}
        </section>
    }
}
