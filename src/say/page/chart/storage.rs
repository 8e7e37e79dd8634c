//! Words of the storage chart.

use crate::plan::{Plan, StoragePlan};
use crate::say::words;

pub(crate) const STORAGE: &str = "Stored events";
pub(crate) const STORAGE_NOTE: &str =
    "From launch through the retention; disks of the guide’s sizes.";
pub(crate) const TODAYS_LOAD: &str = "today’s load";

/// Columns of the table.
pub(crate) fn storage_head(storage: &StoragePlan) -> [String; 3] {
    let on_disk = ["On disk", with(storage)].concat();
    ["Day".to_owned(), "At today’s load".to_owned(), on_disk]
}

/// Line of the bytes on disk.
pub(crate) fn on_disk(storage: &StoragePlan) -> String {
    ["on disk", with(storage)].concat()
}

/// Causes of additional bytes on disk.
fn with(storage: &StoragePlan) -> &'static str {
    match (storage.has_growth(), 0.0 < storage.dead_ratio) {
        (true, true) => ", with growth and dead rows",
        (true, false) => ", with growth",
        (false, true) => ", with dead rows",
        (false, false) => "",
    }
}

/// A day after launch, at the axis.
pub(crate) fn day(day: f64) -> String {
    format!("{day:.0} d")
}

/// Size at full retention, at its line.
pub(crate) fn kept(bytes: f64) -> String {
    format!("{} kept", words::bytes(bytes))
}

/// Size and day at which a line leaves the chart.
pub(crate) fn goes_on(bytes: &str, day: &str) -> String {
    format!("axis cut: {bytes} after {day}")
}

/// Line of a disk.
pub(crate) fn disk(size: &str, bytes: f64) -> String {
    format!("{size} disk, {}", words::bytes(bytes))
}

/// Summary of the storage chart.
pub(crate) fn storage(plan: &Plan) -> String {
    let flat = plan.storage.retained_bytes;
    // The chart may be truncated; the summary is not.
    let last = plan.storage.timeline.last();
    let growth = match last.filter(|point| flat < point.bytes_with_growth) {
        Some(point) => format!(
            ", {} on disk after {} days{}",
            words::bytes(point.bytes_with_growth),
            words::significant(point.day),
            with(&plan.storage).trim_start_matches(',')
        ),
        None => String::new(),
    };
    format!(
        "Events take {} once the retention is reached{growth}; the {} disk has {}.",
        words::bytes(flat),
        plan.control_plane.size.to_ascii_lowercase(),
        words::bytes(plan.control_plane.postgres_disk_bytes),
    )
}
