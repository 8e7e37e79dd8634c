//! Sufficient number of gateways.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::Sure;
use crate::say::uncertainty as say;
use crate::scenario::Edit;

/// Sufficient number of gateways, and the change that allows it.
#[component]
pub(super) fn Enough() -> impl IntoView {
    let Sure(sure) = expect_context();
    let store = expect_context::<ScenarioStore>();
    let count = Memo::new(move |_| {
        sure.with(|known| {
            let sure = &known.as_ref()?.sure;
            let text = say::gateways(sure)?;
            Some((text, sure.raised()))
        })
    });
    let raise = move |count: u32| {
        let edit = Edit::Number {
            key: "hpa-max",
            value: Some(f64::from(count)),
        };
        view! {
            <button
                class="button button--small"
                type="button"
                on:click=move |_| store.apply(std::slice::from_ref(&edit))
            >
                {say::raise(count)}
            </button>
        }
    };
    move || {
        count.get().map(|(text, raised)| {
            view! { <p class="sure__verdict">{text} " " {raised.map(raise)}</p> }
        })
    }
}
