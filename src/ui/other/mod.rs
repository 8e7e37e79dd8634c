//! What is laid beside the scenario, texts that come in and other scenarios: in a part of its own,
//! which loads once one of them is wanted.

#[cfg(any(feature = "split", not(target_family = "wasm")))]
mod part;
mod views;

use super::wanted::Wanted;
use views::Views;

/// The views of the part; nobody wants it yet.
pub(super) fn views() -> Wanted<Views> {
    Wanted::new(load)
}

#[cfg(any(feature = "split", not(target_family = "wasm")))]
use part::load;

/// A test in the browser runs without parts.
#[cfg(not(any(feature = "split", not(target_family = "wasm"))))]
fn load() -> super::wanted::Loading<Views> {
    Box::pin(async { Some(views::views()) })
}
