//! Ties the store to the question on the desk, and so to the address bar and the draft.

use leptos::prelude::*;

use super::store::ScenarioStore;
use super::view::View;
use crate::first::desk;
use crate::first::kept::{address, keep};

/// The full link of the scenario in the reading that is shown; with those beside it only
/// where they are shown.
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

/// The link of the scenario with form and all answers.
pub(super) fn use_full_link(store: ScenarioStore) -> Memo<String> {
    let scenario = store.fragment;
    let base = address::base();
    Memo::new(move |_| format!("{base}#{}", scenario.get().as_str()))
}

/// Keeps the desk in step with the reading, and takes what arrives in the address bar; the
/// store keeps the scenario itself there.
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
        // The other reading of the same scenario is nothing to undo.
        if is_other {
            store.replace(desk.scenario);
        }
        if view.get_untracked() != desk.view {
            view.set(desk.view);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}
