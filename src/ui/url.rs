//! What keeps the scenario: the link in the address bar, and the saved draft.

use leptos::prelude::*;
use std::time::Duration;

use super::address::{self, write};
use super::storage;
use super::store::{ScenarioStore, Unread};
use super::view::View;
use crate::scenario::link::{Fragment, Notice, to_fragment};
use crate::scenario::{Link, Scenario};

pub(super) use super::address::{base, fragment};

const DRAFT_KEY: &str = "kt-capacity:draft";
/// Browsers allow only so many address changes a second.
const PAUSE: Duration = Duration::from_millis(120);

/// What to begin with: the link of the address, else the saved scenario, else the default.
pub(super) fn initial() -> (Link, Unread) {
    let unused = address::take_query();
    address::take_left();
    let hash = fragment();
    let draft = storage::read(DRAFT_KEY);
    let own = Fragment::alone(&hash);
    let (link, mut unread) = match &draft {
        // What the page has written itself is read to its end.
        Some(draft) if hash.is_empty() => told(Link::read_own(draft)),
        Some(draft) if own.as_str() == draft => told(Link::read_own(&hash)),
        _ => told(Link::read(&hash)),
    };
    unread.is_draft = draft.is_some() && hash.is_empty();
    unread.lines.extend(unused);
    (link, unread)
}

fn told((link, notices): (Link, Vec<Notice>)) -> (Link, Unread) {
    let unread = Unread {
        is_draft: false,
        lines: notices.iter().map(ToString::to_string).collect(),
    };
    (link, unread)
}

/// The fragment of the scenario in a reading, with those beside it.
fn shown(store: ScenarioStore, view: View) -> String {
    let own = store.fragment.get();
    store.beside.with(|beside| own.shown(view, beside))
}

/// The full link of the scenario in the reading that is shown; with those beside it only
/// where they are shown.
pub(super) fn use_link(store: ScenarioStore, view: RwSignal<View>) -> Memo<String> {
    let scenario = store.fragment;
    let base = base();
    Memo::new(move |_| {
        let link = match view.get() {
            View::Compare => shown(store, View::Compare),
            view => scenario.get().shown(view, &[]),
        };
        format!("{base}#{link}")
    })
}

/// The link of the scenario with form and all answers.
pub(super) fn use_full_link(store: ScenarioStore) -> Memo<String> {
    let scenario = store.fragment;
    let base = base();
    Memo::new(move |_| format!("{base}#{}", scenario.get().as_str()))
}

/// Keeps the address bar and the saved draft in step with the scenario.
///
/// A link that was opened stays as it is until something is edited: it may come
/// from a newer release, and reading it is no reason to overwrite one's own draft.
pub(super) fn keep_in_step(store: ScenarioStore, view: RwSignal<View>) {
    let scenario = store.fragment;
    let fragment = Memo::new(move |_| shown(store, view.get()));
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
            keep_draft(scenario.get_untracked().as_str());
        }
    };
    after_pause(fragment, keep);
    let arrive = move |arrived: &str| {
        let (next, unread) = told(Link::read(arrived));
        let (text, shown) = (Fragment::of(&next.scenario), next.view);
        opened.set_value(text.shown(shown, &next.beside));
        store.unread.set(unread);
        store.beside.set(next.beside);
        // The other reading of the same scenario is nothing to undo.
        if text != scenario.get_untracked() {
            store.replace(next.scenario);
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
    let is_default = scenario == to_fragment(&Scenario::default());
    storage::write(DRAFT_KEY, (!is_default).then_some(scenario));
}
