//! Saves the question: as a link in the address bar, and as a draft.
//!
//! An opened link stays unchanged until the first edit: it may be from a newer release, and reading
//! it should not replace the user's draft.

use std::cell::RefCell;

use super::super::browser::{Listener, document, forget, later, today, window};
use super::super::desk::{self, Desk, Unread};
use super::super::storage;
use super::{address, frame};
use crate::say::notice;
use crate::scenario::link::{Fragment, Notice, to_fragment};
use crate::scenario::{Link, Scenario};

const DRAFT_KEY: &str = "kt-capacity:draft";
/// Pause before saving, in milliseconds: browsers limit the rate of address changes.
const PAUSE_MS: i32 = 120;

/// Called when a link has been opened; `true` if it changed the scenario.
type Arrived = Box<dyn Fn(bool)>;

#[derive(Default)]
struct Keeper {
    /// Fragment opened, until the first edit.
    opened: String,
    /// Fragment last seen; a different one is a new link.
    seen: String,
    /// Fragment last saved.
    kept: String,
    timer: Option<i32>,
    #[expect(dead_code, reason = "they listen as long as they are kept")]
    listeners: Vec<Listener>,
    arrived: Option<Arrived>,
}

thread_local! {
    static KEEPER: RefCell<Keeper> = RefCell::default();
}

/// Initial question: from the link, else the draft, else the default.
pub(super) fn initial() -> Desk {
    frame::mark(&address::fragment());
    let unused = address::take_query();
    address::take_left();
    let hash = address::fragment();
    let draft = storage::read(DRAFT_KEY);
    let own = Fragment::alone(&hash);
    let (link, mut unread) = match &draft {
        // Links written by the page itself have no length limit.
        Some(draft) if hash.is_empty() => told(Link::read_own(draft)),
        Some(draft) if own.as_str() == draft => told(Link::read_own(&hash)),
        None if hash.is_empty() => told((Link::default(), Vec::new())),
        _ => told(Link::read(&hash)),
    };
    unread.is_older = Link::is_older(&hash);
    unread.is_draft = draft.is_some() && hash.is_empty();
    unread.lines.extend(unused);
    Desk {
        scenario: link.scenario,
        view: link.view,
        what_if: link.what_if,
        beside: link.beside,
        unread,
        today: today(),
        ..Desk::default()
    }
}

fn told((link, notices): (Link, Vec<Notice>)) -> (Link, Unread) {
    let unread = Unread {
        is_draft: false,
        lines: notices.iter().map(notice::text).collect(),
        is_older: false,
    };
    (link, unread)
}

/// Starts saving the question, opened from this fragment.
pub(super) fn begin(opened: String) {
    let seen = address::fragment();
    let opened = if seen.is_empty() {
        String::new()
    } else {
        opened
    };
    let listeners = vec![
        // A page that is left or hidden may not reach the end of the pause.
        Listener::new(&window(), "pagehide", |_| address::leave(keep)),
        Listener::new(&document(), "visibilitychange", |_| {
            if document().hidden() {
                address::leave(keep);
            } else {
                address::stay();
            }
        }),
        Listener::new(&window(), "hashchange", |_| arrive()),
    ];
    KEEPER.set(Keeper {
        opened,
        seen,
        listeners,
        ..Keeper::default()
    });
}

/// Sets the callback for opened links.
pub fn on_arrival(act: impl Fn(bool) + 'static) {
    KEEPER.with_borrow_mut(|keeper| keeper.arrived = Some(Box::new(act)));
}

/// Saves the changed question after a short pause without further changes.
pub(super) fn changed() {
    KEEPER.with_borrow_mut(|keeper| {
        if let Some(timer) = keeper.timer.take() {
            forget(timer);
        }
        keeper.timer = Some(later(keep, PAUSE_MS));
    });
}

/// Saves the question now.
fn keep() {
    let (text, scenario) = desk::with(|desk| (desk.fragment(), to_fragment(&desk.scenario)));
    KEEPER.with_borrow_mut(|keeper| {
        // Another tab may have saved its own question; without an edit it stays.
        if keeper.kept == text || keeper.seen != address::fragment() || keeper.opened == text {
            return;
        }
        keeper.opened.clear();
        address::write(&text);
        keeper.seen = address::fragment();
        keeper.kept = text;
        keep_draft(&scenario);
    });
}

/// Saves the scenario for the next visit; the default is not saved.
fn keep_draft(scenario: &str) {
    let is_default = scenario == to_fragment(&Scenario::default());
    storage::write(DRAFT_KEY, (!is_default).then_some(scenario));
}

fn arrive() {
    let arrived = address::fragment();
    let own = desk::with(Desk::fragment);
    KEEPER.with_borrow_mut(|keeper| {
        keeper.seen.clone_from(&arrived);
        keeper.kept.clear();
    });
    if arrived.is_empty() {
        // Restores the link if the hash was cleared.
        address::write(&own);
        KEEPER.with_borrow_mut(|keeper| keeper.seen = address::fragment());
    } else if arrived != own {
        take(&arrived);
    }
}

fn take(arrived: &str) {
    let (link, mut unread) = told(Link::read(arrived));
    unread.is_older = Link::is_older(arrived);
    let mut is_other = false;
    desk::update(|desk| {
        is_other = to_fragment(&link.scenario) != to_fragment(&desk.scenario);
        // A change of view keeps the scenario's rows, and so their fields.
        if is_other {
            desk.scenario = link.scenario;
        }
        desk.view = link.view;
        desk.what_if = link.what_if;
        desk.beside = link.beside;
        desk.unread = unread;
    });
    let opened = desk::with(Desk::fragment);
    // The callback may access the keeper.
    let act = KEEPER.with_borrow_mut(|keeper| {
        keeper.opened = opened;
        keeper.arrived.take()
    });
    if let Some(act) = act {
        act(is_other);
        KEEPER.with_borrow_mut(|keeper| keeper.arrived = Some(act));
    }
}
