//! Current question, shared by all parts of the page.

use std::cell::{Cell, RefCell};

use crate::catalog::date::Date;
use crate::scenario::link::Fragment;
use crate::scenario::{Scenario, View, WhatIf};

/// Unreadable parts of a link or saved draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    /// Whether the parts are from the saved draft, not a link.
    pub is_draft: bool,
    /// One sentence per part.
    pub lines: Vec<String>,
    /// Whether the link is from an earlier version, so that answers may differ.
    pub is_older: bool,
}

/// Current question and its view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Desk {
    /// Scenario being edited.
    pub scenario: Scenario,
    /// View of the scenario.
    pub view: View,
    /// What-if supposition of the charts.
    pub what_if: WhatIf,
    /// Scenarios compared with it.
    pub beside: Vec<Fragment>,
    /// Unreadable parts of the link.
    pub unread: Unread,
    /// Current calendar day of the user.
    pub today: Date,
    /// Scenario before the first edit in the prerendered form, for undo.
    pub before: Option<Scenario>,
    /// Ids of fields with unusable text.
    pub invalid: Vec<String>,
}

impl Desk {
    /// Fragment of the address: the scenario with its view, and those compared with it.
    pub fn fragment(&self) -> String {
        let own = Fragment::of(&self.scenario).supposing(&self.what_if);
        own.shown(self.view, &self.beside)
    }
}

thread_local! {
    static DESK: RefCell<Option<Box<Desk>>> = const { RefCell::new(None) };
    static KEEP: Cell<Option<fn()>> = const { Cell::new(None) };
}

/// Sets the current question.
pub fn open(desk: Desk) {
    DESK.replace(Some(Box::new(desk)));
}

/// Whether there is a current question.
pub fn is_open() -> bool {
    DESK.with_borrow(Option::is_some)
}

/// Sets the function that saves every further change.
pub fn keep_with(keep: fn()) {
    KEEP.set(Some(keep));
}

/// Whether changes are saved; earlier ones are saved once this begins.
pub fn is_kept() -> bool {
    KEEP.get().is_some()
}

/// Reports a change of the question.
pub fn changed() {
    if let Some(keep) = KEEP.get() {
        keep();
    }
}

/// Reads the question.
pub fn with<T>(read: impl FnOnce(&Desk) -> T) -> T {
    DESK.with_borrow(|desk| match desk {
        Some(desk) => read(desk),
        None => read(&Desk::default()),
    })
}

/// Changes the question.
pub fn update(change: impl FnOnce(&mut Desk)) {
    DESK.with_borrow_mut(|desk| change(desk.get_or_insert_default()));
}
