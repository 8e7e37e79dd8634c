//! Scenarios to compare with: twice the load, and the guide's example.

use leptos::prelude::*;

use super::super::focus::focus;
use super::super::store::ScenarioStore;
use super::sides::{HEADING, Ways};
use crate::say::page::compare as say;
use crate::scenario::Scenario;
use crate::scenario::link::Fragment;
use crate::scenario::property::REQUESTS;

/// Scenario with every request doubled.
fn doubled(scenario: &Scenario) -> Scenario {
    let mut doubled = scenario.clone();
    say::DOUBLED.clone_into(&mut doubled.name);
    for workload in &mut doubled.workloads {
        workload.requests = (workload.requests * 2.0).min(REQUESTS.high);
    }
    doubled
}

/// Example of the guide, with its name.
fn example() -> Scenario {
    Scenario {
        name: say::EXAMPLE.to_owned(),
        ..Scenario::default()
    }
}

/// Links to both examples.
#[component]
pub(super) fn Examples() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ways = Ways::new();
    let double = store.slice(|scenario| Fragment::of(&doubled(scenario)));
    let is_example = store
        .slice(|scenario| crate::compare::varied(&[scenario, &Scenario::default()]).is_empty());
    let example = StoredValue::new(Fragment::of(&example()));
    view! {
        <p class="add__examples">
            <a
                class="button"
                href=move || ways.with(&double.get())
                on:click=|_| focus(HEADING)
            >
                {say::COMPARE_DOUBLED}
            </a>
            <Show
                when=move || !is_example.get()
                fallback=|| view! { <span class="muted">{say::IS_EXAMPLE}</span> }
            >
                <a
                    class="button"
                    href=move || example.with_value(|example| ways.with(example))
                    on:click=|_| focus(HEADING)
                >
                    {say::COMPARE_EXAMPLE}
                </a>
            </Show>
        </p>
    }
}
