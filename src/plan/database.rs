//! Database connections.

use serde::Serialize;

use super::ControlPlanePlan;
use super::clients::{at_full_scale, clients};
use crate::catalog::guide;
use crate::model::pool;
use crate::scenario::Database;

/// Connections wanted, configured, allowed and useful.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DatabasePlan {
    /// What the server sees: all that the clients may open, or what a pooler before it opens.
    pub connections_needed: u32,
    /// What the clients may open, at the pooler where there is one: the API's and the gateways'.
    pub client_connections: u32,
    /// What the API, its workers and the spare may open: the guide's formula.
    pub api_connections: u32,
    /// Whether a pooler stands between them.
    pub has_pooler: bool,
    /// Largest pool of each process of the API that the server lets in beside the others.
    pub pool_that_fits: Option<u32>,
    /// Connections of each process that the server lets in, pool and overflow together.
    pub each_that_fits: Option<u32>,
    /// `max_connections` in the API's configuration: the reader's, or what the replicas need that
    /// the plan chose.
    pub connections_configured: u32,
    /// What the server lets ordinary clients open.
    pub connections_usable: u32,
    /// What the database can work on at once.
    pub connections_useful: f64,
    /// If the configured number is each replica's own pool.
    pub connections_if_per_replica: u32,
    /// What all may open during a rolling update at full scale: API replicas and the
    /// autoscaler's maximum of gateways, each with its surge, and the workers.
    pub connections_at_full_scale: u32,
}

pub(super) fn database(
    database: &Database,
    control_plane: &ControlPlanePlan,
    (gateways, gateways_max): (u32, u32),
) -> DatabasePlan {
    let api_connections = pool::connections(clients(database, control_plane.api_replicas));
    let of_gateways = gateways.saturating_mul(database.connections_per_gateway);
    let client_connections = api_connections.saturating_add(of_gateways);
    let usable = database
        .server_max_connections
        .saturating_sub(guide::POSTGRES_RESERVED);
    let at_full_scale = at_full_scale(database, control_plane.api_replicas, gateways_max);
    // Behind a pooler the server sees only the pooler's connections.
    let at_server = |clients: u32| database.pooler_connections.unwrap_or(clients);
    let processes = control_plane
        .api_replicas
        .saturating_mul(database.processes);
    let left = at_server_limit(database, usable).saturating_sub(of_gateways);
    let needed = at_server(client_connections);
    let has_pooler = database.pooler_connections.is_some();
    // Behind a pooler the server does not bound the clients' pools.
    let each_that_fits = left.checked_div(processes).filter(|_| !has_pooler);
    // If the plan chooses the replicas, it configures what they need, as far as the server admits
    // them; the guide's sample value is no decision.
    let configured = match database.max_connections {
        Some(connections) => connections,
        None if control_plane.replicas_are_planned => {
            let let_in = if has_pooler { u32::MAX } else { usable };
            api_connections
                .min(let_in)
                .max(guide::DATABASE_MAX_CONNECTIONS)
        }
        None => guide::DATABASE_MAX_CONNECTIONS,
    };
    DatabasePlan {
        connections_needed: needed,
        client_connections,
        api_connections,
        has_pooler,
        pool_that_fits: each_that_fits.map(|each| each.saturating_sub(database.pool_overflow)),
        each_that_fits,
        connections_configured: configured,
        connections_usable: usable,
        connections_useful: pool::useful_connections(control_plane.postgres_vcpu),
        connections_if_per_replica: control_plane.api_replicas.saturating_mul(configured),
        connections_at_full_scale: at_server(at_full_scale),
    }
}

/// The server's connections less those of workers and spare.
fn at_server_limit(database: &Database, usable: u32) -> u32 {
    let workers = database
        .workers
        .saturating_mul(database.connections_per_worker);
    usable
        .saturating_sub(workers)
        .saturating_sub(database.headroom)
}
