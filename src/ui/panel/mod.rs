//! Inputs: panels connect the store to fields.

mod autoscaler;
mod costs;
mod gateway;
mod group;
mod hours;
mod list;
mod period;
mod platform;
mod provider_details;
mod provider_model;
mod provider_numbers;
mod provider_row;
mod provider_source;
mod providers;
mod setting;
mod spark;
mod traffic;
mod workload_more;
mod workload_number;
mod workload_row;
mod workload_tools;
mod workloads;

pub(super) use setting::{Chosen, Setting};
pub(super) use workload_number::WorkloadNumber;

#[cfg(feature = "ssr")]
pub(super) use {group::Group, provider_row::ProviderRow, workload_row::WorkloadRow};

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::slice::Slice;
use super::start::Starters;
use super::store::ScenarioStore;
use super::told::DayTold;
use super::view::{Reading, View};
use crate::say::page::panel as say;

/// All inputs; on a small screen a sheet over the answers.
#[component]
pub(super) fn Inputs() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let label = DayTold::label(store);
    let state = move || {
        let instances = store.answer(|plan| plan.gateway.instances);
        let fields = fields_to_check(store);
        say::state(&label(), instances.get(), &fields)
    };
    let Reading(view) = expect_context::<Reading>();
    let is_away = move || view.get() != View::Full;
    view! {
        <form
            class="inputs"
            id="inputs"
            popover=""
            aria-label=say::INPUTS
            hidden=is_away
            autocomplete="off"
            on:submit=|ev| ev.prevent_default()
            on:toggle:target=move |ev| take_focus(&ev.target())
        >
            <div class="inputs__head">
                <output>{state}</output>
                <button
                    class="button button--small"
                    type="button"
                    popovertarget="inputs"
                    popovertargetaction="hide"
                >
                    {say::DONE}
                </button>
            </div>
            <Slice>
                <Starters />
                <workloads::Workloads />
            </Slice>
            <Slice>
                <traffic::TrafficPanel />
            </Slice>
            <Slice>
                <providers::Providers />
            </Slice>
            <Slice>
                <gateway::GatewayPanel />
            </Slice>
            <Slice>
                <platform::PlatformPanel />
            </Slice>
            <Slice>
                <costs::CostsPanel />
            </Slice>
        </form>
    }
}

/// Moves focus into the sheet opened over the page, unless already there, since its button is
/// covered.
fn take_focus(sheet: &web_sys::HtmlElement) {
    let is_open = sheet.matches(":popover-open").unwrap_or(false);
    let active = document().active_element();
    if is_open && active.is_none_or(|active| !sheet.contains(Some(&active))) {
        let first = sheet.query_selector("button").ok().flatten();
        let first = first.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(first) = first {
            drop(first.focus());
        }
    }
}

/// Text such as ` · 2 fields to check`; empty without any.
pub(super) fn fields_to_check(store: ScenarioStore) -> String {
    let bad = store.invalid.with(std::collections::BTreeSet::len) + store.problems.with(Vec::len);
    say::to_check(bad)
}
