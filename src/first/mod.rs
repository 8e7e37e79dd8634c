//! The first part of the page, without a framework: it hears the form that was drawn when
//! the page was built, writes the verdict and the key figures, and keeps the link.
//!
//! It is all that loads before the form answers. The page part (`ui`) follows, finds the
//! scenario in memory ([`desk`]), and goes on writing figures through [`answer`].

pub mod address;
pub mod answer;
pub mod browser;
pub mod desk;
mod form;
pub mod frame;
pub mod keep;
pub mod storage;

use crate::scenario::View;
use browser::page_mark;
use wasm_bindgen::prelude::wasm_bindgen;

/// Reads the link or the kept draft, and listens to the drawn form.
///
/// Only the full page is drawn ahead; another reading waits for the page part.
pub fn start() {
    std::panic::set_hook(Box::new(|info| browser::show_failure(&info.to_string())));
    begin();
    if desk::with(|desk| desk.view == View::Full) {
        form::take_typed();
        form::listen();
    }
    keep::on_arrival(|_| {
        page_mark("data-link", Some(""));
        answer::show();
    });
}

/// Answers the question in the drawn page: a task of its own after [`start`].
#[wasm_bindgen]
pub fn answer_first() {
    if desk::with(|desk| desk.view == View::Full) {
        answer::show();
        page_mark("data-answers", Some(""));
    }
}

/// Puts the question of the address or the kept draft on the desk, and keeps it from here on.
pub fn begin() {
    desk::open(keep::initial());
    keep::begin();
    // Even the default has a link of its own.
    keep::changed();
}

/// Ends the listening to the drawn form: from here on the page part hears its own.
pub fn hand_over() {
    form::stop();
}
