//! Actions on a workload's row.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::say::page::panel as say;
use crate::scenario::link::{LONGEST_NAME, MOST_ROWS};
use crate::scenario::{Scenario, Workload};

/// Buttons to move, duplicate and remove.
#[component]
pub(super) fn Tools(
    /// Id of the workload's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let place = store.slice(move |s| (position(s, id), s.workloads.len()));
    let act = move |change: fn(&mut Scenario, usize)| {
        store.edit("", |scenario| {
            if let Some(index) = position(scenario, id) {
                change(scenario, index);
            }
        });
    };
    let is_first = move || place.get().0 == Some(0);
    let is_last = move || place.get().0.is_none_or(|index| index + 1 == place.get().1);
    view! {
        <div class="row__tools" role="group" aria-label=say::THIS_WORKLOAD>
            <button
                class="row__tool"
                type="button"
                aria-label=say::MOVE_UP
                title=say::MOVE_UP
                disabled=is_first
                on:click=move |_| act(|scenario, index| scenario.workloads.swap(index, index - 1))
            >
                <Icon name="up" />
            </button>
            <button
                class="row__tool"
                type="button"
                aria-label=say::MOVE_DOWN
                title=say::MOVE_DOWN
                disabled=is_last
                on:click=move |_| act(|scenario, index| scenario.workloads.swap(index, index + 1))
            >
                <Icon name="below" />
            </button>
            <button
                class="row__tool"
                type="button"
                aria-label=say::DUPLICATE
                title=say::DUPLICATE
                on:click=move |_| act(duplicate)
            >
                <Icon name="copy" />
            </button>
            <button
                class="row__tool"
                type="button"
                aria-label=say::REMOVE
                title=say::REMOVE
                disabled=move || place.get().1 < 2
                on:click=move |_| act(|scenario, index| drop(scenario.workloads.remove(index)))
            >
                <Icon name="cross" />
            </button>
        </div>
    }
}

pub(super) fn position(scenario: &Scenario, id: u32) -> Option<usize> {
    scenario
        .workloads
        .iter()
        .position(|workload| workload.id == id)
}

fn duplicate(scenario: &mut Scenario, index: usize) {
    if MOST_ROWS <= scenario.workloads.len() {
        return;
    }
    let id = scenario.next_id();
    if let Some(row) = scenario.workloads.get(index).cloned() {
        // Shortened first: the link would cut the end, where the two names differ.
        let kept: String = row
            .name
            .chars()
            .take(LONGEST_NAME - say::DUPLICATE_ENDING.len())
            .collect();
        let name = kept + say::DUPLICATE_ENDING;
        scenario
            .workloads
            .insert(index + 1, Workload { id, name, ..row });
    }
}
