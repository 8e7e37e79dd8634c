//! A change that mends the day, as found by the replay, and the progress of that search.

use super::Story;
use crate::plan::Change;

/// A change, and the simulated day with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mend {
    /// The change.
    pub change: Change,
    /// The day with the change, for the first seed.
    pub after: Story,
    /// Highest share of late requests over all seeds.
    pub late_ratio: f64,
    /// Highest share of unanswered questions over all seeds.
    pub unanswered_ratio: f64,
    /// Highest 99th percentile of waits over all seeds, seconds; `None` without waits.
    pub wait_p99_s: Option<f64>,
    /// Most pod-hours over all seeds, less those of the day as exported.
    pub more_pod_hours: f64,
    /// Simulated days with the change, one seed each.
    pub seeds: u32,
}

/// Progress of the search for changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Searched {
    /// Simulated days.
    pub days: u32,
    /// Whether a change was found.
    pub has_found: bool,
    /// Whether the search ended before every kind of change was tried.
    pub is_cut: bool,
}
