//! Program parts loaded after the first: components, then the other answers. They share one program
//! and memory; only calls cross.
//!
//! The build splits the program at functions marked `wasm_split` (see `.ci/build.mjs`). Code
//! reached only by such a function is in its part; natively it is a plain call.
#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro gives the error of a part that does not arrive the way of the result"
)]

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::plan;

/// Loads the components and starts mounting them beside the prerendered page.
///
/// # Errors
///
/// If the part could not be loaded; the call may be repeated.
#[wasm_bindgen]
pub async fn page() -> Result<(), JsValue> {
    mount_page().await.map_err(failed)
}

/// Mounts the next slice of a loaded part; `false` once complete.
#[wasm_bindgen]
pub fn mount_next() -> bool {
    let is_left = super::slice::mount_next();
    if !is_left {
        crate::first::hand_over();
    }
    is_left
}

/// Loads the other answers and starts mounting them.
///
/// # Errors
///
/// If the part could not be loaded; the call may be repeated.
#[wasm_bindgen]
pub async fn later() -> Result<(), JsValue> {
    show_later().await.map_err(failed)
}

fn failed(error: SplitLoaderError) -> JsValue {
    JsValue::from_str(&error.to_string())
}

#[wasm_split(page, fallible)]
fn mount_page() -> Result<(), SplitLoaderError> {
    plan::bring_places();
    plan::bring_mix();
    super::slice::open(super::app::mount);
    Ok(())
}

#[wasm_split(later, fallible)]
fn show_later() -> Result<(), SplitLoaderError> {
    super::slice::open(|| super::app::complete(super::result::views()));
    Ok(())
}
