//! Texts to read and scenarios to compare with, in a separate program part that loads on demand.

#[cfg(any(feature = "split", not(target_family = "wasm")))]
mod part;
mod views;

use super::wanted::Wanted;
use views::Views;

/// Views of the part, not requested yet.
pub(super) fn views() -> Wanted<Views> {
    Wanted::new(load)
}

#[cfg(any(feature = "split", not(target_family = "wasm")))]
use part::load;

/// Browser tests run without program parts.
#[cfg(not(any(feature = "split", not(target_family = "wasm"))))]
fn load() -> super::wanted::Loading<Views> {
    Box::pin(async { Some(views::views()) })
}
