//! The page as a whole.

use crate::catalog::date::Date;
use leptos::prelude::*;

use super::embed::{self, FrameHead};
use super::header::{self, Header};
use super::live::LiveRegion;
use super::panel::{Inputs, fields_to_check};
use super::result::Answers;
use super::share::Link;
use super::store::ScenarioStore;
use super::view::{Reading, View};
use super::{bridge, theme, url};
use crate::plan::words;

/// The page at work: what ties it to the browser, and what it shows.
#[component]
pub fn App() -> impl IntoView {
    let host = embed::begin(&url::fragment());
    let (link, unread) = url::initial();
    let store = ScenarioStore::outlined(link.scenario, today());
    store.unread.set(unread);
    store.beside.set(link.beside);
    provide_context(store);
    let view = RwSignal::new(link.view);
    provide_context(Reading(view));
    provide_context(Link(url::use_link(store, view)));
    theme::provide_theme();
    url::keep_in_step(store, view);
    bridge::serve(store, view);
    if let Some(host) = host {
        host.connect();
    }
    header::listen_to_keys(store);
    view! { <Page /> }
}

/// The page: header, inputs, answers and, on a small screen, the dock.
#[component]
pub(super) fn Page() -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    let head = if embed::is_embedded() {
        view! { <FrameHead /> }.into_any()
    } else {
        view! { <Header /> }.into_any()
    };
    let is_alone = move || matches!(view.get(), View::Alone(_));
    let is_full = move || view.get() == View::Full;
    view! {
        <button class="skip" type="button" on:click=|_| focus("answers")>
            "Skip to the answers"
        </button>
        <div class="app">
            {head}
            <div class=move || if is_full() { "workbench" } else { "page" }>
                <Show when=move || !is_alone()>
                    <Inputs />
                </Show>
                <Answers />
            </div>
            <Show when=is_full>
                <Dock />
            </Show>
            <LiveRegion />
        </div>
    }
}

/// The reader's calendar day.
pub(super) fn today() -> Date {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(2026);
    Date::from_ymd_opt(year, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

/// Moves the keyboard to an element; a link would change the scenario's address.
pub(super) fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        element.scroll_into_view();
        drop(element.focus());
    }
}

/// Names the scenario on a small screen and opens the inputs.
#[component]
fn Dock() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let load = store.answer(|plan| {
        format!(
            "{} requests/day, peak {} rps",
            words::short(plan.demand.requests_per_day),
            words::significant(plan.demand.peak_rps)
        )
    });
    let rows = move || {
        let (workloads, providers) = store.with(|s| (s.workloads.len(), s.providers.len()));
        let counted = |n: usize, noun| words::counted(u32::try_from(n).unwrap_or(0), noun);
        let bad = fields_to_check(store);
        format!(
            "{} · {}{bad}",
            counted(workloads, "workload"),
            counted(providers, "provider")
        )
    };
    view! {
        <div class="dock" role="region" aria-label="Scenario in short">
            <p>
                <b>{load}</b>
                {rows}
            </p>
            <button class="button button--primary" type="button" popovertarget="inputs">
                "Inputs"
            </button>
        </div>
    }
}
