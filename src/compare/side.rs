//! Side of a comparison.

use crate::scenario::Scenario;

/// Scenario and the link for its files.
pub struct Side<'a> {
    /// Scenario of this side.
    pub scenario: &'a Scenario,
    /// Link back to the scenario, for the heads of files.
    pub link: &'a str,
}
