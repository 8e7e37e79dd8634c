//! Verdict: the answer in a sentence.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::mark::Marks;
use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use super::super::told::DayTold;
use crate::say::page::result;
use crate::say::verdict;

/// Verdict as a word.
#[component]
pub(in crate::ui) fn VerdictState() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let (label, breaks) = (DayTold::label(store), DayTold::breaks());
    let of_plan = store.answer(|plan| plan.verdict.state);
    let state = move || of_plan.get().with_day(breaks().is_any()).word();
    view! {
        <p
            class=move || format!("verdict__state status--{}", state())
            data-says="verdict.state"
        >
            // The style sheet shows the icon for the state.
            <Icon name="check" class="when-ok" />
            <Icon name="alert" class="when-not-ok" />
            <span data-says="verdict.label">{label}</span>
        </p>
    }
}

/// Verdict in sentences, below its word unless that is shown elsewhere.
#[component]
pub(in crate::ui) fn VerdictSection(
    /// Whether the section bar shows the word and no other line describes the simulated day.
    #[prop(optional)]
    is_told: bool,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let broken = Memo::new({
        let breaks = DayTold::breaks();
        move |_| breaks()
    });
    let text = move || {
        let broken = broken.get();
        store.plan.with(|plan| verdict::text_with(plan, broken))
    };
    let more = store.answer(verdict::more);
    let measured = use_context::<Marks>().map(|marks| marks.verdict);
    let measured = move || {
        let said = measured?.get()?;
        Some(view! { <p class="verdict__more verdict__measured">{said}</p> })
    };
    let broken = DayTold::broken();
    let day = move || {
        let said = broken()?;
        Some(view! { <p class="verdict__more verdict__day">{said}</p> })
    };
    let unread = move || {
        let bad = store.invalid.with(std::collections::BTreeSet::len);
        let bad = u32::try_from(bad).ok().filter(|bad| 0 < *bad)?;
        let text = result::stale(bad);
        Some(view! {
            <p class="verdict__stale">
                <Icon name="alert" />
                {text}
            </p>
        })
    };
    let known = use_context::<Sure>();
    let sure = move || {
        let known = known?.0.get()?;
        Some(view! {
            <p class="verdict__more" id="verdict-sure">
                {known.verdict.clone()}
            </p>
        })
    };
    view! {
        <section class="verdict" aria-labelledby="verdict">
            {(!is_told).then(|| view! { <VerdictState /> })}
            <h2 class="verdict__text" id="verdict" tabindex="-1" data-says="verdict.text">
                {text}
            </h2>
            <p class="verdict__more" data-says="verdict.more">
                {more}
            </p>
            {is_told.then_some(day)}
            {measured}
            {sure}
            {unread}
        </section>
    }
}
