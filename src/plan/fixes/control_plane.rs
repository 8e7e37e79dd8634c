//! Changes to the control plane: its size, the disk, connections to the database.

use super::change::{Change, Connections, Fix};
use super::effect::Effect;
use super::holds::holds;
use super::seen::changed;
use super::trial::{with_control_plane, with_storage};
use crate::catalog::guide;
use crate::model::fleet::whole;
use crate::model::limit::is_over;
use crate::model::storage::BYTES_PER_GB;
use crate::plan::{Chapters, DatabasePlan};
use crate::scenario::{Scenario, property};

/// Share of the disk that a shorter retention fills.
const DISK_FILLED_RATIO: f64 = 0.8;

/// Ratio of dead to live rows above which dead rows are most of the disk.
const DEAD_RATIO: f64 = 1.0;

/// Fixes for the disk: the next size of the control plane, or a shorter retention.
pub(super) fn for_disk(scenario: &Scenario, before: &Chapters) -> Vec<Fix> {
    let plane = &before.control_plane;
    let mut fixes = Vec::new();
    let larger = guide::CONTROL_PLANE
        .iter()
        .find(|size| plane.postgres_disk_bytes < size.postgres_disk_gb * BYTES_PER_GB);
    if let Some(size) = larger {
        let (after, then, database) = with_control_plane(scenario, before, size);
        fixes.push(Fix {
            change: Change::ControlPlane {
                from: plane.size,
                to: size.name,
                // Additional API replicas open more connections, above all in a rolling update; the
                // fix must not make those fail.
                connections: connections(&database),
            },
            // A disk that is too small today has no multiple: its finding tells a share.
            effect: if is_over(then.disk_utilization_ratio) {
                Effect::DiskFilled {
                    ratio: then.disk_utilization_ratio,
                    more_usd: after.per_month_usd - before.cost.per_month_usd,
                }
            } else {
                Effect::Holds(holds(before, &after, then.disk_max_scale))
            },
        });
    }
    let storage = &before.storage;
    let is_mostly_dead = DEAD_RATIO <= storage.dead_ratio;
    let is_nearly_full = DISK_FILLED_RATIO < plane.disk_utilization_ratio;
    if is_mostly_dead || 0.0 < storage.dead_ratio && is_nearly_full {
        // If dead rows are the cause, partitions are a better fix than a larger disk.
        let at = if is_mostly_dead { 0 } else { fixes.len() };
        fixes.insert(at, less_on_disk(scenario, before, Change::Partitions));
    }
    // Bytes per day on disk, dead rows included.
    let a_day = storage.bytes_per_day * (1.0 + storage.dead_ratio);
    let days = libm::floor(plane.postgres_disk_bytes * DISK_FILLED_RATIO / a_day);
    let now = scenario.storage.retention_days;
    if 1.0 <= days && days < f64::from(now) {
        let change = Change::Retention {
            from: now,
            to: whole(days),
        };
        fixes.push(less_on_disk(scenario, before, change));
    }
    fixes
}

/// A change that reduces disk usage, with the disk that the plan then chooses.
fn less_on_disk(scenario: &Scenario, before: &Chapters, change: Change) -> Fix {
    let (plane, more_usd) = with_storage(before, &changed(scenario, &change));
    let effect = Effect::DiskFilled {
        ratio: plane.disk_utilization_ratio,
        more_usd,
    };
    Fix { change, effect }
}

/// Fix: limits that allow the clients' maximum connections.
pub(super) fn for_connections(database: &DatabasePlan) -> Option<Fix> {
    Some(Fix {
        change: Change::Connections(connections(database)?),
        effect: Effect::ConnectionsWait {
            useful: database.connections_useful,
        },
    })
}

/// Configured and allowed connections that suffice, also in a rolling update at full scale.
fn connections(database: &DatabasePlan) -> Option<Connections> {
    let needed = database.connections_needed;
    let most = database.connections_at_full_scale.max(needed);
    let (most, server) = server_for(most)
        .map(|server| (most, server))
        // No server allows that many; the only remedy is fewer clients.
        .or_else(|| Some((needed, server_for(needed)?)))?;
    let (configured, api) = (database.connections_configured, database.api_connections);
    let change = Connections {
        configured: (configured < api && is_allowed(api)).then_some((configured, api)),
        server: (database.connections_usable < most).then_some(server),
    };
    (change.configured.is_some() || change.server.is_some()).then_some(change)
}

/// Whether the API's configuration may allow this many.
fn is_allowed(connections: u32) -> bool {
    f64::from(connections) <= property::MAX_CONNECTIONS.high
}

/// `max_connections` of a server that admits this many clients, if possible.
fn server_for(clients: u32) -> Option<u32> {
    let server = clients.saturating_add(guide::POSTGRES_RESERVED);
    (f64::from(server) <= property::SERVER_CONNECTIONS.high).then_some(server)
}

/// Fix: a server that admits this many clients.
pub(super) fn for_server(clients: u32) -> Option<Fix> {
    let change = Connections {
        configured: None,
        server: Some(server_for(clients)?),
    };
    Some(Fix {
        change: Change::Connections(change),
        effect: Effect::UpdatePasses,
    })
}
