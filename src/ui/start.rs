//! The first sight: what this is, the mark of the example, and scenarios to start from.

use leptos::prelude::*;

use super::store::ScenarioStore;
use crate::say::page::start as say;
use crate::scenario::Scenario;

/// Whether a scenario is the example as it was found, whatever it is called.
pub(super) fn is_example(scenario: &Scenario) -> bool {
    let example = Scenario {
        name: scenario.name.clone(),
        ..Scenario::default()
    };
    *scenario == example
}

/// The sentence on what this is.
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

/// Links to scenarios that take the place of the one that is there.
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

/// The mark beside the name, until something is changed; then the place where it is kept.
#[component]
pub(super) fn Mark(
    /// What is said of a scenario that is another one.
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
