//! The part of the page's program that the rest of this folder is in; see `ui::part`.
#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro gives the error of a part that does not arrive the way of the result"
)]

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Loads the part and begins to keep the question.
///
/// # Errors
///
/// If the part could not be loaded; the call may be made again.
#[wasm_bindgen]
pub async fn keep() -> Result<(), JsValue> {
    let begun = begin().await;
    begun.map_err(|error| JsValue::from_str(&error.to_string()))
}

#[wasm_split(keep, fallible)]
fn begin() -> Result<(), SplitLoaderError> {
    super::begin();
    Ok(())
}
