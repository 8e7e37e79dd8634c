//! The API and its database server.

use super::{Demand, StoragePlan};
use crate::catalog::guide::{self, ControlPlaneSize};
use crate::model::{limit, storage::BYTES_PER_GB, storage::days_until_full};
use crate::scenario::ControlPlane;

/// The API and its database server.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPlanePlan {
    /// Small, Medium or Large.
    pub size: &'static str,
    /// Whether the plan chose it.
    pub is_planned: bool,
    /// Why this size.
    pub decided_by: SizeReason,
    /// Replicas of the API.
    pub api_replicas: u32,
    /// vCPU of a replica.
    pub vcpu_per_replica: f64,
    /// Memory of a replica, MB.
    pub memory_mb_per_replica: f64,
    /// vCPU of PostgreSQL.
    pub postgres_vcpu: f64,
    /// Memory of PostgreSQL, GB.
    pub postgres_memory_gb: f64,
    /// Disk of PostgreSQL, bytes.
    pub postgres_disk_bytes: f64,
    /// Share of the disk the events fill.
    pub disk_utilization_ratio: f64,
    /// Multiple of today's load at which the disk is full.
    pub disk_max_scale: Option<f64>,
    /// Days until the disk is full at today's rate, if it ever is.
    pub disk_full_in_days: Option<f64>,
}

/// Why a control plane has its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeReason {
    /// The reader chose it.
    Choice,
    /// The peak rate needs it.
    PeakRate,
    /// The events need its disk.
    Disk,
}

pub(super) fn control_plane(
    wanted: &ControlPlane,
    retention_days: u32,
    demand: &Demand,
    storage: &StoragePlan,
) -> ControlPlanePlan {
    let bytes = storage.retained_bytes;
    let (size, decided_by) = match chosen(wanted) {
        Some(size) => (size, SizeReason::Choice),
        None => planned(demand.peak_rps, bytes),
    };
    let disk = size.postgres_disk_gb * BYTES_PER_GB;
    ControlPlanePlan {
        size: size.name,
        is_planned: wanted.size.is_none(),
        decided_by,
        api_replicas: wanted.api_replicas.unwrap_or(size.api_replicas),
        vcpu_per_replica: size.vcpu,
        memory_mb_per_replica: size.memory_mb,
        postgres_vcpu: size.postgres_vcpu,
        postgres_memory_gb: size.postgres_memory_gb,
        postgres_disk_bytes: disk,
        disk_utilization_ratio: limit::snapped(bytes / disk),
        disk_max_scale: limit::scale_to_full(bytes, disk),
        disk_full_in_days: days_until_full(storage.bytes_per_day, f64::from(retention_days), disk),
    }
}

fn chosen(wanted: &ControlPlane) -> Option<&'static ControlPlaneSize> {
    let name = wanted.size.as_deref()?;
    guide::CONTROL_PLANE.iter().find(|size| size.name == name)
}

/// The smallest size that serves the rate and holds the events.
fn planned(peak_rps: f64, bytes: f64) -> (&'static ControlPlaneSize, SizeReason) {
    let serves = |size: &ControlPlaneSize| size.peak_rps_to.is_none_or(|to| peak_rps < to);
    let holds = |size: &ControlPlaneSize| bytes <= size.postgres_disk_gb * BYTES_PER_GB;
    let largest = &guide::CONTROL_PLANE[guide::CONTROL_PLANE.len() - 1];
    let by_rate = guide::CONTROL_PLANE
        .iter()
        .find(|size| serves(size))
        .unwrap_or(largest);
    let by_disk = guide::CONTROL_PLANE
        .iter()
        .find(|size| holds(size))
        .unwrap_or(largest);
    if by_rate.postgres_disk_gb < by_disk.postgres_disk_gb {
        (by_disk, SizeReason::Disk)
    } else {
        (by_rate, SizeReason::PeakRate)
    }
}
