//! Program part; see `ui::part`.
#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro gives the error of a part that does not arrive the way of the result"
)]

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::super::wanted::Loading;
use super::views::{Views, views};

/// Loads the views.
pub(super) fn load() -> Loading<Views> {
    Box::pin(async { content().await.ok() })
}

#[wasm_split(other, fallible)]
fn content() -> Result<Views, SplitLoaderError> {
    Ok(views())
}
