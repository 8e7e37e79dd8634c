//! Findings of the day, and their fixes.

use leptos::prelude::*;

use super::super::result::{Applied, Confirmation};
use super::super::store::ScenarioStore;
use super::life::Life;
use super::state::State;
use crate::lived::{DayFinding, Facts, Mend, findings};
use crate::say;
use crate::say::page::{day as page, result};

/// Findings, followed by their fixes.
#[component]
pub(super) fn Troubles() -> impl IntoView {
    let life = expect_context::<Life>();
    let applied = RwSignal::new(None::<Applied>);
    let found = move || {
        let is_whole = life
            .state
            .with(|state| matches!(state, State::Whole | State::Stopped));
        let lived = life.lived.get().filter(|_| is_whole)?;
        let found = findings(&lived);
        let row = |finding| finding_row(finding, &lived.facts);
        let rows = found.iter().map(row).collect_view();
        (!rows.is_empty()).then(|| {
            view! {
                <h3>{page::WRONG}</h3>
                <ol class="day__findings">{rows}</ol>
            }
        })
    };
    view! {
        <div class="day__troubles">
            <Show when=move || applied.with(Option::is_some)>
                <Confirmation applied heading="day" />
            </Show>
            {found} <Mending applied />
        </div>
    }
}

fn finding_row(finding: &DayFinding, facts: &Facts) -> impl IntoView {
    view! {
        <li>
            <h4 class="finding__title">{say::day::title(finding)}</h4>
            <p class="finding__why">{say::day::message(finding, facts)}</p>
        </li>
    }
}

#[component]
fn Mending(applied: RwSignal<Option<Applied>>) -> impl IntoView {
    let life = expect_context::<Life>();
    let rows = move || {
        let lived = life.lived.get();
        let facts = lived.as_ref().map(|lived| lived.facts.clone());
        let Some(facts) = facts else {
            return ().into_any();
        };
        let mends = life.mends.get();
        let each = mends.found.into_iter();
        let rows = each.map(|mend| view! { <MendRow mend facts=facts.clone() applied /> });
        rows.collect_view().into_any()
    };
    let state = move || {
        let mends = life.mends.get();
        if life.state.get() != State::Whole {
            return ().into_any();
        }
        if !mends.is_over {
            return view! {
                <p class="faint" role="status">
                    {page::searching(mends.searched.days)} " "
                    <button
                        class="button button--small"
                        type="button"
                        on:click=move |_| life.stop()
                    >
                        {page::STOP}
                    </button>
                </p>
            }
            .into_any();
        }
        let words = say::day::searched(&mends.searched);
        words
            .map(|words| view! { <p class="faint">{words}</p> })
            .into_any()
    };
    let title = move || {
        let is_any = life
            .mends
            .with(|mends| !mends.is_over || !mends.found.is_empty());
        let is_whole = life.state.with(|state| *state == State::Whole);
        (is_any && is_whole).then(|| view! { <h3>{page::MENDS}</h3> })
    };
    view! {
        {title}
        <div class="day__mends">{rows}</div>
        {state}
    }
}

#[component]
fn MendRow(mend: Mend, facts: Facts, applied: RwSignal<Option<Applied>>) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let label = say::day::mend(&mend);
    let bought = say::day::bought(&mend, &facts);
    let name = result::apply(&label);
    let shown = label.clone();
    let edits = StoredValue::new(mend.change.edits());
    let apply = move |_| {
        let done = edits.with_value(|edits| Applied::carry_out(store, "", &label, edits));
        applied.set(Some(done));
    };
    view! {
        <div class="fix">
            <p class="fix__text">{shown} <small>{bought}</small></p>
            <button
                class="button button--small"
                type="button"
                aria-label=name
                on:click=apply
            >
                {result::APPLY}
            </button>
        </div>
    }
}
