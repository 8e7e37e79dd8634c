//! Database connections.

use serde::Serialize;

use super::ControlPlanePlan;
use crate::catalog::guide;
use crate::model::pool::{self, Clients};
use crate::scenario::Database;

/// Connections wanted, configured, allowed and useful.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DatabasePlan {
    /// What the clients may open: the guide's formula.
    pub connections_needed: u32,
    /// `max_connections` in the API's configuration.
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
    gateways_max: u32,
) -> DatabasePlan {
    let with_surge = |replicas: u32| match database.surge_pods {
        Some(pods) => replicas.saturating_add(pods),
        None => pool::with_surge(replicas, database.surge_percent / 100.0),
    };
    DatabasePlan {
        connections_needed: pool::connections(Clients {
            api_replicas: control_plane.api_replicas,
            connections_per_replica: database.connections_per_replica,
            workers: database.workers,
            connections_per_worker: database.connections_per_worker,
            headroom: database.headroom,
        }),
        connections_configured: database.max_connections,
        connections_usable: database
            .server_max_connections
            .saturating_sub(guide::POSTGRES_RESERVED),
        connections_useful: pool::useful_connections(control_plane.postgres_vcpu),
        connections_if_per_replica: control_plane
            .api_replicas
            .saturating_mul(database.max_connections),
        connections_at_full_scale: pool::connections(Clients {
            api_replicas: with_surge(control_plane.api_replicas),
            connections_per_replica: database.connections_per_replica,
            workers: database.workers,
            connections_per_worker: database.connections_per_worker,
            headroom: database.headroom,
        })
        .saturating_add(with_surge(gateways_max).saturating_mul(database.connections_per_gateway)),
    }
}
