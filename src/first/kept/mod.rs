//! Part that saves the question: it reads and writes links and drafts, and parses all notations of
//! numbers.
//!
//! Needed before the first answer for a link or a draft; the default is answered without it.

pub mod address;
pub mod frame;
pub mod keep;
#[cfg(any(feature = "split", not(target_family = "wasm")))]
pub mod part;
mod typed;

use super::browser::{LINK_MARK, page_mark};
use super::desk::{self, Desk};
use super::{answer, form};
use crate::scenario::View;

/// Starts saving the question: the default if already answered, or that of the address or draft.
/// Further calls do nothing.
pub fn begin() {
    if desk::is_kept() {
        return;
    }
    if !desk::is_open() {
        return open();
    }
    form::read_with(typed::READER);
    keep_from_here(Desk::default().fragment());
    if form::take_typed() {
        answer::show();
    }
}

/// Opens the question of the address or draft, listens to the prerendered form if shown, and saves
/// changes.
pub fn open() {
    desk::open(keep::initial());
    form::read_with(typed::READER);
    keep_from_here(desk::with(Desk::fragment));
    if desk::with(|desk| desk.view == View::Full) {
        form::take_typed();
        form::listen();
    }
}

fn keep_from_here(opened: String) {
    keep::begin(opened);
    keep::on_arrival(|_| {
        page_mark(LINK_MARK, Some(""));
        answer::show();
    });
    desk::keep_with(keep::changed);
    // The default has a link too.
    keep::changed();
}
