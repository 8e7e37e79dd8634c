//! Between the two programs of the page: the first holds the scenario, the later one
//! shows the rest of the answers and sends changes back.
//!
//! They talk by events of the document, in text: the ids of the rows, the ids of the
//! fields that cannot be used, and the link's fragment.

use std::collections::BTreeSet;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

use super::after_paint;
use super::store::ScenarioStore;
use super::view::View;
use crate::scenario::{Link, Scenario, link};

/// The first program tells its state.
const STATE: &str = "kt-state";
/// The later one is there and asks for it.
const HELLO: &str = "kt-hello";
/// The later one has changed the scenario.
const CHANGE: &str = "kt-change";
/// The later one takes the last step back.
const UNDO: &str = "kt-undo";

fn send(name: &str, text: &str) {
    let how = CustomEventInit::new();
    how.set_detail(&JsValue::from_str(text));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &how) {
        drop(document().dispatch_event(&event));
    }
}

fn listen(name: &'static str, act: impl Fn(String) + 'static) {
    gloo::events::EventListener::new(&document(), name, move |event| {
        let text = event.dyn_ref::<CustomEvent>().map(CustomEvent::detail);
        act(text.and_then(|text| text.as_string()).unwrap_or_default());
    })
    .forget();
}

/// A scenario as it crosses: the link has no ids, and the rows must keep theirs.
/// The fragment may say more: in which reading it is shown, and what stands beside it.
fn to_text(scenario: &Scenario, fragment: &str, invalid: &BTreeSet<String>) -> String {
    let workloads = scenario.workloads.iter().map(|row| row.id);
    let ids: Vec<String> = workloads
        .chain(scenario.providers.iter().map(|row| row.id))
        .map(|id| id.to_string())
        .collect();
    let invalid: Vec<&str> = invalid.iter().map(String::as_str).collect();
    format!("{}\n{}\n{fragment}", ids.join(" "), invalid.join(" "))
}

fn from_text(text: &str) -> (Scenario, String, BTreeSet<String>) {
    let mut lines = text.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (ids, invalid, fragment) = (line(), line(), line());
    let mut scenario = Link::read_own(fragment).0.scenario;
    let mut ids = ids.split(' ').filter_map(|id| id.parse().ok());
    let workloads = scenario.workloads.iter_mut().map(|row| &mut row.id);
    let rows = workloads.chain(scenario.providers.iter_mut().map(|row| &mut row.id));
    for (row, id) in rows.zip(&mut ids) {
        *row = id;
    }
    let invalid = invalid.split_whitespace().map(str::to_owned).collect();
    (scenario, fragment.to_owned(), invalid)
}

/// Tells the later program every state, and takes its changes.
pub(super) fn serve(store: ScenarioStore, view: RwSignal<View>) {
    let state = Memo::new(move |_| {
        let own = store.fragment.get();
        let fragment = store.beside.with(|beside| own.shown(view.get(), beside));
        store.with(|s| store.invalid.with(|bad| to_text(s, &fragment, bad)))
    });
    // The other program is outside this reactive graph.
    Effect::new(move |_| state.with(|state| send(STATE, state)));
    listen(HELLO, move |_| send(STATE, &state.get_untracked()));
    listen(CHANGE, move |text| store.replace(from_text(&text).0));
    listen(UNDO, move |_| store.undo());
}

/// The later program's copy of the state; what it changes goes to the first one. A key
/// that was pressed is painted with the first answers before the others follow.
pub(super) fn mirror(store: ScenarioStore, view: RwSignal<View>) {
    let take = move |text: &str| {
        let (scenario, fragment, invalid) = from_text(text);
        store.take(scenario);
        if store.invalid.with_untracked(|known| *known != invalid) {
            store.invalid.set(invalid);
        }
        let Link {
            view: shown,
            beside,
            ..
        } = Link::read_own(&fragment).0;
        if store.beside.with_untracked(|known| *known != beside) {
            store.beside.set(beside);
        }
        if view.get_untracked() != shown {
            view.set(shown);
        }
    };
    let told = StoredValue::new(None::<String>);
    listen(STATE, move |text| {
        let is_waiting = told.try_update_value(|told| told.replace(text));
        if is_waiting.flatten().is_none() {
            after_paint(move || {
                if let Some(text) = told.try_update_value(Option::take).flatten() {
                    take(&text);
                }
            });
        }
    });
    send(HELLO, "");
    // There is nothing yet that a paint could show first.
    if let Some(text) = told.try_update_value(Option::take).flatten() {
        take(&text);
    }
}

/// Sends a change to the program that holds the scenario.
pub(super) fn change(scenario: &Scenario) {
    let fragment = link::to_fragment(scenario);
    send(CHANGE, &to_text(scenario, &fragment, &BTreeSet::new()));
}

/// Asks it to take the last step back.
pub(super) fn undo() {
    send(UNDO, "");
}
