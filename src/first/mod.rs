//! First part of the page, without a framework: listens to the prerendered form, and writes the
//! verdict and key figures.
//!
//! Only this part loads before the form answers. A second part, [`kept`], reads and writes links
//! and parses all notations of numbers; it loads afterwards, or before the first answer if the
//! question is a link or draft. The page part (`ui`) takes over the scenario in memory ([`desk`])
//! and writes figures through [`answer`].

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

/// Opens the default question and listens to the prerendered form; a link or draft waits for the
/// part that reads it.
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

/// Answers the question in the prerendered page, as a separate task after [`start`], and after
/// [`kept::begin`] for a link or draft.
#[wasm_bindgen]
pub fn answer_first() {
    if desk::with(|desk| desk.view == View::Full) && answer::show() {
        page_mark("data-answers", Some(""));
    }
}

/// Stops listening to the prerendered form, when the page part takes over.
pub fn hand_over() {
    form::stop();
}
