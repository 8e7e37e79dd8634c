//! What keeps the scenario: the link in the address bar, and the saved draft.

use leptos::prelude::*;
use std::time::Duration;

use super::address::{self, write};
use super::storage;
use super::store::{ScenarioStore, Unread};
use super::view::View;
use crate::scenario::{Scenario, link};

pub(super) use super::address::{base, fragment};

const DRAFT_KEY: &str = "kt-capacity:draft";
/// Browsers allow only so many address changes a second.
const PAUSE: Duration = Duration::from_millis(120);

/// The scenario to begin with: the link's, else the saved one, else the default; the
/// reading of it, and what stands beside it.
pub(super) fn initial() -> (Scenario, Unread, View, String) {
    let unused = address::take_query();
    address::take_left();
    let hash = fragment();
    let draft = storage::read(DRAFT_KEY).filter(|_| hash.is_empty());
    let (scenario, mut unread) = read(draft.as_deref().unwrap_or(&hash));
    unread.is_draft = draft.is_some();
    unread.lines.extend(unused);
    (scenario, unread, View::of(&hash), link::pairs(&hash))
}

fn read(fragment: &str) -> (Scenario, Unread) {
    let (scenario, notices) = link::from_fragment(fragment);
    let unread = Unread {
        is_draft: false,
        lines: notices.iter().map(ToString::to_string).collect(),
    };
    (scenario, unread)
}

/// The full link of the scenario in the reading that is shown; with those beside it only
/// where they are shown.
pub(super) fn use_link(store: ScenarioStore, view: RwSignal<View>) -> Memo<String> {
    let scenario = store.fragment;
    let base = base();
    Memo::new(move |_| {
        let own = view.get().fragment(&scenario.get());
        match view.get() {
            View::Compare => format!("{base}#{own}{}", store.beside.get()),
            _ => format!("{base}#{own}"),
        }
    })
}

/// The link of the scenario with form and all answers.
pub(super) fn use_full_link(store: ScenarioStore) -> Memo<String> {
    let scenario = store.fragment;
    let base = base();
    Memo::new(move |_| format!("{base}#{}", View::Full.fragment(&scenario.get())))
}

/// Keeps the address bar and the saved draft in step with the scenario.
///
/// A link that was opened stays as it is until something is edited: it may come
/// from a newer release, and reading it is no reason to overwrite one's own draft.
pub(super) fn keep_in_step(store: ScenarioStore, view: RwSignal<View>) {
    let scenario = store.fragment;
    let fragment = Memo::new(move |_| view.get().fragment(&scenario.get()) + &store.beside.get());
    let opened = StoredValue::new(String::new());
    if !address::fragment().is_empty() {
        opened.set_value(fragment.get_untracked());
    }
    // The address as it was last seen: if it is another, a link is about to arrive.
    let seen = StoredValue::new(address::fragment());
    let kept = StoredValue::new(String::new());
    let keep = move || {
        let text = fragment.get_untracked();
        // Another tab may have kept its own since; without an edit it stays.
        let is_kept = kept.with_value(|kept| *kept == text);
        if is_kept || seen.with_value(|seen| *seen != address::fragment()) {
            return;
        }
        if opened.with_value(|opened| *opened != text) {
            opened.set_value(String::new());
            write(&text);
            seen.set_value(address::fragment());
            kept.set_value(text);
            keep_draft(&scenario.get_untracked());
        }
    };
    after_pause(fragment, keep);
    let arrive = move |arrived: &str| {
        let shown = View::of(arrived);
        let (next, unread) = read(arrived);
        let text = link::to_fragment(&next);
        let beside = link::pairs(arrived);
        opened.set_value(shown.fragment(&text) + &beside);
        store.unread.set(unread);
        store.beside.set(beside);
        // The other reading of the same scenario is nothing to undo.
        if text != scenario.get_untracked() {
            store.replace(next);
        }
        if view.get_untracked() != shown {
            view.set(shown);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    };
    // Left or hidden, the page may not come to the end of the pause.
    let leaving = window_event_listener_untyped("pagehide", move |_| address::leave(keep));
    let hiding = window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() {
            address::leave(keep);
        } else {
            address::stay();
        }
    });
    let arriving = window_event_listener_untyped("hashchange", move |_| {
        let arrived = address::fragment();
        seen.set_value(arrived.clone());
        kept.set_value(String::new());
        if arrived.is_empty() {
            // An emptied address asks for nothing; it gets the scenario's link back.
            write(&fragment.get_untracked());
            seen.set_value(address::fragment());
        } else if arrived != fragment.get_untracked() {
            arrive(&arrived);
        }
    });
    on_cleanup(move || {
        leaving.remove();
        hiding.remove();
        arriving.remove();
    });
}

/// Acts once a value has not changed for a moment; the address bar and the storage are
/// outside the reactive graph.
fn after_pause(value: Memo<String>, act: impl Fn() + Copy + 'static) {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move |_| {
        value.track();
        stop();
        waiting.set_value(set_timeout_with_handle(act, PAUSE).ok());
    });
    on_cleanup(stop);
}

/// Keeps the scenario for the next visit; the default needs no keeping.
fn keep_draft(scenario: &str) {
    let is_default = scenario == link::to_fragment(&Scenario::default());
    storage::write(DRAFT_KEY, (!is_default).then_some(scenario));
}
