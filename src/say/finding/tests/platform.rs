//! Findings about the platform.

use super::{check, message};
use crate::plan::{Autoscaler, DatabasePlan, Disk, FindingKind, RuleId, ZoneDrill};

#[test]
fn gateways_and_what_they_cannot_help() {
    let mut autoscaler = Autoscaler {
        instances: 1,
        instances_max: 20,
        headroom: 1.5,
        headroom_left: None,
        decided_by: RuleId::Concurrency,
        concurrency: 16,
        time_in_flight_s: 9.5,
        concurrency_over_default: None,
        backlog_per_minute: 0.0,
    };
    check(
        &FindingKind::Autoscaler(autoscaler.clone()),
        [
            "hpa-max",
            "HPA maximum of 20",
            "1 needed",
            "1 gateway at the peak with 1.5 × headroom, set by open requests: 16 slots each, \
             9.50 s in flight for each request.",
        ],
    );
    autoscaler.instances = 30;
    autoscaler.headroom_left = Some(1.2);
    autoscaler.concurrency_over_default = Some(40.0);
    autoscaler.backlog_per_minute = 120.0;
    let default = crate::catalog::guide::CONCURRENCY_DEFAULT;
    assert_eq!(
        message(&FindingKind::Autoscaler(autoscaler)),
        format!(
            "30 gateways at the peak with 1.5 × headroom, set by open requests: 16 slots each, \
             9.50 s in flight for each request. The maximum leaves 1.20× instead of 1.5 × \
             headroom: nothing breaks at the peak, and less is spare. One gateway holds 40 at \
             once, more than the {default} it takes if nothing is set. Overload: while the peak \
             lasts the queue grows by 120 requests a minute."
        )
    );
    check(
        &FindingKind::PodsInVain {
            name: "OpenAI".to_owned(),
            scale: 0.5,
            instances_max: 20,
        },
        [
            "pods-in-vain",
            "More gateways cannot help",
            "",
            "OpenAI refuses the load above 0.500 times today’s peak. That fills the queue, the \
             autoscaler answers with up to 20 gateways, and nothing gets faster: raise that \
             limit first.",
        ],
    );
}

#[test]
fn a_queue_that_is_too_long() {
    let queue = |is_target| FindingKind::Queue {
        size: 100,
        wait_at_full_s: 12.5,
        stated_wait_s: 5.0,
        is_target,
    };
    check(
        &queue(true),
        [
            "queue-size",
            "A full queue misses the wait target",
            "",
            "With 100 waiting in a gateway the last one waits 12.5 s, longer than the target of 5 \
             s. A shorter queue would refuse them at once.",
        ],
    );
    check(
        &queue(false),
        [
            "queue-size",
            "Requests can wait longer than clients do",
            "",
            "With 100 waiting in a gateway the last one waits 12.5 s, longer than the 5 s that \
             the clients’ patience leaves beside an answer. A shorter queue would refuse them at \
             once.",
        ],
    );
}

#[test]
fn the_loss_of_a_zone() {
    let mut drill = ZoneDrill {
        zones: 3,
        pods_lost: 1,
        pods_left: 1,
        utilization_ratio: Some(1.05),
        served_ratio: 0.95,
        max_scale: Some(0.952),
        limited: None,
        pods_for_peak: 4,
        recovery_s: 380.0,
    };
    check(
        &FindingKind::ZoneLoss(drill.clone()),
        [
            "zone",
            "Loss of one of 3 zones",
            "the rest are 4.8 % short",
            "1 of 2 pods is lost with it; the other carries 95 % of the requests at the peak. As \
             many pods run again after about 380 s: the cluster notices after 50 s and evicts \
             after 300 s by default, then new pods start.",
        ],
    );
    (drill.pods_lost, drill.pods_left) = (2, 0);
    drill.utilization_ratio = None;
    check(
        &FindingKind::ZoneLoss(drill),
        [
            "zone",
            "Loss of one of 3 zones",
            "no pod is left",
            "2 of 2 pods are lost with it; the others carry 95 % of the requests at the peak. As \
             many pods run again after about 380 s: the cluster notices after 50 s and evicts \
             after 300 s by default, then new pods start.",
        ],
    );
}

#[test]
fn disk_and_audit_log() {
    check(
        &FindingKind::Disk(Disk {
            disk_bytes: 50e9,
            utilization_ratio: 0.18,
            retained_bytes: 9e9,
            retention_days: 90,
            events_per_day: 50_000.0,
            event_bytes: 2_000.0,
            dead_ratio: 0.0,
            full_in_days: Some(500.0),
        }),
        [
            "disk",
            "PostgreSQL disk, 50 GB",
            "18 %",
            "9 GB at 90 days: 50 K events a day of 2,000 B. From empty the disk is full after 500 \
             days.",
        ],
    );
    check(
        &FindingKind::AuditLog {
            days: 2_555,
            bytes: 255.5e9,
            disk_bytes: 50e9,
        },
        [
            "audit-disk",
            "The audit log outgrows the disk",
            "",
            "The pack’s audit-logger keeps 2,555 days. If the events are kept as long, they take \
             256 GB, more than the disk of 50 GB.",
        ],
    );
}

#[test]
fn connections() {
    let database = DatabasePlan {
        connections_needed: 65,
        client_connections: 65,
        api_connections: 65,
        has_pooler: false,
        pool_that_fits: None,
        each_that_fits: None,
        connections_configured: 50,
        connections_usable: 97,
        connections_useful: 9.0,
        connections_if_per_replica: 200,
        connections_at_full_scale: 75,
    };
    check(
        &FindingKind::Connections {
            database,
            api_replicas: 4,
        },
        [
            "connections",
            "Database connections",
            "65 needed, 50 allowed",
            "The clients may open 65 connections; the configuration allows 50, the server 97 (3 \
             are reserved). 4 API replicas with that pool each would open 200.",
        ],
    );
    check(
        &FindingKind::ConnectionsAtFullScale {
            most: 155,
            usable: 97,
        },
        [
            "connections-surge",
            "Database connections at full scale",
            "155 possible, 97 allowed",
            "During a rolling update at full scale the clients may open 155 connections; the \
             server lets 97 in.",
        ],
    );
}
