//! What the ways to split the requests are called.

use crate::plan::Split;

/// Name of a way for people.
pub fn name(split: Split) -> &'static str {
    match split {
        Split::Given => "As given",
        Split::Level => "Level use",
        Split::Cheapest => "Cheapest that fits",
    }
}
