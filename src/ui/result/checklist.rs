//! Checklists of the guide.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::section::FoldedSection;
use super::super::store::ScenarioStore;
use crate::first::storage;
use crate::plan::{Answer, Check};
use crate::say::checklist as say;
use crate::say::page::result as page;

/// Both checklists, answered where the plan can.
#[component]
pub(super) fn Checklist() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let checks = store.answer(|plan| plan.checklist.clone());
    let about = move || {
        checks.with(|checks| {
            let number = |answer| checks.iter().filter(|check| check.answer == answer).count();
            page::answered(number(Answer::Yes), number(Answer::No), checks.len())
        })
    };
    let list = move |before_launch: bool| {
        move || {
            let rows = checks
                .get()
                .into_iter()
                .filter(|c| c.id.is_before_launch() == before_launch);
            rows.map(|check| view! { <CheckRow check /> })
                .collect_view()
        }
    };
    view! {
        <FoldedSection id="checklist" title=page::CHECKLIST about=Signal::derive(about)>
            <div class="checks">
                <div>
                    <h3>{page::BEFORE_LAUNCH}</h3>
                    <ul>{list(true)}</ul>
                </div>
                <div>
                    <h3>{page::ONGOING}</h3>
                    <ul>{list(false)}</ul>
                </div>
            </div>
        </FoldedSection>
    }
}

#[component]
fn CheckRow(check: Check) -> impl IntoView {
    let words = view! {
        {say::text(check.id)}
        <small>{say::detail(&check)}</small>
    };
    match check.answer {
        Answer::Yes => view! {
            <li>
                <Icon name="check" class="icon--ok" />
                <span>
                    <span class="hidden">{page::ANSWERED}</span>
                    {words}
                </span>
            </li>
        }
        .into_any(),
        Answer::No => view! {
            <li>
                <Icon name="cross" class="icon--danger" />
                <span>
                    <span class="hidden">{page::FAILS}</span>
                    {words}
                </span>
            </li>
        }
        .into_any(),
        Answer::Open => {
            let id = format!("check-{}", check.id.key());
            let key = format!("kt-capacity:{id}");
            let ticked = storage::read(&key).is_some();
            let remember = move |on: bool| storage::write(&key, on.then_some("1"));
            view! {
                <li>
                    <input
                        class="tick"
                        type="checkbox"
                        id=id.clone()
                        autocomplete="off"
                        prop:checked=ticked
                        on:change:target=move |ev| remember(ev.target().checked())
                    />
                    <label for=id>{words}</label>
                </li>
            }
            .into_any()
        }
    }
}
