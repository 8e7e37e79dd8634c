//! First impression: introduction, mark of the example, and scenarios to start from.

use leptos::prelude::*;

use super::store::ScenarioStore;
use crate::say::page::start as say;
use crate::scenario::Scenario;

/// Whether a scenario is the unchanged example, under any name.
pub(super) fn is_example(scenario: &Scenario) -> bool {
    let example = Scenario {
        name: scenario.name.clone(),
        ..Scenario::default()
    };
    *scenario == example
}

/// Introduction in one sentence.
#[component]
pub(super) fn Intro() -> impl IntoView {
    let [before, between, after] = say::INTRO;
    view! {
        <p class="intro">
            {before} {link(say::GUIDE)} {between} {link(say::GATEWAY)} {after}
        </p>
    }
}

fn link((words, address): (&'static str, &'static str)) -> impl IntoView {
    view! {
        <a href=address target="_blank" rel="noopener">
            {words}
        </a>
    }
}

/// Links to scenarios that replace the current one.
#[component]
pub(super) fn Starters() -> impl IntoView {
    let starters = say::STARTERS.map(|(name, link)| {
        view! {
            <a class="chip" href=link>
                {name}
            </a>
        }
    });
    view! {
        <nav class="chips starters" aria-label=say::START>
            <span class="muted">{say::START}</span>
            {starters.into_iter().collect_view()}
        </nav>
    }
}

/// Mark next to the name: example, or where a changed scenario is saved.
#[component]
pub(super) fn Mark(
    /// Text for a changed scenario.
    saved: &'static str,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let is_found = store.slice(is_example);
    let class = move || {
        if is_found.get() {
            "scenario__mark"
        } else {
            "scenario__state"
        }
    };
    view! {
        <span class=class>{move || if is_found.get() { say::EXAMPLE } else { saved }}</span>
    }
}
