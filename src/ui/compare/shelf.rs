//! Scenarios saved by name in the browser's storage, each under its own key, so that a broken one
//! does not affect others and two tabs do not overwrite each other.

use leptos::prelude::*;
use web_sys::Storage;

use super::super::embed::is_embedded;
use super::sides;
use crate::say::page::compare as say;
use crate::scenario::link::{self, Fragment};
use crate::scenario::{Link, Scenario};

/// Prefix of the storage keys.
const PREFIX: &str = "kt-capacity:kept:";

/// Saved scenario.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Kept {
    pub(super) name: String,
    /// Link as stored.
    pub(super) fragment: Fragment,
    /// Scenario with the unreadable parts of its link, or the reason why there is none.
    pub(super) read: Result<(Scenario, Vec<String>), String>,
}

impl Kept {
    pub(in crate::ui) fn of(name: String, fragment: String) -> Self {
        let fragment = Fragment::found(fragment);
        Self {
            read: sides::read(&fragment, Link::read_own),
            name,
            fragment,
        }
    }
}

/// Saved scenarios and the last message; shared through context.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Shelf {
    pub(super) kept: RwSignal<Vec<Kept>>,
    pub(super) told: RwSignal<Told>,
}

/// Outcome of the last action.
#[derive(Clone, PartialEq, Default)]
pub(in crate::ui) enum Told {
    #[default]
    Nothing,
    Done(String),
    Failed(String),
    /// Removed scenario, for undo.
    Removed(Box<Kept>),
}

impl Shelf {
    /// Reads the storage, and again when another tab changes it.
    pub(super) fn open() -> Self {
        let shelf = Self {
            kept: RwSignal::new(found()),
            told: RwSignal::new(Told::Nothing),
        };
        let changed = window_event_listener(leptos::ev::storage, move |_| shelf.kept.set(found()));
        on_cleanup(move || changed.remove());
        shelf
    }

    /// Empty shelf without a browser, for the design language page.
    #[cfg(feature = "ssr")]
    pub(in crate::ui) fn holding(kept: Vec<Kept>, told: Told) -> Self {
        Self {
            kept: RwSignal::new(kept),
            told: RwSignal::new(told),
        }
    }

    /// Saves a scenario under a unique name.
    pub(super) fn keep(self, scenario: &Scenario, name: &str) -> bool {
        let name = self.free(name);
        let is_kept = self.put(&name, &named(scenario, &name));
        if is_kept {
            self.told.set(Told::Done(say::kept_as(&name)));
        }
        is_kept
    }

    /// Renames a saved scenario; the old entry is removed only after the new one exists.
    pub(super) fn rename(self, kept: &Kept, name: &str) -> bool {
        let name = link::clean_name(name.trim());
        if name.is_empty() || name == kept.name {
            return true;
        }
        let name = self.free(&name);
        let fragment = match &kept.read {
            Ok((scenario, notices)) if notices.is_empty() => named(scenario, &name),
            // Unreadable parts are kept for a newer release.
            _ => kept.fragment.clone(),
        };
        let is_renamed = self.put(&name, &fragment) && self.forget(&kept.name);
        if is_renamed {
            self.told.set(Told::Done(say::renamed_to(&name)));
        }
        is_renamed
    }

    /// Removes a scenario; it can be restored.
    pub(super) fn remove(self, kept: Kept) {
        if self.forget(&kept.name) {
            self.told.set(Told::Removed(Box::new(kept)));
        }
    }

    /// Restores the removed scenario.
    pub(super) fn restore(self, kept: &Kept) {
        let name = self.free(&kept.name);
        if self.put(&name, &kept.fragment) {
            self.told.set(Told::Done(say::is_back(&name)));
        }
    }

    /// Name, with a number if already taken.
    fn free(self, name: &str) -> String {
        let is_taken = |name: &str| {
            self.kept
                .with_untracked(|kept| kept.iter().any(|kept| kept.name == name))
        };
        let numbered = (2..).map(|number| format!("{name} {number}"));
        let mut names = [name.to_owned()].into_iter().chain(numbered);
        names.find(|name| !is_taken(name)).unwrap_or_default()
    }

    fn put(self, name: &str, fragment: &Fragment) -> bool {
        let key = format!("{PREFIX}{name}");
        let is_put =
            storage().is_some_and(|storage| storage.set_item(&key, fragment.as_str()).is_ok());
        self.after(is_put)
    }

    fn forget(self, name: &str) -> bool {
        let key = format!("{PREFIX}{name}");
        let is_gone = storage().is_some_and(|storage| storage.remove_item(&key).is_ok());
        self.after(is_gone)
    }

    fn after(self, is_done: bool) -> bool {
        if is_done {
            self.kept.set(found());
        } else {
            self.told.set(Told::Failed(say::REFUSED.to_owned()));
        }
        is_done
    }
}

/// Link of a scenario under another name.
fn named(scenario: &Scenario, name: &str) -> Fragment {
    let mut scenario = scenario.clone();
    name.clone_into(&mut scenario.name);
    Fragment::of(&scenario)
}

/// Storage, unless blocked; `None` for an embedded page.
fn storage() -> Option<Storage> {
    if cfg!(feature = "ssr") || is_embedded() {
        return None;
    }
    window().local_storage().ok()?
}

/// All saved scenarios, by name.
fn found() -> Vec<Kept> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or(0);
    let keys = (0..count).filter_map(|index| storage.key(index).ok()?);
    let mut kept: Vec<Kept> = keys
        .filter_map(|key| {
            let name = key.strip_prefix(PREFIX)?.to_owned();
            let fragment = storage.get_item(&key).ok()??;
            Some(Kept::of(name, fragment))
        })
        .collect();
    kept.sort_by(|a, b| a.name.cmp(&b.name));
    kept
}
