//! A side of a comparison.

use crate::scenario::Scenario;

/// A scenario and the link that its files name.
pub struct Side<'a> {
    /// The question.
    pub scenario: &'a Scenario,
    /// Its link.
    pub link: &'a str,
}
