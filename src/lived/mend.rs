//! A change that mends the day, as the replay found it, and how far the search for it has come.

use super::Story;
use crate::plan::Change;

/// A change, and the day that is lived with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mend {
    /// What to change.
    pub change: Change,
    /// The day with it, of the first seed.
    pub after: Story,
    /// The worst share late of all seeds.
    pub late_ratio: f64,
    /// The worst share without an answer of all seeds.
    pub unanswered_ratio: f64,
    /// The longest wait of all seeds that 99 of 100 stay within, seconds; none if nothing waited.
    pub wait_p99_s: Option<f64>,
    /// Pod-hours more than the day as exported, of the first seed.
    pub more_pod_hours: f64,
    /// Days that were lived with it, each with a seed of its own.
    pub seeds: u32,
}

/// How far the search for changes has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Searched {
    /// Days that were simulated.
    pub days: u32,
    /// Whether a change was found.
    pub has_found: bool,
    /// Whether the search ended before every kind of change was tried.
    pub is_cut: bool,
}
