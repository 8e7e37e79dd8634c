//! Components in a real browser.
#![cfg(all(target_arch = "wasm32", feature = "ui"))]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_runner_has_a_page() {
    assert!(leptos::prelude::document().body().is_some());
}
