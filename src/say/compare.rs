//! By how much scenarios differ.

/// A figure that both have alike.
pub const SAME: &str = "the same";
