//! Supposition of the charts: its controls, and the plan under it.

use std::sync::Arc;

use leptos::prelude::*;

use super::field::SelectField;
use super::store::{Field, ScenarioStore};
use crate::plan::Plan;
use crate::plan::what_if::{Supposed, supposed};
use crate::say::page::what_if as say;
use crate::scenario::WhatIf;

/// Plan under the supposition, shared through context; `None` without one.
#[derive(Clone, Copy)]
pub(super) struct Supposition(pub(super) Memo<Option<Arc<Supposed>>>);

impl Supposition {
    /// Provides the supposed plan to the charts.
    pub(super) fn provide() {
        let store = expect_context::<ScenarioStore>();
        provide_context(Self(Memo::new(move |_| {
            let what_if = store.what_if.get();
            if what_if == WhatIf::default() {
                return None;
            }
            let under = store.with(|scenario| {
                let plan = |plan: &Plan| supposed(scenario, plan, &what_if, store.today());
                store.plan.with(plan)
            });
            under.map(Arc::new)
        })));
    }

    /// Plan with only the supposed loss, for a chart over months.
    pub(super) fn of_loss() -> Memo<Option<Arc<Supposed>>> {
        let store = expect_context::<ScenarioStore>();
        Memo::new(move |_| {
            let lost = store.what_if.with(|what_if| what_if.lost.clone())?;
            let what_if = WhatIf {
                lost: Some(lost),
                months: 0,
            };
            let under = store.with(|scenario| {
                let plan = |plan: &Plan| supposed(scenario, plan, &what_if, store.today());
                store.plan.with(plan)
            });
            under.map(Arc::new)
        })
    }

    /// Current supposition, tracked; the prerendered page has none.
    pub(super) fn current() -> impl Fn() -> Option<Arc<Supposed>> + Copy + Send + Sync {
        let supposition = use_context::<Self>();
        move || supposition.and_then(|Self(supposed)| supposed.get())
    }
}

/// Switch for losses, and slider for months.
#[component]
pub(super) fn SuppositionBar() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let what_if = store.what_if;
    let lost = Field {
        get: Signal::derive(move || what_if.with(|now| now.lost.clone().unwrap_or_default())),
        set: Callback::new(move |id: String| {
            what_if.update(|now| now.lost = (!id.is_empty()).then_some(id));
        }),
    };
    let is_any = Memo::new(move |_| what_if.with(|now| *now != WhatIf::default()));
    view! {
        <div class="supposing" role="group" aria-label=say::GROUP>
            <SelectField
                id="what-if-lost".to_owned()
                label=say::LOST
                choices=store.slice(say::losses)
                field=lost
            />
            <Months />
            <Show when=move || is_any.get()>
                <End then="what-if-lost" />
            </Show>
        </div>
    }
}

/// Button that ends the supposition. It disappears with it, so focus moves to another element.
#[component]
fn End(then: &'static str) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let end = move |_| {
        store.what_if.set(WhatIf::default());
        super::focus::focus(then);
    };
    view! {
        <button class="button button--small" type="button" on:click=end>
            {say::END}
        </button>
    }
}

/// Supposition in a sentence, for a page without a switch.
#[component]
pub(super) fn Supposing(
    /// Current supposition.
    #[prop(into)]
    supposed: Signal<Option<Arc<Supposed>>>,
    /// Id of the element focused after the end.
    then: &'static str,
) -> impl IntoView {
    move || {
        let said = say::drawn(&*supposed.get()?);
        Some(view! {
            <p class="supposing supposing--told">
                <span>{said}</span>
                <End then />
            </p>
        })
    }
}

/// Month slider, if the load grows.
#[component]
fn Months() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let what_if = store.what_if;
    let growth = store.slice(|scenario| scenario.traffic.growth_percent);
    let months = Memo::new(move |_| what_if.with(|now| now.months));
    let said = move || say::at_month(store.today(), months.get(), growth.get());
    let slide = move || {
        view! {
            <label class="field__label" for="what-if-month">
                {say::WHEN}
            </label>
            <input
                id="what-if-month"
                class="supposing__slide"
                type="range"
                min="0"
                max=WhatIf::MONTHS.to_string()
                step="1"
                autocomplete="off"
                prop:value=move || months.get().to_string()
                aria-valuetext=said
                on:input:target=move |ev| {
                    if let Ok(months) = ev.target().value().parse() {
                        what_if.update(|now| now.months = months);
                    }
                }
            />
            <output for="what-if-month">{said}</output>
        }
        .into_any()
    };
    let is_growing = Memo::new(move |_| 0.0 < growth.get());
    view! {
        <div class="supposing__month">
            {move || {
                if is_growing.get() {
                    slide()
                } else {
                    view! { <span class="faint">{say::NO_GROWTH}</span> }.into_any()
                }
            }}
        </div>
    }
}
