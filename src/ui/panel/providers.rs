//! Providers.

use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::super::slice::Slice;
use super::super::store::ScenarioStore;
use super::group::Group;
use super::provider_row::ProviderRow;
use crate::catalog::provider::vendors;
use crate::say::page::panel as say;
use crate::scenario::Provider;
use crate::scenario::link::MOST_ROWS;

/// Providers with weights, and a control to add more.
#[component]
pub(super) fn Providers() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.slice(|s| s.providers.iter().map(|p| p.id).collect::<Vec<_>>());
    let sum = store.slice(|s| s.providers.iter().map(|p| p.weight).sum::<f64>());
    let summary = Signal::derive(move || say::weights(sum.get()));
    let problem = store.problem("weight");
    let add = move |vendor: String| {
        store.edit("", |scenario| {
            if !vendor.is_empty() && scenario.providers.len() < MOST_ROWS {
                let id = scenario.next_id();
                scenario
                    .providers
                    .push(Provider::first_of(id, &vendor, 10.0));
            }
        });
    };
    // In a closed list, arrow keys select immediately; Enter then adds.
    let is_moving = StoredValue::new(false);
    let choose = move |select: &HtmlSelectElement| {
        add(select.value());
        select.set_value("");
    };
    let names = vendors()
        .iter()
        .map(|vendor| view! { <option value=vendor.id>{vendor.name}</option> });
    view! {
        <Group title=say::PROVIDERS summary open=true>
            <Split />
            <p class="field__error" role="status">
                {problem}
            </p>
            <For each=move || ids.get() key=|id| *id let(id)>
                <Slice>
                    <ProviderRow id />
                </Slice>
            </For>
            <div class="chips">
                <select
                    class="chip chip--select"
                    aria-label=say::ADD_PROVIDER
                    title=say::ADD_BY_ENTER
                    autocomplete="off"
                    on:keydown:target=move |ev| {
                        let is_enter = ev.key() == "Enter";
                        is_moving.set_value(!is_enter);
                        if is_enter && !ev.target().value().is_empty() {
                            ev.prevent_default();
                            choose(&ev.target());
                        }
                    }
                    on:pointerdown=move |_| is_moving.set_value(false)
                    on:change:target=move |ev| {
                        if !is_moving.get_value() {
                            choose(&ev.target());
                        }
                    }
                >
                    <option value="">{say::PLUS_PROVIDER}</option>
                    {names.collect_view()}
                </select>
            </div>
        </Group>
    }
}

/// Shares of the providers as one bar.
#[component]
fn Split() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let shares = store.answer(|plan| {
        plan.providers
            .iter()
            .map(|p| p.share_ratio)
            .collect::<Vec<_>>()
    });
    let bars = move || {
        let mut x = 0.0;
        let shares = shares.get();
        let bar = |(index, share): (usize, &f64)| {
            let (from, width) = (x.to_string(), (share * 296.0 - 2.0).max(0.0).to_string());
            x += share * 296.0;
            let class = format!("split__part split__part--{}", index.min(2) + 1);
            view! { <rect class=class x=from width=width height="4" rx="1" /> }
        };
        shares.iter().enumerate().map(bar).collect_view()
    };
    view! {
        <svg class="split" viewBox="0 0 296 4" preserveAspectRatio="none" aria-hidden="true">
            {bars}
        </svg>
    }
}
