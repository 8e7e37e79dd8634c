//! The page: Leptos components over one store. No arithmetic lives here; views
//! read the `Plan`.
#![expect(
    unreachable_pub,
    reason = "the component macro makes what it writes public"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "components own their props, handlers their event"
)]

mod address;
mod app;
mod bridge;
pub mod chart;
mod compare;
mod download;
mod embed;
pub mod field;
mod file;
mod header;
mod icon;
mod later;
mod live;
mod panel;
#[cfg(feature = "ssr")]
mod prerender;
mod result;
mod share;
mod shortcuts;
mod storage;
pub mod store;
#[cfg(feature = "ssr")]
mod style_page;
mod theme;
mod url;
mod view;
mod widget;

pub use app::App;
pub use later::start as start_later;
#[cfg(feature = "ssr")]
pub use prerender::prerender;
#[cfg(feature = "ssr")]
pub use style_page::style_page;

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Mounts the form and the first answers beside the page that was drawn ahead;
/// `public/boot.js` then takes that one away.
pub fn start() {
    std::panic::set_hook(Box::new(|info| show_failure(&info.to_string())));
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    mount_to(root.unchecked_into::<HtmlElement>(), App).forget();
}

/// Runs once what has changed is painted.
fn after_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

/// Shows the message that waits in the page for this; the link stays as it is.
pub fn show_failure(reason: &str) {
    leptos::logging::error!("{reason}");
    let Some(failure) = document().get_element_by_id("failure") else {
        return;
    };
    drop(failure.remove_attribute("hidden"));
    // It stands above the page, which may be scrolled far down.
    failure.scroll_into_view();
    if let Ok(Some(line)) = failure.query_selector("[data-reason]") {
        line.set_text_content(Some(reason));
    }
}
