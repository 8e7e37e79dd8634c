//! The workloads.

use leptos::prelude::*;

use super::super::slice::Slice;
use super::super::store::ScenarioStore;
use super::group::Group;
use super::workload_row::WorkloadRow;
use crate::catalog::profile::PROFILES;
use crate::plan::words;
use crate::scenario::link::MOST_ROWS;
use crate::scenario::{Scenario, Workload};

/// The workloads and the guide's profiles to add.
#[component]
pub(super) fn Workloads() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.slice(|s| s.workloads.iter().map(|w| w.id).collect::<Vec<_>>());
    let per_day = store.answer(|plan| plan.demand.requests_per_day);
    let summary = Signal::derive(move || format!("{} requests/day", words::short(per_day.get())));
    let add = move |make: &dyn Fn(u32) -> Workload| {
        store.edit("", |scenario: &mut Scenario| {
            if scenario.workloads.len() < MOST_ROWS {
                scenario.workloads.push(make(scenario.next_id()));
            }
        });
    };
    let profiles = PROFILES.iter().map(move |profile| {
        view! {
            <button
                class="chip"
                type="button"
                title=format!(
                    "{} in, {} out, {} requests/min",
                    profile.input_tokens,
                    profile.output_tokens,
                    profile.requests_rpm,
                )
                on:click=move |_| add(&|id| Workload::from_profile(id, profile))
            >
                "+ "
                {profile.name}
            </button>
        }
    });
    view! {
        <Group title="Workloads" summary open=true>
            <For each=move || ids.get() key=|id| *id let(id)>
                <Slice>
                    <WorkloadRow id />
                </Slice>
            </For>
            <div class="chips" role="group" aria-label="Add a workload from the guide's profiles">
                {profiles.collect_view()}
                <button class="chip" type="button" on:click=move |_| add(&Workload::empty)>
                    "+ Empty"
                </button>
            </div>
        </Group>
    }
}
