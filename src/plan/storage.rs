//! Stored events.

use serde::Serialize;

use super::{Demand, Depth};
use crate::catalog::guide;
use crate::model::event_row::{ATTRIBUTES_BYTES, EventRow, TEXT_BYTES_PER_TOKEN, event_row};
use crate::model::growth::growth_per_day_ratio;
use crate::model::storage as model;
use crate::scenario::{Cleanup, EventKind, Scenario};

/// Storage of the events.
#[derive(Debug, Clone, PartialEq)]
pub struct StoragePlan {
    /// Events per day: one per request.
    pub events_per_day: f64,
    /// Bytes per event.
    pub event_bytes: f64,
    /// Sizes of all kinds of events.
    pub kinds: Vec<EventSize>,
    /// Bytes of write-ahead log per day, if known for the kind of event.
    pub wal_bytes_per_day: Option<f64>,
    /// The guide's disks, with the day each is full.
    pub disks: Vec<DiskFill>,
    /// Bytes added per day, one copy.
    pub bytes_per_day: f64,
    /// Bytes held once the retention is reached, one copy.
    pub retained_bytes: f64,
    /// Ratio of dead rows, left by deletes until vacuum, to live ones.
    pub dead_ratio: f64,
    /// Bytes on disk once the retention is reached, dead rows included.
    pub disk_bytes: f64,
    /// Bytes on disk once the retention is reached, all copies.
    pub retained_bytes_all_copies: f64,
    /// Bytes after 30 days, as in the guide's example.
    pub bytes_30_days: f64,
    /// Bytes after 90 days, as in the guide's example.
    pub bytes_90_days: f64,
    /// Bytes of events kept for as long as the audit log.
    pub bytes_audit_days: f64,
    /// Bytes held over twice the retention, at least sixty days.
    pub timeline: Vec<StoragePoint>,
}

impl StoragePlan {
    /// Whether growth makes the final size larger than at today's load.
    pub fn has_growth(&self) -> bool {
        let last = self.timeline.last();
        last.is_some_and(|point| self.disk_bytes * (1.0 + 1e-9) < point.bytes_with_growth)
    }
}

/// Size of a kind of event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventSize {
    /// The kind.
    pub kind: EventKind,
    /// Bytes of the row, including out-of-line parts; the total if it is not broken down.
    pub row_bytes: f64,
    /// Bytes of index entries, if broken down.
    pub index_bytes: Option<f64>,
    /// Bytes of write-ahead log, where known.
    pub wal_bytes: Option<f64>,
    /// Bytes per event on disk.
    pub event_bytes: f64,
    /// Bytes held once the retention is reached, one copy.
    pub retained_bytes: f64,
}

/// A disk of the guide's table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DiskFill {
    /// Size of the control plane that has it.
    pub size: &'static str,
    /// Bytes.
    pub bytes: f64,
    /// Days until it is full with the entered growth, if it ever is.
    pub full_in_days: Option<f64>,
}

/// Bytes held some days after the start.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct StoragePoint {
    /// Days since the start.
    pub day: f64,
    /// Of live rows at today's load.
    pub bytes: f64,
    /// On disk: with the entered growth and dead rows, up to a million times as much.
    pub bytes_with_growth: f64,
}

/// Points of the timeline.
const POINTS: u32 = 60;
/// Maximum multiple of today's size that the growth line shows. Decades of growth exceed the range
/// of numbers, and lose their meaning long before.
const MOST_GROWTH: f64 = 1e6;

pub(super) fn storage(scenario: &Scenario, demand: &Demand) -> StoragePlan {
    let storage = &scenario.storage;
    let event_bytes = match row_of(storage.event_kind, scenario) {
        Some(row) => row.total_bytes(),
        None => storage.event_bytes,
    };
    let bytes_per_day = model::bytes_per_day(demand.requests_per_day, event_bytes);
    let retained_bytes = bytes_per_day * f64::from(storage.retention_days);
    let dead_ratio = match storage.cleanup {
        Cleanup::Delete => storage.dead_percent / 100.0,
        Cleanup::Partitions => 0.0,
    };
    StoragePlan {
        events_per_day: demand.requests_per_day,
        event_bytes,
        kinds: Vec::new(),
        wal_bytes_per_day: row_of(storage.event_kind, scenario)
            .map(|row| row.wal_bytes * demand.requests_per_day),
        disks: Vec::new(),
        bytes_per_day,
        retained_bytes,
        dead_ratio,
        disk_bytes: retained_bytes * (1.0 + dead_ratio),
        retained_bytes_all_copies: retained_bytes * f64::from(storage.copies),
        bytes_30_days: bytes_per_day * 30.0,
        bytes_90_days: bytes_per_day * 90.0,
        bytes_audit_days: bytes_per_day * f64::from(storage.audit_retention_days),
        timeline: Vec::new(),
    }
}

/// Mean row of a kind of event; `None` if the reader gives the size.
///
/// Compression and out-of-line storage depend on each workload's text length, so rows are averaged,
/// not texts.
fn row_of(kind: EventKind, scenario: &Scenario) -> Option<EventRow> {
    match kind {
        EventKind::Flat => None,
        EventKind::Metadata => Some(event_row(0.0)),
        EventKind::Attributes => Some(event_row(ATTRIBUTES_BYTES)),
        EventKind::FullText => {
            let rows = scenario.workloads.iter().map(|workload| {
                let tokens = workload.input_tokens + workload.output_tokens;
                let row = event_row(ATTRIBUTES_BYTES + TEXT_BYTES_PER_TOKEN * tokens);
                (workload.requests_per_day(), row)
            });
            Some(
                EventRow::mean(&rows.collect::<Vec<_>>())
                    .unwrap_or_else(|| event_row(ATTRIBUTES_BYTES)),
            )
        }
    }
}

/// Adds the details for the page: other kinds of events, the disks, and the timeline.
pub(super) fn with_details<D: Depth>(
    scenario: &Scenario,
    demand: &Demand,
    mut storage: StoragePlan,
) -> StoragePlan {
    let days = f64::from(scenario.storage.retention_days);
    let kinds = EventKind::ALL.into_iter().map(|kind| {
        let row = row_of(kind, scenario);
        let event_bytes = row.map_or(scenario.storage.event_bytes, |row| row.total_bytes());
        EventSize {
            kind,
            row_bytes: row.map_or(event_bytes, |row| row.heap_bytes + row.toast_bytes),
            index_bytes: row.map(|row| row.index_bytes),
            wal_bytes: row.map(|row| row.wal_bytes),
            event_bytes,
            retained_bytes: model::bytes_per_day(demand.requests_per_day, event_bytes) * days,
        }
    });
    storage.kinds = D::reason(|| kinds.collect());
    let growth = growth_per_day_ratio(scenario.traffic.growth_percent / 100.0);
    let disks = guide::CONTROL_PLANE.iter().map(|size| {
        let bytes = size.postgres_disk_gb * model::BYTES_PER_GB;
        DiskFill {
            size: size.name,
            bytes,
            full_in_days: model::days_until_full_with_dead_rows(
                (storage.bytes_per_day, storage.dead_ratio),
                days,
                growth,
                bytes,
            ),
        }
    });
    storage.disks = disks.collect();
    storage.timeline = D::reason(|| timeline(scenario, &storage));
    storage
}

fn timeline(scenario: &Scenario, storage: &StoragePlan) -> Vec<StoragePoint> {
    let bytes_per_day = storage.bytes_per_day;
    let retention = f64::from(scenario.storage.retention_days);
    let growth = growth_per_day_ratio(scenario.traffic.growth_percent / 100.0);
    days(scenario)
        .into_iter()
        .map(|day| {
            let bytes = model::bytes_held(bytes_per_day, retention, 0.0, day);
            let per_day = (bytes_per_day, storage.dead_ratio);
            StoragePoint {
                day,
                bytes,
                bytes_with_growth: held_with_growth(per_day, retention, growth, (day, bytes)),
            }
        })
        .collect()
}

/// Days of the timeline since the start.
pub(super) fn days(scenario: &Scenario) -> Vec<f64> {
    let last = (f64::from(scenario.storage.retention_days) * 2.0).max(60.0);
    (0..=POINTS)
        .map(|point| last * f64::from(point) / f64::from(POINTS))
        .collect()
}

/// Bytes on disk on a day, with growth and dead rows; `bytes` are held at today's load.
pub(super) fn held_with_growth(
    (bytes_per_day, dead_ratio): (f64, f64),
    retention: f64,
    growth: f64,
    (day, bytes): (f64, f64),
) -> f64 {
    // Deletes begin when the first events expire.
    let dead = if retention < day { dead_ratio } else { 0.0 };
    let grown = model::bytes_held(bytes_per_day * (1.0 + dead), retention, growth, day);
    // Without load, 0 × infinity is not a number; `min` then gives the 0.
    grown.min(bytes * MOST_GROWTH)
}
