//! Database connections.

/// Clients of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clients {
    /// Replicas of the API.
    pub api_replicas: u32,
    /// Connections per replica.
    pub connections_per_replica: u32,
    /// Background workers.
    pub workers: u32,
    /// Connections per worker.
    pub connections_per_worker: u32,
    /// Spare connections.
    pub headroom: u32,
}

/// Connections that the clients may open in total.
///
/// # Source
///
/// The guide, "Database Connection Pools": (replicas × connections) + worker
/// connections + headroom; its example is (4 × 10) + (3 × 5) + 10 = 65.
pub fn connections(clients: Clients) -> u32 {
    let replicas = clients
        .api_replicas
        .saturating_mul(clients.connections_per_replica);
    let workers = clients
        .workers
        .saturating_mul(clients.connections_per_worker);
    replicas
        .saturating_add(workers)
        .saturating_add(clients.headroom)
}

/// Replicas that may run during a rolling update.
///
/// # Source
///
/// kubernetes.io, "Deployments", `maxSurge`: a percentage of the replicas, rounded up.
pub fn with_surge(replicas: u32, surge_ratio: f64) -> u32 {
    replicas.saturating_add(super::fleet::whole(f64::from(replicas) * surge_ratio))
}

/// Connections that can make progress at once on a database with these cores.
///
/// # Source
///
/// PostgreSQL wiki, "Number Of Database Connections": cores × 2 + effective
/// spindles, with one spindle.
pub fn useful_connections(cores: f64) -> f64 {
    cores * 2.0 + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_of_the_guide_gives_65() {
        let clients = Clients {
            api_replicas: 4,
            connections_per_replica: 10,
            workers: 3,
            connections_per_worker: 5,
            headroom: 10,
        };
        assert_eq!(connections(clients), 65);
        assert!((useful_connections(4.0) - 9.0).abs() < 1e-12);
        // A quarter of four is one more, of five rounded up to two.
        assert_eq!([with_surge(4, 0.25), with_surge(5, 0.25)], [5, 7]);
        assert_eq!(with_surge(4, 0.0), 4);
    }
}
