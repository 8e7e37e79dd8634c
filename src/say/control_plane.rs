//! The API and its database server.

use crate::plan::SizeReason;

/// Why the control plane has its size.
pub fn decided_by(reason: SizeReason) -> &'static str {
    match reason {
        SizeReason::Choice => "your choice",
        SizeReason::PeakRate => "the peak rate",
        SizeReason::Disk => "the events on disk",
    }
}
