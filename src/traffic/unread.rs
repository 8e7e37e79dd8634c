//! Reason why no row of a file counts.

use std::collections::BTreeMap;

use super::outcome::Reason;
use super::skip::Skip;
use super::source::Format;

/// Reason why no row was read, with the most frequent reason for skipping.
pub(crate) fn unread(skipped: &BTreeMap<Skip, u64>, format: Format) -> Option<(Reason, Skip)> {
    // These rows are readable otherwise.
    if skipped.contains_key(&Skip::OutsideWindow) {
        return Some((Reason::NotInWindow, Skip::OutsideWindow));
    }
    if skipped.contains_key(&Skip::OtherKind) {
        let is_metrics = format.is_metrics();
        let reason = if is_metrics {
            Reason::UnknownMetrics
        } else {
            Reason::OtherKind
        };
        return Some((reason, Skip::OtherKind));
    }
    let most = skipped.iter().max_by_key(|(_, rows)| **rows);
    let (skip, _) = most?;
    let reason = match skip {
        Skip::NoTime => Reason::NoTimes,
        Skip::BadNumber | Skip::Negative => Reason::NoNumbers,
        Skip::TooManyCells => Reason::TooManyCells,
        Skip::NotAGeneration => Reason::OtherKind,
        Skip::BadJson => Reason::BrokenJson,
        _ => return None,
    };
    Some((reason, *skip))
}
