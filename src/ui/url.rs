//! Connects the store to the question on the desk, and so to address bar and draft.

use leptos::prelude::*;

use super::store::ScenarioStore;
use super::view::View;
use crate::first::desk;
use crate::first::kept::{address, keep};

/// Full link of the scenario in the current view, with compared scenarios only in the comparison.
pub(super) fn use_link(store: ScenarioStore, view: RwSignal<View>) -> Memo<String> {
    let scenario = store.fragment;
    let base = address::base();
    Memo::new(move |_| {
        let own = store
            .what_if
            .with(|what_if| scenario.get().supposing(what_if));
        let link = match view.get() {
            View::Compare => store.beside.with(|beside| own.shown(View::Compare, beside)),
            view => own.shown(view, &[]),
        };
        format!("{base}#{link}")
    })
}

/// Link of the scenario with form and all answers.
pub(super) fn use_full_link(store: ScenarioStore) -> Memo<String> {
    let scenario = store.fragment;
    let base = address::base();
    Memo::new(move |_| format!("{base}#{}", scenario.get().as_str()))
}

/// Keeps the desk in sync with the view, and opens links from the address bar; the store updates
/// the scenario.
pub(super) fn keep_in_step(store: ScenarioStore, view: RwSignal<View>) {
    // The desk is outside the reactive graph.
    Effect::new(move |first: Option<()>| {
        let (shown, beside) = (view.get(), store.beside.get());
        let what_if = store.what_if.get();
        desk::update(|desk| {
            desk.view = shown;
            desk.what_if = what_if;
            desk.beside = beside;
        });
        if first.is_some() {
            desk::changed();
        }
    });
    keep::on_arrival(move |is_other| {
        let desk = desk::with(Clone::clone);
        store.unread.set(desk.unread);
        store.beside.set(desk.beside);
        store.what_if.set(desk.what_if);
        // A change of view alone is not an undo step.
        if is_other {
            store.replace(desk.scenario);
        }
        if view.get_untracked() != desk.view {
            view.set(desk.view);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}
