//! The first part of the page, without a framework: it hears the form that was drawn when
//! the page was built, and writes the verdict and the key figures.
//!
//! It is all that loads before the form answers. A part of its own follows, or comes before the
//! first answer where a link or a draft is the question: it reads and writes links, and every
//! way in which people write numbers ([`kept`]). The page part (`ui`) finds the scenario in
//! memory ([`desk`]), and goes on writing figures through [`answer`].

pub mod answer;
pub mod browser;
pub mod desk;
mod form;
pub mod kept;
pub mod storage;

use crate::scenario::View;
use browser::{LINK_MARK, has_mark, page_mark};
use desk::Desk;
use wasm_bindgen::prelude::wasm_bindgen;

/// Puts the default on the desk and hears the drawn form; a link or a draft waits for the part
/// that reads it.
pub fn start() {
    std::panic::set_hook(Box::new(|info| browser::show_failure(&info.to_string())));
    if !has_mark(LINK_MARK) {
        desk::open(Desk {
            today: browser::today(),
            ..Desk::default()
        });
        form::take_typed();
        form::listen();
    }
}

/// Answers the question in the drawn page: a task of its own after [`start`], and after
/// [`kept::begin`] where there is a link or a draft.
#[wasm_bindgen]
pub fn answer_first() {
    if desk::with(|desk| desk.view == View::Full) && answer::show() {
        page_mark("data-answers", Some(""));
    }
}

/// Ends the listening to the drawn form: from here on the page part hears its own.
pub fn hand_over() {
    form::stop();
}
