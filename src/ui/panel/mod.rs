//! The inputs: panels connect the store to fields.

mod costs;
mod gateway;
mod group;
mod platform;
mod provider_details;
mod provider_row;
mod provider_source;
mod providers;
mod spark;
mod traffic;
mod workload_more;
mod workload_number;
mod workload_row;
mod workloads;

pub(super) use workload_number::WorkloadNumber;

#[cfg(feature = "ssr")]
pub(super) use {group::Group, provider_row::ProviderRow, workload_row::WorkloadRow};

use leptos::prelude::*;

use super::field::{NumberField, SelectField};
use super::store::{Field, ScenarioStore};
use super::view::{Reading, View};
use crate::say::verdict;
use crate::scenario::Scenario;
use crate::scenario::property::{Choice, Number};

/// All inputs; on a small screen a sheet that opens over the answers.
#[component]
pub(super) fn Inputs() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let state = move || {
        let plan = store.answer(|plan| (verdict::label(&plan.verdict), plan.gateway.instances));
        let (label, instances) = plan.get();
        let fields = fields_to_check(store);
        format!(
            "{label} · {}{fields}",
            crate::plan::words::counted(instances, "gateway")
        )
    };
    let Reading(view) = expect_context::<Reading>();
    let is_away = move || view.get() != View::Full;
    view! {
        <form
            class="inputs"
            id="inputs"
            popover=""
            aria-label="Scenario"
            hidden=is_away
            autocomplete="off"
            on:submit=|ev| ev.prevent_default()
        >
            <div class="inputs__head">
                <output>{state}</output>
                <button
                    class="button button--small"
                    type="button"
                    popovertarget="inputs"
                    popovertargetaction="hide"
                >
                    "Done"
                </button>
            </div>
            <workloads::Workloads />
            <traffic::TrafficPanel />
            <providers::Providers />
            <gateway::GatewayPanel />
            <platform::PlatformPanel />
            <costs::CostsPanel />
        </form>
    }
}

/// ` · 2 fields to check`, or nothing.
pub(super) fn fields_to_check(store: ScenarioStore) -> String {
    let bad = store.invalid.with(std::collections::BTreeSet::len) + store.problems.with(Vec::len);
    match u32::try_from(bad) {
        Ok(0) | Err(_) => String::new(),
        Ok(bad) => format!(" · {} to check", crate::plan::words::counted(bad, "field")),
    }
}

/// A choice of the scenario, as the lens of its word.
fn chosen(store: ScenarioStore, choice: &'static Choice<Scenario>) -> Field<String> {
    let write = move |word: String| {
        store.edit(choice.key, |scenario| drop(choice.read(scenario, &word)));
    };
    let get = store.slice(move |scenario| (choice.get)(scenario).unwrap_or_default());
    Field {
        get: get.into(),
        set: Callback::new(write),
    }
}

/// The words of a choice and what the form calls them.
fn choices<S>(choice: &Choice<S>) -> Vec<(String, String)> {
    let words = (choice.words)().into_iter();
    words
        .map(|word| (word.key.to_owned(), word.name.to_owned()))
        .collect()
}

/// A choice of the scenario as a field.
#[component]
pub(super) fn Chosen(
    /// Which.
    choice: &'static Choice<Scenario>,
    /// The words and what they are called, where the table does not say it.
    #[prop(optional, into)]
    words: Option<Signal<Vec<(String, String)>>>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <SelectField
            id=format!("s-{}", choice.key)
            label=choice.label
            choices=words.unwrap_or_else(|| Signal::stored(choices(choice)))
            field=chosen(store, choice)
        />
    }
}

/// A number of the scenario as a field.
#[component]
pub(super) fn Setting(
    /// Which.
    number: &'static Number<Scenario>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <NumberField
            id=format!("s-{}", number.key)
            spec=number.spec()
            field=store.number(number)
            placeholder=placeholder.unwrap_or_else(|| Signal::stored(String::new()))
            problem=store.problem(number.key)
        />
    }
}
