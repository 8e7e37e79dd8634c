//! The question as it stands, kept once for all parts of the page.

use std::cell::{Cell, RefCell};

use crate::catalog::date::Date;
use crate::scenario::link::Fragment;
use crate::scenario::{Scenario, View, WhatIf};

/// The parts of a link, or of a kept draft, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    /// Whether they stood in the draft that this browser had kept, not in a link.
    pub is_draft: bool,
    /// Each, in a sentence.
    pub lines: Vec<String>,
    /// Whether the link is of an earlier version, whose answers may have changed.
    pub is_older: bool,
}

/// The question, and how it is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Desk {
    /// The scenario.
    pub scenario: Scenario,
    /// The reading of it.
    pub view: View,
    /// The supposition under which its charts are drawn.
    pub what_if: WhatIf,
    /// The scenarios beside it.
    pub beside: Vec<Fragment>,
    /// The parts of the link that could not be read.
    pub unread: Unread,
    /// The reader's calendar day.
    pub today: Date,
    /// The scenario before the first key in the drawn form: one step to undo.
    pub before: Option<Scenario>,
    /// Ids of the fields whose text cannot be used.
    pub invalid: Vec<String>,
}

impl Desk {
    /// The fragment of the address: the scenario in its reading, and those beside it.
    pub fn fragment(&self) -> String {
        let own = Fragment::of(&self.scenario).supposing(&self.what_if);
        own.shown(self.view, &self.beside)
    }
}

thread_local! {
    static DESK: RefCell<Option<Box<Desk>>> = const { RefCell::new(None) };
    static KEEP: Cell<Option<fn()>> = const { Cell::new(None) };
}

/// Puts a question on the desk.
pub fn open(desk: Desk) {
    DESK.replace(Some(Box::new(desk)));
}

/// Whether there is a question on the desk.
pub fn is_open() -> bool {
    DESK.with_borrow(Option::is_some)
}

/// Keeps every change of the question with this from here on.
pub fn keep_with(keep: fn()) {
    KEEP.set(Some(keep));
}

/// Whether changes are kept; what changed before is kept when this begins.
pub fn is_kept() -> bool {
    KEEP.get().is_some()
}

/// The question is another one.
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
