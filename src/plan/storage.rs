//! Stored events.

use serde::Serialize;

use super::Demand;
use crate::model::growth::growth_per_day_ratio;
use crate::model::storage as model;
use crate::scenario::Scenario;

/// What the events take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoragePlan {
    /// Events a day: one for each request.
    pub events_per_day: f64,
    /// Bytes a day adds, one copy.
    pub bytes_per_day: f64,
    /// Bytes held once the retention is reached, one copy.
    pub retained_bytes: f64,
    /// The same with all copies.
    pub retained_bytes_all_copies: f64,
    /// Bytes after 30 days, as the guide's example.
    pub bytes_30_days: f64,
    /// Bytes after 90 days, as the guide's example.
    pub bytes_90_days: f64,
    /// Bytes if events were kept as long as the audit log.
    pub bytes_audit_days: f64,
    /// Bytes held over twice the retention, at least sixty days.
    pub timeline: Vec<StoragePoint>,
}

/// Bytes held some days after the start.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoragePoint {
    /// Days since the start.
    pub day: f64,
    /// At today's load.
    pub bytes: f64,
    /// With the entered growth, up to a million times as much.
    pub bytes_with_growth: f64,
}

/// Points of the timeline.
const POINTS: u32 = 60;
/// Highest multiple of today's holding that the line with growth shows. Decades of
/// growth leave the range of numbers, and say nothing long before that.
const MOST_GROWTH: f64 = 1e6;

pub(super) fn storage(scenario: &Scenario, demand: &Demand) -> StoragePlan {
    let storage = &scenario.storage;
    let bytes_per_day = model::bytes_per_day(demand.requests_per_day, storage.event_bytes);
    let retained_bytes = bytes_per_day * f64::from(storage.retention_days);
    StoragePlan {
        events_per_day: demand.requests_per_day,
        bytes_per_day,
        retained_bytes,
        retained_bytes_all_copies: retained_bytes * f64::from(storage.copies),
        bytes_30_days: bytes_per_day * 30.0,
        bytes_90_days: bytes_per_day * 90.0,
        bytes_audit_days: bytes_per_day * f64::from(storage.audit_retention_days),
        timeline: Vec::new(),
    }
}

/// Adds the line over the days, which only the charts need.
pub(super) fn with_timeline(scenario: &Scenario, mut storage: StoragePlan) -> StoragePlan {
    storage.timeline = timeline(scenario, storage.bytes_per_day);
    storage
}

fn timeline(scenario: &Scenario, bytes_per_day: f64) -> Vec<StoragePoint> {
    let retention = f64::from(scenario.storage.retention_days);
    let growth = growth_per_day_ratio(scenario.traffic.growth_percent / 100.0);
    let last = (retention * 2.0).max(60.0);
    (0..=POINTS)
        .map(|point| {
            let day = last * f64::from(point) / f64::from(POINTS);
            let bytes = model::bytes_held(bytes_per_day, retention, 0.0, day);
            let grown = model::bytes_held(bytes_per_day, retention, growth, day);
            StoragePoint {
                day,
                bytes,
                // Without load, 0 × infinity is not a number; `min` then gives the 0.
                bytes_with_growth: grown.min(bytes * MOST_GROWTH),
            }
        })
        .collect()
}
