//! Whole page.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::embed::{self, FrameHead};
use super::focus::{focus, keep as keep_focus};
use super::header::Header;
use super::history;
use super::later::{Later, Views};
use super::live::LiveRegion;
use super::mark::Marks;
use super::notices::Moved;
use super::panel::{Inputs, fields_to_check};
use super::result::Answers;
use super::share::Link;
use super::slice::Slice;
use super::store::ScenarioStore;
use super::sure::{Banded, Sure};
use super::told::DayTold;
use super::view::{Reading, View};
use super::{chart, theme, url};
use crate::first::kept::address;
use crate::first::{answer, desk};
use crate::say::page::header as say;

/// Mounts the page hidden beside the prerendered one; once it is complete, `public/boot.js` swaps
/// them.
pub(super) fn mount() {
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    mount_to(root.unchecked_into::<HtmlElement>(), App).forget();
}

thread_local! {
    /// Mounted page, for the call from outside the graph that completes it.
    static MOUNTED: Cell<Option<(ScenarioStore, Later)>> = const { Cell::new(None) };
}

/// Shows the views of the later part, and evaluates the whole plan from here on.
pub(super) fn complete(views: Views) {
    if let Some((store, Later(later))) = MOUNTED.get() {
        store.explain();
        later.set(Some(views));
    }
}

/// Interactive page: bindings to the browser, and views.
#[component]
pub fn App() -> impl IntoView {
    let host = embed::host(&address::fragment());
    let desk = desk::with(Clone::clone);
    let store = ScenarioStore::outlined(desk.scenario, desk.today);
    store.unread.set(desk.unread);
    store.beside.set(desk.beside);
    store.what_if.set(desk.what_if);
    store.remember(desk.before);
    provide_context(store);
    let later = Later(RwSignal::new(None));
    provide_context(later);
    provide_context(Marks::new());
    provide_context(Sure(RwSignal::new(None)));
    provide_context(Banded(RwSignal::new(None)));
    DayTold::provide();
    MOUNTED.set(Some((store, later)));
    let view = RwSignal::new(desk.view);
    provide_context(Reading(view));
    provide_context(Link(url::use_link(store, view)));
    theme::provide_theme();
    chart::provide_charts();
    url::keep_in_step(store, view);
    let label = DayTold::label(store);
    // The title is outside the reactive graph.
    Effect::new(move |_| {
        let name = store.with(|scenario| scenario.name.clone());
        answer::name_page(&name, &label());
    });
    if let Some(host) = host {
        host.connect();
    }
    history::listen_to_keys(store);
    keep_focus(store);
    view! { <Page /> }
}

/// Page: header, inputs, answers and, on a small screen, the dock.
#[component]
pub(super) fn Page() -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    let head = if embed::is_embedded() {
        view! { <FrameHead /> }.into_any()
    } else {
        view! {
            <Slice>
                <Header />
                <Moved />
            </Slice>
        }
        .into_any()
    };
    let is_alone = move || matches!(view.get(), View::Alone(_));
    let is_full = move || view.get() == View::Full;
    view! {
        <button class="skip" type="button" on:click=|_| focus("answers")>
            {say::SKIP}
        </button>
        <div class="app">
            {head}
            <div class=move || if is_full() { "workbench" } else { "page" }>
                <Show when=move || !is_alone()>
                    <Inputs />
                </Show>
                <Answers />
            </div>
            <Slice>
                <Show when=is_full>
                    <Dock />
                </Show>
                <LiveRegion />
            </Slice>
        </div>
    }
}

/// Bar on a small screen with the scenario's name, which opens the inputs.
#[component]
fn Dock() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let load = store.answer(|plan| say::load(&plan.demand));
    let rows = move || {
        let (workloads, providers) = store.with(|s| (s.workloads.len(), s.providers.len()));
        say::rows(workloads, providers, &fields_to_check(store))
    };
    view! {
        <div class="dock" role="region" aria-label=say::DOCK>
            <p>
                <b>{load}</b>
                {rows}
            </p>
            <button class="button button--primary" type="button" popovertarget="inputs">
                {say::INPUTS}
            </button>
        </div>
    }
}
