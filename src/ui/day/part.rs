//! The part of the page's program that the section's content is in; see `ui::part`.
#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro gives the error of a part that does not arrive the way of the result"
)]

use super::views::{Views, views};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Loads the content; none if it could not be loaded.
pub(super) async fn load() -> Option<Views> {
    content().await.ok()
}

#[wasm_split(day, fallible)]
fn content() -> Result<Views, SplitLoaderError> {
    Ok(views())
}
