//! Formulas for stored events and database connections.

use super::term::{requests, term, typed};
use crate::plan::{Expr, Plan, Source, TermId, Unit};
use crate::scenario::{EventKind, Scenario};

pub(super) fn stored_per_day(scenario: &Scenario, plan: &Plan) -> Expr {
    let source = match scenario.storage.event_kind {
        EventKind::Flat => Source::Field("event-bytes"),
        kind => Source::EventRow(kind),
    };
    let bytes = plan.storage.event_bytes;
    requests(scenario, plan) * term(TermId::EventSize, bytes, Unit::Bytes, source)
}

pub(super) fn stored_events(scenario: &Scenario, plan: &Plan) -> Expr {
    let days = f64::from(scenario.storage.retention_days);
    let kept = typed(TermId::Retention, days, Unit::Days, "retention-days");
    stored_per_day(scenario, plan) * kept
}

pub(super) fn connections(scenario: &Scenario, plan: &Plan) -> Expr {
    let database = &scenario.database;
    let input = |id, count: u32, key| typed(id, f64::from(count), Unit::One, key);
    let plane = &plan.control_plane;
    let replicas = term(
        TermId::ApiReplicas,
        f64::from(plane.api_replicas),
        Unit::One,
        Source::GuideControlPlane(plane.size),
    );
    let each_replica = input(
        TermId::EachReplica,
        database.connections_per_replica,
        "connections-per-replica",
    );
    let workers = input(TermId::Workers, database.workers, "workers");
    let each_worker = input(
        TermId::EachWorker,
        database.connections_per_worker,
        "connections-per-worker",
    );
    let spare = input(TermId::Spare, database.headroom, "connection-headroom");
    if let Some(pooler) = database.pooler_connections {
        return input(TermId::Pooler, pooler, "pooler-connections");
    }
    let mut each = each_replica;
    if 0 < database.pool_overflow {
        each = each
            + input(
                TermId::PoolOverflow,
                database.pool_overflow,
                "pool-overflow",
            );
    }
    let mut api = replicas;
    if 1 < database.processes {
        api = api * input(TermId::Processes, database.processes, "processes");
    }
    let clients = api * each + workers * each_worker + spare;
    let opened = &plan.database;
    let of_gateways = opened.client_connections - opened.api_connections;
    if of_gateways == 0 {
        return clients;
    }
    let running = f64::from(plan.gateway.running());
    let gateways = term(
        TermId::Gateways,
        running,
        Unit::One,
        Source::RunningGateways,
    );
    let each_gateway = input(
        TermId::EachGateway,
        database.connections_per_gateway,
        "connections-per-gateway",
    );
    let product = gateways * each_gateway;
    // Counts saturate at the largest number.
    if 0.5 < (product.value() - f64::from(of_gateways)).abs() {
        let counted = f64::from(of_gateways);
        return clients + term(TermId::EachGateway, counted, Unit::One, Source::Number);
    }
    clients + product
}
