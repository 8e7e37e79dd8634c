//! Stored events, with the names of their kinds.

use serde::Serialize;

use crate::plan::{self, DiskFill, StoragePoint};
use crate::say::event::kind_name;

/// What the events take.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct StoragePlan<'a> {
    /// Events a day: one for each request.
    events_per_day: f64,
    /// Bytes of one event.
    event_bytes: f64,
    /// Bytes of each kind of event, with what a retention of it takes.
    kinds: Vec<EventSize>,
    /// Bytes of write-ahead log a day, where the kind of event says how many.
    wal_bytes_per_day: Option<f64>,
    /// The guide's disks, and when each is full.
    disks: &'a [DiskFill],
    /// Bytes a day adds, one copy.
    bytes_per_day: f64,
    /// Bytes held once the retention is reached, one copy.
    retained_bytes: f64,
    /// Dead rows that deletes leave until vacuum, as a share of the live ones.
    dead_ratio: f64,
    /// Bytes on disk then, dead rows included.
    disk_bytes: f64,
    /// The same with all copies.
    retained_bytes_all_copies: f64,
    /// Bytes after 30 days, as the guide's example.
    bytes_30_days: f64,
    /// Bytes after 90 days, as the guide's example.
    bytes_90_days: f64,
    /// Bytes if events were kept as long as the audit log.
    bytes_audit_days: f64,
    /// Bytes held over twice the retention, at least sixty days.
    timeline: &'a [StoragePoint],
}

impl<'a> From<&'a plan::StoragePlan> for StoragePlan<'a> {
    fn from(it: &'a plan::StoragePlan) -> Self {
        Self {
            events_per_day: it.events_per_day,
            event_bytes: it.event_bytes,
            kinds: it.kinds.iter().map(EventSize::from).collect(),
            wal_bytes_per_day: it.wal_bytes_per_day,
            disks: &it.disks,
            bytes_per_day: it.bytes_per_day,
            retained_bytes: it.retained_bytes,
            dead_ratio: it.dead_ratio,
            disk_bytes: it.disk_bytes,
            retained_bytes_all_copies: it.retained_bytes_all_copies,
            bytes_30_days: it.bytes_30_days,
            bytes_90_days: it.bytes_90_days,
            bytes_audit_days: it.bytes_audit_days,
            timeline: &it.timeline,
        }
    }
}

/// Bytes of a kind of event.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct EventSize {
    /// Word of the kind in links.
    id: &'static str,
    /// Name for people.
    name: &'static str,
    /// Bytes of the row itself, out of line parts included; the whole where that is not
    /// known apart.
    row_bytes: f64,
    /// Bytes of its index entries, where known apart.
    index_bytes: Option<f64>,
    /// Bytes of write-ahead log, where known.
    wal_bytes: Option<f64>,
    /// Bytes of one event on disk.
    event_bytes: f64,
    /// Bytes held once the retention is reached, one copy.
    retained_bytes: f64,
}

impl From<&plan::EventSize> for EventSize {
    fn from(it: &plan::EventSize) -> Self {
        Self {
            id: it.kind.key(),
            name: kind_name(it.kind),
            row_bytes: it.row_bytes,
            index_bytes: it.index_bytes,
            wal_bytes: it.wal_bytes,
            event_bytes: it.event_bytes,
            retained_bytes: it.retained_bytes,
        }
    }
}
