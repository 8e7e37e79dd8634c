//! Message for a part of the page that could not be loaded.

pub(crate) const AGAIN: &str = "Try again";
