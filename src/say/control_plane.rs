//! The control plane: API and PostgreSQL.

use crate::plan::SizeReason;

/// Reason for the size of the control plane.
pub fn decided_by(reason: SizeReason) -> &'static str {
    match reason {
        SizeReason::Choice => "your choice",
        SizeReason::PeakRate => "the peak rate",
        SizeReason::Disk => "the events on disk",
    }
}
