//! Program part with the rest of this folder; see `ui::part`.
#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro gives the error of a part that does not arrive the way of the result"
)]

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Loads the part and starts saving the question.
///
/// # Errors
///
/// If the part could not be loaded; the call may be repeated.
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
