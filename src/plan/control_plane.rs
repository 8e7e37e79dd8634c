//! The control plane: API and PostgreSQL.

use super::clients::at_full_scale;
use super::{Demand, StoragePlan};
use crate::catalog::guide::{self, ControlPlaneSize};
use crate::model::growth::{DAYS_PER_MONTH, growth_per_day_ratio};
use crate::model::limit;
use crate::model::storage::{BYTES_PER_GB, days_until_full_with_dead_rows};
use crate::scenario::{ControlPlane, Database, Scenario};

/// The control plane: API and PostgreSQL.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPlanePlan {
    /// Small, Medium or Large.
    pub size: &'static str,
    /// Size that the API's machines are taken from; smaller than `size` if the disk decided that.
    pub api_size: &'static str,
    /// Whether the plan chose the size.
    pub is_planned: bool,
    /// Reason for the size.
    pub decided_by: SizeReason,
    /// Replicas of the API.
    pub api_replicas: u32,
    /// Whether the plan chose the number of replicas.
    pub replicas_are_planned: bool,
    /// vCPU per replica.
    pub vcpu_per_replica: f64,
    /// Memory per replica, MB.
    pub memory_mb_per_replica: f64,
    /// vCPU of PostgreSQL.
    pub postgres_vcpu: f64,
    /// Memory of PostgreSQL, GB.
    pub postgres_memory_gb: f64,
    /// Disk of PostgreSQL, bytes.
    pub postgres_disk_bytes: f64,
    /// Share of the disk that events fill.
    pub disk_utilization_ratio: f64,
    /// Multiple of today's load at which the disk is full: with growth that on the day it is full,
    /// without growth the load that eventually fills it.
    pub disk_max_scale: Option<f64>,
    /// Days until an empty disk is full with the entered growth, if ever.
    pub disk_full_in_days: Option<f64>,
}

/// Reason for the size of a control plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeReason {
    /// The reader's choice.
    Choice,
    /// The peak rate.
    PeakRate,
    /// The disk for the events.
    Disk,
}

pub(super) fn control_plane(
    wanted: &ControlPlane,
    scenario: &Scenario,
    (demand, gateways_max): (&Demand, u32),
    storage: &StoragePlan,
) -> ControlPlanePlan {
    let bytes = storage.disk_bytes;
    let by_rate = size_for(demand.peak_rps);
    let (size, decided_by) = match chosen(wanted) {
        Some(size) => (size, SizeReason::Choice),
        None => planned(by_rate, bytes),
    };
    // A size chosen for its disk needs only the API of the size for the rate.
    let api = match wanted.api_size {
        Some(name) => named(name).unwrap_or(size),
        None if decided_by == SizeReason::Disk => by_rate,
        None => size,
    };
    let replicas = if decided_by == SizeReason::Choice {
        api.api_replicas
    } else {
        replicas_let_in(&scenario.database, api.api_replicas, gateways_max)
    };
    let disk = size.postgres_disk_gb * BYTES_PER_GB;
    let growth_ratio = scenario.traffic.growth_percent / 100.0;
    let full_in_days = days_until_full_with_dead_rows(
        (storage.bytes_per_day, storage.dead_ratio),
        f64::from(scenario.storage.retention_days),
        growth_per_day_ratio(growth_ratio),
        disk,
    );
    ControlPlanePlan {
        size: size.name,
        api_size: api.name,
        is_planned: wanted.size.is_none(),
        decided_by,
        api_replicas: wanted.api_replicas.unwrap_or(replicas),
        replicas_are_planned: wanted.api_replicas.is_none() && decided_by != SizeReason::Choice,
        vcpu_per_replica: api.vcpu,
        memory_mb_per_replica: api.memory_mb,
        postgres_vcpu: size.postgres_vcpu,
        postgres_memory_gb: size.postgres_memory_gb,
        postgres_disk_bytes: disk,
        disk_utilization_ratio: bytes / disk,
        disk_max_scale: scale_when_full(growth_ratio, full_in_days)
            .or_else(|| limit::scale_to_full(bytes, disk)),
        disk_full_in_days: full_in_days,
    }
}

/// Multiple of today's load that growth has reached on the day the disk is full.
fn scale_when_full(growth_ratio: f64, full_in_days: Option<f64>) -> Option<f64> {
    let months = full_in_days.filter(|_| 0.0 < growth_ratio)? / DAYS_PER_MONTH;
    Some(libm::pow(1.0 + growth_ratio, months)).filter(|scale| scale.is_finite())
}

/// Maximum replicas of the API, at least two, whose connections the server admits, rolling updates
/// included: the plan's own choices must not conflict.
fn replicas_let_in(database: &Database, most: u32, gateways_max: u32) -> u32 {
    let usable = database
        .server_max_connections
        .saturating_sub(guide::POSTGRES_RESERVED);
    let is_let_in = |replicas: &u32| at_full_scale(database, *replicas, gateways_max) <= usable;
    if database.pooler_connections.is_some() {
        return most;
    }
    (2..=most).rev().find(is_let_in).unwrap_or(2)
}

fn chosen(wanted: &ControlPlane) -> Option<&'static ControlPlaneSize> {
    named(wanted.size.as_deref()?)
}

fn named(name: &str) -> Option<&'static ControlPlaneSize> {
    guide::CONTROL_PLANE.iter().find(|size| size.name == name)
}

/// The smallest size that serves the rate.
fn size_for(peak_rps: f64) -> &'static ControlPlaneSize {
    let serves = |size: &&ControlPlaneSize| size.peak_rps_to.is_none_or(|to| peak_rps < to);
    let largest = &guide::CONTROL_PLANE[guide::CONTROL_PLANE.len() - 1];
    guide::CONTROL_PLANE.iter().find(serves).unwrap_or(largest)
}

/// The smallest size that serves the rate and holds the events, with its reason.
fn planned(
    by_rate: &'static ControlPlaneSize,
    bytes: f64,
) -> (&'static ControlPlaneSize, SizeReason) {
    let holds = |size: &&ControlPlaneSize| bytes <= size.postgres_disk_gb * BYTES_PER_GB;
    let largest = &guide::CONTROL_PLANE[guide::CONTROL_PLANE.len() - 1];
    let by_disk = guide::CONTROL_PLANE.iter().find(holds).unwrap_or(largest);
    if by_rate.postgres_disk_gb < by_disk.postgres_disk_gb {
        (by_disk, SizeReason::Disk)
    } else {
        (by_rate, SizeReason::PeakRate)
    }
}
