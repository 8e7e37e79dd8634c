//! One workload.

use leptos::prelude::*;

use super::super::chart;
use super::super::field::{NameField, NumberField, SelectField};
use super::super::icon::Icon;
use super::super::store::{Field, ScenarioStore};
use crate::catalog::profile::profile_by_key;
use crate::scenario::property;
use crate::scenario::{Period, Scenario, Workload};

/// A workload: name, requests, tokens; the rest behind a press.
#[component]
pub(super) fn WorkloadRow(
    /// Id of the row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let open = RwSignal::new(false);
    let part = move |read: fn(&Workload) -> String| {
        store.slice(move |s| s.workload(id).map(read).unwrap_or_default())
    };
    let name = part(|w| w.name.clone());
    let unit = Signal::derive(move || {
        if part_period(store, id) == "minute" {
            "/min"
        } else {
            "/day"
        }
        .to_owned()
    });
    let from = part(|w| {
        let profile = w.profile.as_deref().and_then(profile_by_key);
        profile.map_or_else(String::new, |profile| format!("from {}", profile.name))
    });
    let name_field = Field {
        get: name.into(),
        set: Callback::new(move |text| store.edit_workload(id, "name", |w| w.name = text)),
    };
    let label = Signal::derive(move || format!("Name of the workload {}", name.get()));
    let swatch = Memo::new(move |_| {
        let own = store.with(|s| position(s, id));
        let order = store.plan.with(|plan| chart::rank(&plan.demand.workloads));
        own.and_then(|own| order.iter().position(|index| *index == own))
            .map_or(0, |rank| rank + 1)
    });
    let field = move |number| store.workload_number(id, number);
    let element = move |key: &str| format!("w{id}-{key}");
    view! {
        <div class="row" role="group" aria-label=name>
            <div class="row__head">
                <span class=move || format!("swatch swatch--{}", swatch.get())></span>
                <NameField label class="row__name" field=name_field />
                <span class="tag">{from}</span>
                <button
                    class="row__tool"
                    type="button"
                    aria-expanded=move || open.get().to_string()
                    aria-label=move || format!("More about {}", name.get())
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

fn part_period(store: ScenarioStore, id: u32) -> &'static str {
    store.with(|s| match s.workload(id).map(|w| w.period) {
        Some(Period::Minute) => "minute",
        _ => "day",
    })
}

/// Period, cache, reservation, and what can be done with the row.
#[component]
fn More(
    /// Id of the row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let period = Field {
        get: Signal::derive(move || part_period(store, id).to_owned()),
        set: Callback::new(move |word: String| {
            store.edit_workload(id, "period", |workload| {
                let (from, to) = (workload.requests_per_day(), word == "minute");
                workload.period = if to { Period::Minute } else { Period::Day };
                workload.requests = if to { from / 1_440.0 } else { from };
            });
        }),
    };
    let words = [("day", "per day"), ("minute", "per minute")];
    let choices = Signal::stored(words.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec());
    let field = move |number| store.workload_number(id, number);
    view! {
        <div class="row__more">
            <NumberField
                id=format!("w{id}-cached")
                spec=property::CACHED.spec()
                field=field(&property::CACHED)
            />
            <NumberField
                id=format!("w{id}-max")
                spec=property::MAX_OUTPUT.spec()
                placeholder=Signal::stored("mean output".to_owned())
                field=field(&property::MAX_OUTPUT)
            />
            <SelectField id=format!("w{id}-period") label="Requests counted" choices field=period />
            <Tools id />
        </div>
    }
}

/// Move, duplicate, remove.
#[component]
fn Tools(
    /// Id of the row.
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
        <div class="row__tools" role="group" aria-label="This workload">
            <button
                class="row__tool"
                type="button"
                aria-label="Move up"
                title="Move up"
                disabled=is_first
                on:click=move |_| act(|scenario, index| scenario.workloads.swap(index, index - 1))
            >
                <Icon name="up" />
            </button>
            <button
                class="row__tool"
                type="button"
                aria-label="Move down"
                title="Move down"
                disabled=is_last
                on:click=move |_| act(|scenario, index| scenario.workloads.swap(index, index + 1))
            >
                <Icon name="below" />
            </button>
            <button
                class="row__tool"
                type="button"
                aria-label="Duplicate"
                title="Duplicate"
                on:click=move |_| act(duplicate)
            >
                <Icon name="copy" />
            </button>
            <button
                class="row__tool"
                type="button"
                aria-label="Remove"
                title="Remove"
                disabled=move || place.get().1 < 2
                on:click=move |_| act(|scenario, index| drop(scenario.workloads.remove(index)))
            >
                <Icon name="cross" />
            </button>
        </div>
    }
}

fn position(scenario: &Scenario, id: u32) -> Option<usize> {
    scenario
        .workloads
        .iter()
        .position(|workload| workload.id == id)
}

fn duplicate(scenario: &mut Scenario, index: usize) {
    if crate::scenario::link::MOST_ROWS <= scenario.workloads.len() {
        return;
    }
    let id = scenario.next_id();
    if let Some(row) = scenario.workloads.get(index).cloned() {
        let name = format!("{} (copy)", row.name);
        scenario
            .workloads
            .insert(index + 1, Workload { id, name, ..row });
    }
}
