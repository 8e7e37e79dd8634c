//! Stored events.

use serde::Serialize;

use super::Demand;
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
}

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
    }
}
