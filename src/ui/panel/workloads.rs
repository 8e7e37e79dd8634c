//! Workloads.

use leptos::prelude::*;

use super::super::slice::Slice;
use super::super::start::is_example;
use super::super::store::ScenarioStore;
use super::group::Group;
use super::workload_row::WorkloadRow;
use crate::catalog::profile::{PROFILES, Profile};
use crate::say::page::panel as say;
use crate::scenario::link::MOST_ROWS;
use crate::scenario::{Scenario, Workload};

/// Workloads, and the guide's profiles to add.
#[component]
pub(super) fn Workloads() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.slice(|s| s.workloads.iter().map(|w| w.id).collect::<Vec<_>>());
    let summary = store.answer(|plan| say::requests_per_day(&plan.demand));
    let add = move |make: &dyn Fn(u32) -> Workload| {
        store.edit("", |scenario: &mut Scenario| {
            if scenario.workloads.len() < MOST_ROWS {
                scenario.workloads.push(make(scenario.next_id()));
            }
        });
    };
    // A profile replaces the example, but is added to the user's own workloads.
    let add_profile = move |profile: &Profile| {
        if untrack(|| store.with(is_example)) {
            store.edit("", |scenario: &mut Scenario| {
                let id = scenario.next_id();
                scenario.workloads = vec![Workload::from_profile(id, profile)];
            });
        } else {
            add(&|id| Workload::from_profile(id, profile));
        }
    };
    let profiles = PROFILES.iter().map(move |profile| {
        view! {
            <button
                class="chip"
                type="button"
                title=say::profile(profile)
                on:click=move |_| add_profile(profile)
            >
                {say::ADD}
                {profile.name}
            </button>
        }
    });
    view! {
        <Group title=say::WORKLOADS summary open=true>
            <For each=move || ids.get() key=|id| *id let(id)>
                <Slice>
                    <WorkloadRow id />
                </Slice>
            </For>
            <div class="chips" role="group" aria-label=say::ADD_WORKLOAD>
                {profiles.collect_view()}
                <button class="chip" type="button" on:click=move |_| add(&Workload::empty)>
                    {say::ADD_EMPTY}
                </button>
            </div>
        </Group>
    }
}
