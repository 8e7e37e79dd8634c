//! Names of the splits of the requests.

use crate::plan::Split;

/// Display name of a split.
pub fn name(split: Split) -> &'static str {
    match split {
        Split::Given => "As given",
        Split::Level => "Level use",
        Split::Cheapest => "Cheapest that fits",
    }
}
