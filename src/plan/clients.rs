//! Who opens connections to the database.

use crate::model::pool::Clients;
use crate::scenario::Database;

/// Who opens connections: each process of a replica its pool and what it may open beside.
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
