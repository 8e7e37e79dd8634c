//! Row of a workload.

use leptos::prelude::*;

use super::super::chart;
use super::super::field::{NameField, NumberField};
use super::super::icon::Icon;
use super::super::store::{Field, ScenarioStore};
use super::period::period_unit;
use super::workload_more::More;
use super::workload_tools::position;
use crate::catalog::profile::profile_by_key;
use crate::say::page::panel as say;
use crate::scenario::{Workload, property};

/// Workload row: name, requests and tokens; the rest is collapsed.
#[component]
pub(in crate::ui) fn WorkloadRow(
    /// Id of the workload's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let open = RwSignal::new(false);
    let part = move |read: fn(&Workload) -> String| {
        store.slice(move |s| s.workload(id).map(read).unwrap_or_default())
    };
    let name = part(|w| w.name.clone());
    let unit = period_unit(store, id);
    let from = part(|w| {
        let profile = w.profile.as_deref().and_then(profile_by_key);
        profile.map_or_else(String::new, |profile| say::from_profile(profile.name))
    });
    let name_field = Field {
        get: name.into(),
        set: Callback::new(move |text| store.edit_workload(id, "name", |w| w.name = text)),
    };
    let label = Signal::derive(move || say::workload_name(&name.get()));
    let swatch = Memo::new(move |_| swatch(store, id));
    let field = move |number| store.workload_number(id, number);
    let element = move |key: &str| format!("w{id}-{key}");
    view! {
        <div class="row" role="group" aria-label=name data-row=id>
            <div class="row__head">
                <span class=move || format!("swatch swatch--{}", swatch.get())></span>
                <NameField label class="row__name" field=name_field />
                <span class="tag">{from}</span>
                <button
                    class="row__tool"
                    type="button"
                    aria-expanded=move || open.get().to_string()
                    aria-label=move || say::more_about(&name.get())
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon name="chevron" />
                </button>
            </div>
            <div class="fields fields--3">
                <NumberField
                    id=element("requests")
                    spec=property::REQUESTS.spec()
                    unit
                    field=field(&property::REQUESTS)
                />
                <NumberField
                    id=element("input")
                    spec=property::INPUT_TOKENS.spec()
                    field=field(&property::INPUT_TOKENS)
                />
                <NumberField
                    id=element("output")
                    spec=property::OUTPUT_TOKENS.spec()
                    field=field(&property::OUTPUT_TOKENS)
                />
            </div>
            <Show when=move || open.get()>
                <More id />
            </Show>
        </div>
    }
}

/// Index of the workload's color, from 1.
fn swatch(store: ScenarioStore, id: u32) -> usize {
    let own = store.with(|s| position(s, id));
    let order = store.plan.with(|plan| chart::rank(&plan.demand.workloads));
    let rank = own.and_then(|own| order.iter().position(|index| *index == own));
    rank.map_or(0, |rank| rank + 1)
}
