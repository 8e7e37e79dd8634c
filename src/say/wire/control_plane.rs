//! The API and its database server.

use serde::Serialize;

use crate::plan;
use crate::say::control_plane as say;

/// The API and its database server.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct ControlPlanePlan {
    /// Small, Medium or Large.
    size: &'static str,
    /// Whether the plan chose it.
    is_planned: bool,
    /// Why this size.
    decided_by: &'static str,
    /// Replicas of the API.
    api_replicas: u32,
    /// vCPU of a replica.
    vcpu_per_replica: f64,
    /// Memory of a replica, MB.
    memory_mb_per_replica: f64,
    /// vCPU of PostgreSQL.
    postgres_vcpu: f64,
    /// Memory of PostgreSQL, GB.
    postgres_memory_gb: f64,
    /// Disk of PostgreSQL, bytes.
    postgres_disk_bytes: f64,
    /// Share of the disk the events fill.
    disk_utilization_ratio: f64,
    /// Multiple of today's load at which the disk is full: with growth that of the day on which it
    /// is, without growth the load that fills it by and by.
    disk_max_scale: Option<f64>,
    /// Days until the disk is full with the growth that is given, from empty, if it ever is.
    disk_full_in_days: Option<f64>,
}

impl ControlPlanePlan {
    pub(super) fn of(plan: &plan::ControlPlanePlan) -> Self {
        Self {
            size: plan.size,
            is_planned: plan.is_planned,
            decided_by: say::decided_by(plan.decided_by),
            api_replicas: plan.api_replicas,
            vcpu_per_replica: plan.vcpu_per_replica,
            memory_mb_per_replica: plan.memory_mb_per_replica,
            postgres_vcpu: plan.postgres_vcpu,
            postgres_memory_gb: plan.postgres_memory_gb,
            postgres_disk_bytes: plan.postgres_disk_bytes,
            disk_utilization_ratio: plan.disk_utilization_ratio,
            disk_max_scale: plan.disk_max_scale,
            disk_full_in_days: plan.disk_full_in_days,
        }
    }
}
