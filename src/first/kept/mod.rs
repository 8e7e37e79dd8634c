//! The part that keeps the question: it reads and writes links and drafts, and reads every way in
//! which people write a number.
//!
//! A link or a draft needs it before the first answer; the default is answered without it.

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

/// Begins to keep the question: the default that is on the desk and has been answered, else that
/// of the address or the draft. Once begun, it does nothing.
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

/// Puts the question of the address or the draft on the desk, hears the drawn form if it is
/// shown, and keeps the question from here on.
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
    // Even the default has a link of its own.
    keep::changed();
}
