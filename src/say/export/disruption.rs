//! `pdb.yaml`.

use crate::say::words;
use crate::scenario::number::grouped;

/// Result of the check.
pub const CHECKED: &str = "Valid for policy/v1";

/// Reason for the disruption budget.
pub fn spare_why(instances_min: u32, headroom: f64) -> String {
    format!(
        "of at least {}; more would cut into the peak, which has {} times the room it needs",
        words::counted(instances_min, "instance"),
        grouped(headroom),
    )
}

/// Pods that a drain takes and leaves.
pub fn note(spare: u32, left: u32) -> String {
    format!(
        "A drain takes {} at a time and leaves at least {left}.",
        words::counted(spare, "gateway"),
    )
}

/// Warning: there is only one gateway.
pub const ALONE: &str = "With one gateway a drain is an outage: set the HPA minimum to 2 or more.";
