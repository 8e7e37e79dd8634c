//! Page: Leptos components over one store. Arithmetic does not belong here; views read the `Plan`.
#![expect(
    unreachable_pub,
    reason = "the component macro makes what it writes public"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "components own their props, handlers their event"
)]

mod answer;
mod app;
pub mod chart;
mod compare;
mod day;
mod download;
mod embed;
pub mod field;
mod file;
mod focus;
mod header;
mod history;
mod icon;
mod later;
mod live;
mod mark;
mod measured;
mod notices;
mod other;
mod panel;
// Split functions need the build step of `.ci/build.mjs`; browser tests run without.
#[cfg(any(feature = "split", not(target_family = "wasm")))]
pub mod part;
#[cfg(feature = "ssr")]
mod prerender;
mod result;
mod section;
mod share;
mod shortcuts;
mod slice;
mod start;
pub mod store;
#[cfg(feature = "ssr")]
mod style_page;
mod sure;
mod theme;
mod told;
mod url;
mod view;
mod wanted;
mod what_if;
mod widget;

#[cfg(feature = "ssr")]
pub use prerender::prerender;
#[cfg(feature = "ssr")]
pub use style_page::style_page;

pub use app::App;

use crate::first::browser::after_paint;
