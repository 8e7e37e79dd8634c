//! Saved scenario in the list.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::kept_acts::Acts;
use super::rename::Rename;
use super::shelf::Kept;
use super::sides::day;
use crate::catalog::date::Date;
use crate::plan::evaluate;
use crate::say::page::compare as say;
use crate::say::verdict;

/// Row of a saved scenario.
#[component]
pub(super) fn Row(
    /// Scenario of the row.
    kept: Kept,
    /// Name of the scenario being renamed.
    renamed: RwSignal<Option<String>>,
) -> impl IntoView {
    let name = StoredValue::new(kept.name.clone());
    let is_renamed =
        move || renamed.with(|renamed| name.with_value(|n| renamed.as_ref() == Some(n)));
    let store = expect_context::<ScenarioStore>();
    let (about, notices) = untrack(|| about(&kept, day(store)));
    let kept = StoredValue::new(kept);
    view! {
        <li class="kept__row">
            <div class="kept__what">
                <Show
                    when=is_renamed
                    fallback=move || view! { <b class="kept__name">{name.get_value()}</b> }
                >
                    <Rename kept renamed />
                </Show>
                <span class="muted">{about}</span>
                {notices
                    .into_iter()
                    .map(|line| view! { <span class="side__notice">{line}</span> })
                    .collect_view()}
            </div>
            <Acts kept renamed />
        </li>
    }
}

/// Summary of the contents, and the unreadable parts.
fn about(kept: &Kept, today: Date) -> (String, Vec<String>) {
    match &kept.read {
        Ok((scenario, notices)) => {
            let plan = evaluate(scenario, today);
            let about = say::about(&plan.demand, &verdict::label(&plan.verdict));
            (about, notices.clone())
        }
        Err(why) => (say::CANNOT_BE_READ.to_owned(), vec![why.clone()]),
    }
}
