//! `database.yaml`.

use crate::plan::DatabasePlan;
use crate::say::words;
use crate::scenario::{Database, number::grouped};

fn number(count: u32) -> String {
    grouped(f64::from(count))
}

/// Server-side `max_connections`, which no file sets.
pub fn server(connections: u32, reserved: u32) -> String {
    format!(
        "API database configuration; PostgreSQL itself must allow {} connections, {reserved} of \
         them reserved",
        number(connections)
    )
}

/// Source of the other numbers.
pub const OF_GUIDE: &str = "the guide's, as the times below";

/// Result of the check.
pub const CHECKED: &str = "The guide's block";

/// Fault: the maximum is below the minimum.
pub fn too_few(connections: u32, fewest: u32) -> String {
    format!("max_connections {connections} is below min_connections {fewest}")
}

/// The guide's formula with the reader's numbers.
pub fn formula(api_replicas: u32, database: &Database, needed: u32) -> String {
    let processes = if 1 < database.processes {
        format!(" × {} processes", number(database.processes))
    } else {
        String::new()
    };
    let pool = number(database.connections_per_replica);
    let each = if 0 < database.pool_overflow {
        format!("({pool} + {})", number(database.pool_overflow))
    } else {
        pool
    };
    format!(
        "needed: ({} API replicas{processes} × {each}) + ({} workers × {}) + {} spare = {}",
        number(api_replicas),
        number(database.workers),
        number(database.connections_per_worker),
        number(database.headroom),
        number(needed),
    )
}

/// Whether the connections suffice.
pub fn enough_note(plan: &DatabasePlan) -> String {
    let too_few = if plan.connections_configured < plan.api_connections {
        "Too few: "
    } else {
        ""
    };
    format!(
        "{too_few}{} connections are needed, {} configured.",
        number(plan.api_connections),
        number(plan.connections_configured)
    )
}

/// Total if each replica has its own pool.
pub fn apart_note(api_replicas: u32, plan: &DatabasePlan) -> String {
    format!(
        "If each of {} opens its own pool, that is {} together; the server lets {} in.",
        words::counted(api_replicas, "API replica"),
        number(plan.connections_if_per_replica),
        number(plan.connections_usable)
    )
}

/// Connections that the server processes at once.
pub fn useful_note(connections: f64) -> String {
    format!(
        "PostgreSQL works on about {} at once, by its cores.",
        grouped(connections)
    )
}
