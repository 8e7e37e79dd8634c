//! Clients of the database.

use crate::model::pool::{self, Clients};
use crate::scenario::Database;

/// Clients of the database; each process of a replica opens its pool and its overflow.
pub(super) fn clients(database: &Database, api_replicas: u32) -> Clients {
    let each = database
        .connections_per_replica
        .saturating_add(database.pool_overflow);
    Clients {
        api_replicas,
        connections_per_replica: database.processes.saturating_mul(each),
        workers: database.workers,
        connections_per_worker: database.connections_per_worker,
        headroom: database.headroom,
    }
}

/// Replicas including the surge of a rolling update.
pub(super) fn with_surge(database: &Database, replicas: u32) -> u32 {
    match database.surge_pods {
        Some(pods) => replicas.saturating_add(pods),
        None => pool::with_surge(replicas, database.surge_percent / 100.0),
    }
}

/// Connections of all clients during a rolling update at full scale.
pub(super) fn at_full_scale(database: &Database, api_replicas: u32, gateways_max: u32) -> u32 {
    let gateways =
        with_surge(database, gateways_max).saturating_mul(database.connections_per_gateway);
    pool::connections(clients(database, with_surge(database, api_replicas)))
        .saturating_add(gateways)
}
