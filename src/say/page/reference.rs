//! The guide's tables next to the plan.

use crate::catalog::guide::{ControlPlaneSize, FleetRow, ProviderRow};
use crate::say::words;

pub(crate) const TITLE: &str = "The guide’s tables";
pub(crate) const NOTE: &str = "Rows of this plan are marked";
pub(crate) const CONTRADICTIONS: &str = "Where the guide contradicts itself";

pub(crate) const FLEET: &str = "Gateway instances by workload";
pub(crate) const FLEET_HEAD: [&str; 5] = [
    "Gateways",
    "Peak rps with headroom",
    "Instances",
    "vCPU each",
    "MB each",
];

/// Cells of a fleet size.
pub(crate) fn fleet(row: &FleetRow) -> [String; 5] {
    let from = words::significant(row.rps_from);
    let rps = match row.rps_to {
        Some(to) if row.rps_from == 0.0 => format!("< {}", words::significant(to)),
        Some(to) => format!("{from}–{}", words::significant(to)),
        None => format!("> {from}"),
    };
    let instances = row.instances_to.map_or_else(
        || format!("{}+", row.instances_from),
        |to| format!("{}–{to}", row.instances_from),
    );
    [
        row.name.to_owned(),
        rps,
        instances,
        row.vcpu.to_string(),
        row.memory_mb.to_string(),
    ]
}

pub(crate) const CONTROL_PLANE: &str = "Control-plane API and PostgreSQL";
pub(crate) const CONTROL_PLANE_HEAD: [&str; 7] = [
    "Control plane",
    "API replicas",
    "vCPU each",
    "MB each",
    "PostgreSQL",
    "Disk",
    "Peak (our boundary)",
];

/// Cells of a control plane size.
pub(crate) fn control_plane(size: &ControlPlaneSize) -> [String; 7] {
    let boundary = size.peak_rps_to.map_or_else(
        || "above".to_owned(),
        |to| format!("up to {} rps", words::significant(to)),
    );
    [
        size.name.to_owned(),
        size.api_replicas.to_string(),
        size.vcpu.to_string(),
        size.memory_mb.to_string(),
        format!(
            "{} vCPU, {} GB",
            size.postgres_vcpu, size.postgres_memory_gb
        ),
        words::bytes(size.postgres_disk_gb * 1e9),
        boundary,
    ]
}

pub(crate) const TRIGGERS: &str = "Scaling triggers";
pub(crate) const TRIGGERS_HEAD: [&str; 4] = [
    "Metric",
    "Scale up",
    "Scale down",
    "What the guide’s manifest does",
];

pub(crate) const LIMITS: &str = "Common provider limits";
pub(crate) const LIMITS_HEAD: [&str; 5] = [
    "Provider",
    "RPM",
    "TPM",
    "RPD",
    "Published in November 2026",
];

/// Cells of a provider's limits.
pub(crate) fn limits(row: &ProviderRow) -> [String; 5] {
    let range = |range: Option<(f64, f64)>| {
        range.map_or_else(
            || "per deployment".to_owned(),
            |(low, high)| format!("{} – {}", words::short(low), words::short(high)),
        )
    };
    [
        format!("{} {}", row.provider, row.model),
        range(row.rpm),
        range(row.tpm),
        row.rpd.to_owned(),
        row.today.to_owned(),
    ]
}
