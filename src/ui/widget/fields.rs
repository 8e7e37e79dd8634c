//! Main inputs of an answer.

use leptos::prelude::*;

use super::super::panel::{Setting, WorkloadNumber};
use super::super::store::ScenarioStore;
use super::parts::Parts;
use crate::say::page::widget as say;

/// Maximum number of workloads with fields; all of them count.
const SHOWN: usize = 3;

/// Inputs: a row per workload, then the scenario's.
#[component]
pub(super) fn Fields(parts: Parts) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.slice(|s| {
        let ids = s.workloads.iter().map(|workload| workload.id);
        ids.take(SHOWN).collect::<Vec<_>>()
    });
    let count = store.slice(|s| s.workloads.len());
    let more = move || {
        let more = u32::try_from(count.get().saturating_sub(SHOWN)).unwrap_or(u32::MAX);
        (0 < more).then(|| {
            view! { <p class="faint widget__more">{say::more_workloads(more)}</p> }
        })
    };
    let settings = parts
        .settings
        .iter()
        .map(|number| view! { <Setting number=number /> });
    let fields = parts.workload.len() + parts.settings.len();
    let class = format!("widget__fields widget__fields--{fields}");
    view! {
        <form
            class=class
            aria-label=say::INPUTS
            autocomplete="off"
            on:submit=|ev| ev.prevent_default()
        >
            <For each=move || ids.get() key=|id| *id let(id)>
                <WorkloadFields id parts count />
            </For>
            {more}
            {settings.collect_view()}
        </form>
    }
}

/// Numbers of a workload; named if there are several.
#[component]
fn WorkloadFields(id: u32, parts: Parts, count: Memo<usize>) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let name = store.slice(move |s| s.workload(id).map(|w| w.name.clone()).unwrap_or_default());
    let numbers = parts
        .workload
        .iter()
        .map(|number| view! { <WorkloadNumber id number=number /> });
    view! {
        <div class="widget__workload" role="group" aria-label=name>
            <Show when=move || 1 < count.get()>
                <p class="widget__name">{name}</p>
            </Show>
            {numbers.collect_view()}
        </div>
    }
}
